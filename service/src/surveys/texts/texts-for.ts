// Chooses the texts in a customer's language, with those that the policy has in their place, and formats a day in it.
import { ALL_SURVEYS, DEFAULT_DRIVERS, type Policy } from '@deskwright/shared';
import { ENGLISH } from './english.ts';
import { FRENCH } from './french.ts';
import { GERMAN } from './german.ts';
import { SPANISH } from './spanish.ts';
import { type ScaleTexts, type SurveyTexts } from './survey-texts.ts';

/** By primary language subtag. To add a language, add a file like `english.ts` and a line here. */
const LANGUAGES: Readonly<Record<string, SurveyTexts>> = { en: ENGLISH, es: SPANISH, fr: FRENCH, de: GERMAN };

export type PagePolicy = Policy['surveys']['page'];
type LanguagePolicy = NonNullable<NonNullable<PagePolicy>['texts']>[string];

/** `locale` as Zendesk gives it (`en-US`, `de`), or null. Falls back to English. */
export function textsFor(locale: string | null, page?: PagePolicy): SurveyTexts {
  const asked = locale?.toLowerCase().split(/[-_]/)[0] ?? '';
  const language = LANGUAGES[asked] || page?.texts?.[asked] ? asked : 'en';
  return withOwn({ ...(LANGUAGES[language] ?? ENGLISH), language }, page?.texts?.[language] ?? {});
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

/** In English, as leaders are told of it: as the lexicon calls it, or as customers read it, otherwise its id. */
export const driverName = (
  { surveys }: { surveys: Pick<Policy['surveys'], 'page'> & Partial<Pick<Policy['surveys'], 'lexicon'>> },
  id: string,
): string =>
  surveys.lexicon?.find(({ driver }) => driver === id)?.name ??
  driversFor(textsFor('en', surveys.page), surveys.page).find((driver) => driver.id === id)?.name ??
  id;

function withOwn(texts: SurveyTexts, own: LanguagePolicy): SurveyTexts {
  const words: Readonly<Record<string, string | undefined>> = own.words ?? {};
  const fixed = (key: string, ours: string): string => words[key] ?? ours;
  const filled = (key: string, name: string, ours: (value: string) => string) => {
    const text = words[key];
    return text === undefined ? ours : (value: string) => text.replaceAll(`{${name}}`, value);
  };
  const { form, thanks } = texts;
  const { comment_too_long: tooLong } = words;
  const scales = Object.fromEntries(ALL_SURVEYS.map((kind) => [kind, withOwnScale(texts.scales[kind], own[kind])]));
  return {
    ...texts,
    scales: scales as SurveyTexts['scales'],
    form: {
      ...form,
      title: fixed('title', form.title),
      about: filled('about', 'request', form.about),
      comment: fixed('comment', form.comment),
      followUp: {
        low: fixed('low', form.followUp.low),
        middle: fixed('middle', form.followUp.middle),
        high: fixed('high', form.followUp.high),
      },
      drivers: fixed('drivers', form.drivers),
      mayContact: filled('may_contact', 'company', form.mayContact),
      saved: fixed('saved', form.saved),
      optional: fixed('optional', form.optional),
      commentHint: filled('comment_hint', 'limit', form.commentHint),
      privacy: filled('privacy', 'company', form.privacy),
      send: fixed('send', form.send),
      errorTitle: fixed('error_title', form.errorTitle),
      errorPrefix: fixed('error_prefix', form.errorPrefix),
      scoreMissing: fixed('score_missing', form.scoreMissing),
      commentTooLong: tooLong
        ? (length, limit) => tooLong.replaceAll('{length}', length).replaceAll('{limit}', limit)
        : form.commentTooLong,
      changing: filled('changing', 'answer', form.changing),
      change: fixed('change', form.change),
    },
    thanks: {
      title: fixed('thanks_title', thanks.title),
      lead: filled('thanks', 'company', thanks.lead),
      yourAnswer: fixed('your_answer', thanks.yourAnswer),
      yourComment: fixed('your_comment', thanks.yourComment),
      openUntil: filled('open_until', 'date', thanks.openUntil),
      change: fixed('change_link', thanks.change),
    },
  };
}

type OwnScale = LanguagePolicy['csat'];

function withOwnScale(ours: ScaleTexts, own: OwnScale): ScaleTexts {
  const { question, subject, lead, labels } = own ?? {};
  const withCompany = (text: string) => (company: string) => text.replaceAll('{company}', company);
  return {
    ...ours,
    ...(question === undefined ? {} : { question: withCompany(question) }),
    ...(subject === undefined ? {} : { subject: withCompany(subject) }),
    ...(lead === undefined ? {} : { lead }),
    ...(labels === undefined ? {} : { labels }),
  };
}

/** `8 December 2026`, in `language` (BCP 47) and `timeZone` (IANA). */
export function formatDay(time: Date, language: string, timeZone: string): string {
  // Plain `en` would mean American English, month first; with the month spelt out, day first is unambiguous everywhere.
  const locale = language === 'en' ? 'en-GB' : language;
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone }).format(time);
}
