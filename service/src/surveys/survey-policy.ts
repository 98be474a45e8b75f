// Reads the policy's settings of surveys.
import { createHash } from 'node:crypto';
import {
  addDuration,
  type BusinessCalendar,
  type Policy,
  type SurveyKind,
  toBusinessCalendar,
} from '@deskwright/shared';

/** All of it: the conditions of who is asked are about tiers, targets and groups too. */
export type SurveyPolicy = Policy;

const calendars = new WeakMap<SurveyPolicy, BusinessCalendar>();

/** `duration` as the policy writes it (`30m`, `24h`, `5d`, `8bh`). Throws RangeError when it is not a duration. */
export function addPolicyDuration(from: Date, duration: string, policy: SurveyPolicy): Date {
  return new Date(addDuration(from.getTime(), duration, calendarOf(policy)));
}

export function calendarOf(policy: SurveyPolicy): BusinessCalendar {
  let calendar = calendars.get(policy);
  if (!calendar) calendars.set(policy, (calendar = toBusinessCalendar(policy)));
  return calendar;
}

/** Whether anybody is asked anything. */
export function asksAnything({
  categories,
  default_survey,
  surveys,
}: Pick<Policy, 'categories' | 'default_survey' | 'surveys'>): boolean {
  if (surveys.nps || surveys.pulse) return true;
  return categories.some(({ survey = default_survey }) => survey !== 'none' && surveys[survey] !== undefined);
}

const MAX_LATENESS_MS = 3 * 24 * 3_600_000;

/**
 * More than three days after it was due. The first import of an account finds tickets that were solved months ago, and a service that
 * was down for a week has a backlog: customers do not want mails about those.
 */
export function isTooLate(dueAt: Date, now: Date): boolean {
  return now.getTime() - dueAt.getTime() > MAX_LATENESS_MS;
}

/**
 * Decides by a hash of customer and survey, so that every process gives the same answer each time, a customer stays in or out, and a larger
 * sample contains the smaller one. `sample` is a percentage as the policy writes it: `100%`, `12.5%`.
 * Throws RangeError when it is not one.
 */
export function isInSample(sample: string, survey: SurveyKind, requesterId: number): boolean {
  const percent = /^(\d+(?:\.\d+)?)%$/.exec(sample)?.[1];
  if (percent === undefined) throw new RangeError(`not a percentage: ${JSON.stringify(sample)}`);
  const draw = createHash('sha256').update(`${survey}:${requesterId}`).digest().readUInt32BE(0) / 2 ** 32;
  return draw * 100 < Number(percent);
}
