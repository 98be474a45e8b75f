// Finds when a mail may go out, on the clock of who gets it.
import { type BusinessCalendar, nextOpening, openBetween, toBusinessCalendar } from '@deskwright/shared';
import { countUpTo } from './answers/spans.ts';
import type { SurveyPolicy } from './survey-policy.ts';

const calendars = new WeakMap<SurveyPolicy, Map<string, BusinessCalendar>>();

/**
 * The first moment from `at` on within `surveys.send_window`; `at` itself without a window.
 * @param timeZone IANA, as Zendesk shows of the user; null or unknown here: the policy's
 */
export function nextSendTime(at: Date, policy: SurveyPolicy, timeZone: string | null): Date {
  if (policy.surveys.send_window === undefined) return at;
  const opens = nextOpening(
    at.getTime(),
    calendarFor(policy, timeZone ?? policy.time_zone, policy.surveys.send_window),
  );
  return opens === null ? at : new Date(opens);
}

export interface SendTimes {
  /** In order, in epoch milliseconds. */
  readonly stretches: ReturnType<typeof openBetween>;
  /** As `nextSendTime`, but without reading the calendar for each moment of the period. */
  readonly next: (at: Date) => Date;
}

/** When mails may go out from one moment to another, on the clock of who gets them. Without a window at any time. */
export function sendTimesBetween(from: Date, to: Date, policy: SurveyPolicy, timeZone: string | null): SendTimes {
  const window = policy.surveys.send_window;
  const zone = window === undefined ? policy.time_zone : (timeZone ?? policy.time_zone);
  const calendar = calendarFor(policy, zone, window ?? { 'mon-sun': '00:00-24:00' });
  const stretches = openBetween(from.getTime(), to.getTime(), calendar);
  return {
    stretches,
    next: (at) => {
      const opening = at < from ? undefined : stretches[countUpTo(stretches, at.getTime())];
      if (window === undefined || opening === undefined) return nextSendTime(at, policy, timeZone);
      return opening.from > at.getTime() ? new Date(opening.from) : at;
    },
  };
}

function calendarFor(policy: SurveyPolicy, zone: string, weekdays: Record<string, string>): BusinessCalendar {
  const known = calendars.get(policy) ?? new Map<string, BusinessCalendar>();
  calendars.set(policy, known);
  const found = known.get(zone);
  if (found) return found;
  const time_zone = isTimeZone(zone) ? zone : policy.time_zone;
  const made = toBusinessCalendar({ time_zone, business_hours: { weekdays, holidays: [] } });
  known.set(zone, made);
  return made;
}

function isTimeZone(zone: string): boolean {
  try {
    Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
