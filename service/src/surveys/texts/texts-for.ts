// Chooses the texts in a customer's language, and formats a day in it.
import { ENGLISH } from './english.ts';
import type { SurveyTexts } from './survey-texts.ts';

/** By primary language subtag. To add a language, add a file like `english.ts` and a line here. */
const LANGUAGES: Readonly<Record<string, SurveyTexts>> = { en: ENGLISH };

/** `locale` as Zendesk gives it (`en-US`, `de`), or null. Falls back to English. */
export function textsFor(locale: string | null): SurveyTexts {
  return LANGUAGES[locale?.toLowerCase().split(/[-_]/)[0] ?? ''] ?? ENGLISH;
}

/** `8 December 2026`, in `language` (BCP 47) and `timeZone` (IANA). */
export function formatDay(time: Date, language: string, timeZone: string): string {
  // Plain `en` would mean American English, month first; with the month spelt out, day first is unambiguous everywhere.
  const locale = language === 'en' ? 'en-GB' : language;
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone }).format(time);
}
