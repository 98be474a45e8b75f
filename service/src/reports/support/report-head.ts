// Writes what every report of a day or week begins with: its title, its period, and what it is limited to.
import { type CalendarPeriod, calendarPeriod } from '@deskwright/shared';
import type { Report, ReportPeriod } from '../engine/report.ts';
import { writeDay, writeShortDay, writeTime } from '../engine/words.ts';
import type { SupportData } from './read-support-data.ts';

type HeadData = Pick<SupportData, 'kind' | 'now' | 'period' | 'before' | 'about' | 'link'> & {
  readonly policy: Pick<SupportData['policy'], 'company' | 'time_zone'>;
};

export function reportHead(data: HeadData): Omit<Report, 'summary' | 'sections'> {
  const { kind, policy, now, about, link } = data;
  return {
    kind,
    title: kind === 'daily' ? 'daily report' : 'weekly report',
    company: policy.company,
    about,
    period: { ...periodOf(data.period), label: labelOf(data, data.period) },
    before: { ...periodOf(data.before), label: labelOf(data, data.before) },
    timeZone: policy.time_zone,
    madeAt: now.toISOString(),
    link,
  };
}

const periodOf = ({ from, to }: CalendarPeriod): Omit<ReportPeriod, 'label'> => ({
  from: new Date(from).toISOString(),
  to: new Date(to).toISOString(),
});

/** A period that is not over has its end in it. */
function labelOf({ kind, policy }: HeadData, { from, to }: CalendarPeriod): string {
  const timeZone = policy.time_zone;
  const isOver = calendarPeriod('day', to, timeZone).from === to;
  const until = isOver ? '' : ` until ${writeTime(to, timeZone)}`;
  if (kind === 'daily') return `${writeDay(from, timeZone)}${until}`;
  return `${writeShortDay(from, timeZone)} to ${writeDay(to - 1, timeZone)}${until}`;
}
