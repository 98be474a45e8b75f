// Writes times along an axis.
import type { Instant } from '@deskwright/shared/contract';
import type { AgentLocale } from '../../base/i18n/locales.ts';

/** `9 AM`, `09`: the hour. @param timeZone IANA */
export function writeHour(locale: AgentLocale, timeZone: string, at: Instant): string {
  return new Intl.DateTimeFormat(locale.texts, { hour: 'numeric', timeZone }).format(new Date(at));
}
