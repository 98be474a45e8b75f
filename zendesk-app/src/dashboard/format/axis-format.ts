// Writes times along an axis.
import type { Dashboard, Instant } from '@deskwright/shared/contract';
import type { AgentLocale } from '../../base/i18n/locales.ts';

const LONGEST_DAY_MS = 25 * 3_600_000;

/** Whether the numbers of a range are by the hour: those of a single day. */
export const isByHour = ({ from, to }: Dashboard['range']): boolean =>
  Date.parse(to) - Date.parse(from) <= LONGEST_DAY_MS;

/** `9 AM`, `09`: the hour. @param timeZone IANA */
export function writeHour(locale: AgentLocale, timeZone: string, at: Instant): string {
  return new Intl.DateTimeFormat(locale.texts, { hour: 'numeric', timeZone }).format(new Date(at));
}
