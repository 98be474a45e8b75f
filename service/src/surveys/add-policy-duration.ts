// Adds a duration such as `8bh` to a time, in the policy's time zone and business hours.
import { addDuration, type BusinessCalendar, toBusinessCalendar } from '@deskwright/shared';
import type { SurveyPolicy } from './survey-settings.ts';

const calendars = new WeakMap<SurveyPolicy, BusinessCalendar>();

/** `duration` as the policy writes it (`30m`, `24h`, `5d`, `8bh`). Throws RangeError when it is not a duration. */
export function addPolicyDuration(from: Date, duration: string, policy: SurveyPolicy): Date {
  let calendar = calendars.get(policy);
  if (!calendar) calendars.set(policy, (calendar = toBusinessCalendar(policy)));
  return new Date(addDuration(from.getTime(), duration, calendar));
}
