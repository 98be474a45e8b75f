// Precomputes what measuring tickets needs of a policy.
import { addDuration, type BusinessCalendar, type Policy, parseDuration, toBusinessCalendar } from '@deskwright/shared';
import { buildBusinessClock } from '../decide/compile-policy.ts';
import type { KnownSince } from './measure.ts';

/** What a ticket's history is measured by. */
export interface MeasureContext {
  readonly policy: Policy;
  /** Measures as of then: later entries are left out. */
  readonly now?: Date;
  /** Zendesk's id of a group, by its name; null: unknown. Left out: only moves made in the sidebar are seen. */
  readonly groupIdOf?: (name: string) => number | null;
  /** Left out: all that is recorded counts. */
  readonly known?: KnownSince | null;
  /** The ids of the steps of each category's guidance. Left out: `steps_followed` is not measured. */
  readonly steps?: ReadonlyMap<string, readonly string[]>;
}

export interface Hours {
  readonly calendar: BusinessCalendar;
  /** Business milliseconds between two moments in epoch milliseconds; 0 when the second is not later. */
  readonly businessMs: (from: number, to: number) => number;
}

export interface Measuring extends Hours {
  readonly policy: Policy;
  /** By id. */
  readonly departments: ReadonlyMap<string, Hours & { readonly answersWithin: string | null }>;
  readonly tiers: ReadonlySet<string>;
  readonly guided: ReadonlySet<string>;
}

const kept = new WeakMap<Policy, Measuring>();

/** Computed once a policy: a clock caches the days that it was asked about. */
export function measuringOf(policy: Policy): Measuring {
  const known = kept.get(policy);
  if (known !== undefined) return known;
  const made: Measuring = {
    policy,
    ...hoursOf(policy),
    departments: new Map(
      policy.departments.map(({ id, hours = policy.business_hours, answers_within: answersWithin = null }) => [
        id,
        { ...hoursOf({ time_zone: policy.time_zone, business_hours: hours }), answersWithin },
      ]),
    ),
    tiers: new Set(policy.tiers.map(({ id }) => id)),
    guided: new Set(policy.categories.filter(({ guidance }) => guidance !== undefined).map(({ id }) => id)),
  };
  kept.set(policy, made);
  return made;
}

function hoursOf(policy: Pick<Policy, 'time_zone' | 'business_hours'>): Hours {
  const calendar = toBusinessCalendar(policy);
  return { calendar, businessMs: buildBusinessClock(calendar) };
}

const HOUR = 3_600_000;

/** Whether `at` is within a duration (such as `8bh`) of `from`, both in epoch milliseconds. The same as `at <= addDuration(...)`, but fast for business hours. */
export function isWithin(from: number, at: number, duration: string, { calendar, businessMs }: Hours): boolean {
  const { amount, unit } = parseDuration(duration);
  if (unit === 'bh') {
    const left = Math.round(amount * HOUR) - businessMs(from, at);
    // Used up exactly: the time was over when the business closed, however long ago.
    if (left !== 0) return left > 0;
  }
  return at <= addDuration(from, { amount, unit }, calendar);
}
