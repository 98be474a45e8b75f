// Chooses the texts in a customer's language.
import { ENGLISH } from './english.ts';
import type { SurveyTexts } from './survey-texts.ts';

/** By primary language subtag. To add a language, add a file like `english.ts` and a line here. */
const LANGUAGES: Readonly<Record<string, SurveyTexts>> = { en: ENGLISH };

/** `locale` as Zendesk gives it (`en-US`, `de`), or null. Falls back to English. */
export function textsFor(locale: string | null): SurveyTexts {
  return LANGUAGES[locale?.toLowerCase().split(/[-_]/)[0] ?? ''] ?? ENGLISH;
}
