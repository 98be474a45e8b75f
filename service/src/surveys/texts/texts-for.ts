// Chooses the texts in a customer's language, with those that the policy has in their place, and formats a day in it.
import { DEFAULT_DRIVERS, type Policy } from '@deskwright/shared';
import type { NameByLanguage } from '@deskwright/shared/contract';
import { ENGLISH } from './english.ts';
import { FRENCH } from './french.ts';
import { GERMAN } from './german.ts';
import { withOwnTexts } from './own-texts.ts';
import { SPANISH } from './spanish.ts';
import type { SurveyTexts } from './survey-texts.ts';

/** By primary language subtag. To add a language, add a file like `english.ts` and a line here. */
const LANGUAGES: Readonly<Record<string, SurveyTexts>> = { en: ENGLISH, es: SPANISH, fr: FRENCH, de: GERMAN };

export type PagePolicy = Policy['surveys']['page'];

/** Of each policy, so that its texts are parsed once and not for every mail. */
const made = new WeakMap<NonNullable<PagePolicy>, Map<string, SurveyTexts>>();

/** `locale` as Zendesk gives it (`en-US`, `de`), or null. Falls back to English. */
export function textsFor(locale: string | null, page?: PagePolicy): SurveyTexts {
  const asked = locale?.toLowerCase().split(/[-_]/)[0] ?? '';
  // A browser may ask for `constructor`, which every object has.
  const isKnown = Object.hasOwn(LANGUAGES, asked) || Object.hasOwn(page?.texts ?? {}, asked);
  const language = isKnown ? asked : 'en';
  const ours = { ...(LANGUAGES[language] ?? ENGLISH), language };
  const own = page?.texts?.[language];
  if (!page || !own) return ours;
  const known = made.get(page) ?? new Map<string, SurveyTexts>();
  made.set(page, known);
  const texts = known.get(language) ?? withOwnTexts(ours, own);
  known.set(language, texts);
  return texts;
}

/** Written from right to left (Unicode, "Bidirectional Algorithm"; of the languages that Zendesk offers and a few more). */
export const directionOf = (language: string): 'rtl' | 'ltr' =>
  ['ar', 'dv', 'fa', 'he', 'ku', 'ps', 'sd', 'ug', 'ur', 'yi'].includes(language) ? 'rtl' : 'ltr';

export interface Driver {
  readonly id: string;
  readonly name: string;
}

/** To tick, in the customer's language. */
export function driversFor(texts: SurveyTexts, page: PagePolicy): Driver[] {
  if (!page?.drivers) return DEFAULT_DRIVERS.map((id) => ({ id, name: texts.drivers[id] }));
  return page.drivers.map(({ id, name }) => ({ id, name: name[texts.language] ?? name.en ?? id }));
}

/** In every language in which it has one, for agents: as the lexicon calls it, or as customers read it, otherwise its id. */
export function driverNames(
  { surveys }: { surveys: Pick<Policy['surveys'], 'page' | 'lexicon'> },
  id: string,
): NameByLanguage {
  const en = driverName({ surveys }, id);
  if (surveys.lexicon.some(({ driver, name }) => driver === id && name !== undefined)) return { en };
  const own = surveys.page?.drivers?.find((driver) => driver.id === id);
  if (own || surveys.page?.drivers) return { ...own?.name, en };
  const ours = Object.entries(LANGUAGES).map(([language, { drivers }]) => [language, { ...drivers }[id] ?? en]);
  return { ...Object.fromEntries(ours), en };
}

/** In English, as leaders are told of it: as the lexicon calls it, or as customers read it, otherwise its id. */
export const driverName = (
  { surveys }: { surveys: Pick<Policy['surveys'], 'page'> & Partial<Pick<Policy['surveys'], 'lexicon'>> },
  id: string,
): string =>
  surveys.lexicon?.find(({ driver }) => driver === id)?.name ??
  driversFor(textsFor('en', surveys.page), surveys.page).find((driver) => driver.id === id)?.name ??
  id;

/** `8 December 2026`, in `language` (BCP 47) and `timeZone` (IANA). */
export function formatDay(time: Date, language: string, timeZone: string): string {
  // Plain `en` would mean American English, month first; with the month spelt out, day first is unambiguous everywhere.
  const locale = language === 'en' ? 'en-GB' : language;
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone }).format(time);
}
