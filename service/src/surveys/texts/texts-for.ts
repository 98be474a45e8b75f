// Chooses the language of a customer.
import { ENGLISH } from './english.ts';
import type { SurveyTexts } from './survey-texts.ts';

/** By primary language subtag. A further language is one file like `english.ts` and a line here. */
const LANGUAGES: Readonly<Record<string, SurveyTexts>> = { en: ENGLISH };

/** `locale` as Zendesk gives it (`en-US`, `de`), or null. Falls back to English. */
export function textsFor(locale: string | null): SurveyTexts {
  return LANGUAGES[locale?.toLowerCase().split(/[-_]/)[0] ?? ''] ?? ENGLISH;
}
