// Writes the labels of charts: channels as people know them, and times along an axis.
import { CHANNELS, type Dashboard, type Instant } from '@deskwright/shared/contract';
import type { AgentLocale } from '../../base/i18n/locales.ts';
import type english from '../texts/en.json';
import type { DashboardTexts } from '../texts.ts';

const isKnown = (id: string): id is keyof typeof english.channels => CHANNELS.includes(id);

/** A channel that Zendesk does not document keeps its id. */
export const channelName = ({ t }: DashboardTexts, id: string): string => (isKnown(id) ? t(`channels.${id}`) : id);

const LONGEST_DAY_MS = 25 * 3_600_000;

/** Whether the numbers of a range are by the hour: those of a single day. */
export const isByHour = ({ from, to }: Dashboard['range']): boolean =>
  Date.parse(to) - Date.parse(from) <= LONGEST_DAY_MS;

/** `9 AM`, `09`: the hour. @param timeZone IANA */
export function writeHour(locale: AgentLocale, timeZone: string, at: Instant): string {
  return new Intl.DateTimeFormat(locale.texts, { hour: 'numeric', timeZone }).format(new Date(at));
}
