// Finds the reports of the policy that are due.
import { addDays, localDate, momentOn, type Policy, startOfDate, weekdayOf } from '@deskwright/shared';
import { periodsOf, type ReportKind, type ReportPeriods } from '../report-request.ts';

export type PolicyReport = Policy['reports'][number];

export interface DueReport {
  readonly report: PolicyReport;
  /** The day on which it is due, by the calendar of the time zone: a report is due once a day at most, whatever its time is changed to. */
  readonly date: string;
  readonly dueAt: Date;
}

/** One that could not be sent for so long is no longer sent: the next comes soon. */
export const SENT_WITHIN_MS = 24 * 3_600_000;

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** The last one of each report that is due, unless that was more than a day ago. */
export function dueReports(reports: readonly PolicyReport[], now: Date, timeZone: string): DueReport[] {
  return reports.flatMap((report) => {
    const last = lastDue(report, now.getTime(), timeZone);
    return now.getTime() - last.dueAt.getTime() < SENT_WITHIN_MS ? [last] : [];
  });
}

function lastDue(report: PolicyReport, now: number, timeZone: string): DueReport {
  let date = localDate(now, timeZone);
  while (!isOn(report, date) || momentOn(date, report.at, timeZone) > now) date = addDays(date, -1);
  return { report, date, dueAt: new Date(momentOn(date, report.at, timeZone)) };
}

function isOn({ every, on = 'mon' }: PolicyReport, date: string): boolean {
  switch (every) {
    case 'day':
      return true;
    case 'week':
      return WEEKDAYS[weekdayOf(date) - 1] === on;
    case 'month':
      return date.endsWith('-01');
    case 'quarter':
      return /-(01|04|07|10)-01$/.test(date);
  }
}

export const kindOf = ({ every }: Pick<PolicyReport, 'every'>): ReportKind => (every === 'day' ? 'daily' : 'weekly');

/** The day, the seven days, the month or the quarter before the day on which it is due, and what was before that. */
export function coveredPeriods(every: PolicyReport['every'], date: string, timeZone: string): ReportPeriods {
  if (every === 'month' || every === 'quarter')
    return periodsOf(every, null, startOfDate(date, timeZone) ?? 0, timeZone);
  const length = every === 'day' ? 1 : 7;
  const start = (shift: number): number => startOfDate(addDays(date, shift), timeZone) ?? 0;
  const [before, from, to] = [start(-2 * length), start(-length), start(0)];
  return {
    period: { from, to },
    before: { from: before, to: from },
    days: { first: addDays(date, -length), last: addDays(date, -1) },
  };
}
