// Finds where the books of refunds and Stripe differ, that they are not compared, and refunds made elsewhere.
import { localDate } from '@deskwright/shared';
import type { Queryable } from '../../platform/storage/database.ts';
import { countEnteredOutside, countLastDifferences, findOverdueComparison } from '../../refunds/index.ts';
import type { AlarmContext, Finding } from './finding.ts';

const NOTHING_MORE = { usual: null, since: null, ticketId: null } as const;

/** Of the last comparison. `about`: what differs and since which day, so that what is found on a later day is told again. */
export async function findRefundDifferences(db: Queryable, { inForce, now }: AlarmContext): Promise<Finding[]> {
  const { refunds, alarms, time_zone: timeZone } = inForce.policy;
  if (refunds === undefined || !alarms.refund_differences) return [];
  const counts = await countLastDifferences(db, timeZone, now);
  return counts.map(({ what, day, n }) => ({
    kind: 'refund_differences',
    about: `${what} ${day}`,
    n,
    ...NOTHING_MORE,
  }));
}

/** `about`: the local day of the last comparison. */
export async function findMissingComparison(db: Queryable, { inForce, now }: AlarmContext): Promise<Finding[]> {
  const { refunds, alarms, time_zone: timeZone } = inForce.policy;
  if (refunds === undefined || !alarms.refund_differences) return [];
  const last = await findOverdueComparison(db, now);
  if (last === null) return [];
  const about = localDate(last.at.getTime(), timeZone);
  return [{ kind: 'refunds_not_compared', about, n: last.days, ...NOTHING_MORE }];
}

/** What is entered just before midnight is judged after it. Milliseconds. */
const JUDGED_WITHIN_MS = 10 * 60_000;

/** Entered into the books today. `about`: the local day, which ends ten minutes late. */
export async function findOutsideRefunds(db: Queryable, context: AlarmContext): Promise<Finding[]> {
  const { inForce } = context;
  const { refunds, alarms, time_zone: timeZone } = inForce.policy;
  if (refunds === undefined || !alarms.outside_refunds) return [];
  const day = localDate(context.now.getTime() - JUDGED_WITHIN_MS, timeZone);
  const n = await countEnteredOutside(db, timeZone, day);
  return n === 0 ? [] : [{ kind: 'outside_refunds', about: day, n, ...NOTHING_MORE }];
}

/** `not_in_books` of `not_in_books 2026-11-30`. */
export const whatDiffers = (about: string): string => about.split(' ')[0] ?? about;
