// Defines the request for a report and its data sources, and finds the day, week, month or quarter that it covers and the one it is compared with.
import { type CalendarPeriod, calendarPeriod, localDate, type PeriodLength } from '@deskwright/shared';
import type { Database } from '../platform/storage/database.ts';
import type { PolicyWithGuidance } from '../policy/policy-in-force.ts';

/** Ids of the policy. What is left out limits nothing. */
export interface ScopeRequest {
  readonly tier?: string | undefined;
  readonly categories?: readonly string[] | undefined;
  readonly department?: string | undefined;
}

export interface SupportRequest extends ScopeRequest, ReportPeriods {
  readonly kind: ReportKind;
}

export interface ReadDeps {
  readonly db: Database;
  readonly policy: PolicyWithGuidance;
  readonly now: Date;
  /** The dashboard; null: unknown. */
  readonly link: string | null;
  readonly ticketUrl: (id: number) => string;
}

export const REPORT_KINDS = ['daily', 'weekly'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

const LENGTHS = { daily: 'day', weekly: 'week' } as const satisfies Record<ReportKind, string>;

export interface ReportPeriods {
  readonly period: CalendarPeriod;
  readonly before: CalendarPeriod;
  /** The first and last day of the period, by the calendar of the time zone. */
  readonly days: { readonly first: string; readonly last: string };
}

/** Finds the day, week, month or quarter that a report covers, and the one it is compared with. */
export const reportPeriods = (kind: ReportKind, within: number | null, now: number, timeZone: string): ReportPeriods =>
  periodsOf(LENGTHS[kind], within, now, timeZone);

/**
 * The last period that is over, or the one in which `within` lies. One that is not over ends now, and is compared with as much of the one before.
 * @param within epoch milliseconds; null: the last one that is over
 */
export function periodsOf(length: PeriodLength, within: number | null, now: number, timeZone: string): ReportPeriods {
  const period = within === null ? calendarPeriod(length, now, timeZone, -1) : calendarPeriod(length, within, timeZone);
  const before = calendarPeriod(length, period.from, timeZone, -1);
  const days = daysOf(period, timeZone);
  if (period.to <= now) return { period, before, days };
  const passed = now - period.from;
  return {
    period: { from: period.from, to: now },
    before: { from: before.from, to: Math.min(before.to, before.from + passed) },
    days,
  };
}

const daysOf = ({ from, to }: CalendarPeriod, timeZone: string): ReportPeriods['days'] => ({
  first: localDate(from, timeZone),
  last: localDate(to - 1, timeZone),
});
