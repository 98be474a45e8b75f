// Finds in a reply what its agent should check before sending it: promises without a date, and phrases to avoid.
import type { Policy } from '@deskwright/shared';
import { buildPhraseFinder } from './rules/phrase-index.ts';

export interface ReplyFinders {
  /** Whether a sentence says one of `policy.promises` and no time. */
  readonly promisesNoDate: (sentence: string) => boolean;
  /** The entries of `policy.avoid` that a text has, in the policy's order. */
  readonly avoidedIn: (text: string) => Policy['avoid'];
}

/** Units and days in the languages of the sidebar: "in two days", "morgen". Dates and hours are numbers. */
const TIMES = [
  'minute*, hour*, day*, week*, month*, today, tonight, tomorrow, morning, afternoon, evening, noon, weekend',
  'minuten, stunde*, tag, tage, tagen, woche*, monat*, heute, morgen, mittag, nachmittag, abend, wochenende',
  'minuto*, hora*, dia*, semana*, mes, meses, hoy, manana, tarde, noche',
  "heure*, jour*, semaine*, mois, aujourd'hui, demain, matin, midi, soir",
].flatMap((words) => words.split(', '));

/** Also a verb, "we may let you know". With a day it is found as a number. */
const AMBIGUOUS = new Set(['may']);

/** Names of weekdays and months in those languages. */
function namesOfDays(): string[] {
  const names = ['en', 'de', 'es', 'fr'].flatMap((language) =>
    Array.from({ length: 12 }, (_, month) => {
      // In January 2024 the first is a Monday.
      const day = new Date(Date.UTC(2024, 0, 1 + month, 12));
      const inMonth = new Date(Date.UTC(2024, month, 15, 12));
      const write = (options: Intl.DateTimeFormatOptions, at: Date) =>
        new Intl.DateTimeFormat(language, { timeZone: 'UTC', ...options }).format(at);
      return [write({ weekday: 'long' }, day), write({ month: 'long' }, inMonth)];
    }).flat(),
  );
  return [...new Set(names.map((name) => name.toLowerCase()))].filter((name) => !AMBIGUOUS.has(name));
}

const namesDay = buildPhraseFinder([...TIMES, ...namesOfDays()]);

export function buildReplyFinders({ promises, avoid }: Pick<Policy, 'promises' | 'avoid'>): ReplyFinders {
  const isPromise = buildPhraseFinder(promises);
  const avoided = avoid.map((entry) => ({ entry, isIn: buildPhraseFinder([entry.phrase]) }));
  return {
    promisesNoDate: (sentence) => isPromise(sentence) && !/\p{Nd}/u.test(sentence) && !namesDay(sentence),
    avoidedIn: (text) => avoided.flatMap(({ entry, isIn }) => (isIn(text) ? [entry] : [])),
  };
}
