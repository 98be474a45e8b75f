// Quotes what the customer wrote and the policy went by.
import type { ConditionTrace, Reason } from '@deskwright/shared';
import type { QuotedSentence } from '@deskwright/shared/contract';
import { readWords } from '../../decide/text/read-text.ts';
import type { Said } from './card-context.ts';
import { findWordings } from './find-wordings.ts';

/** The operators that hold because a word is there. */
const FINDS_WORDS = new Set(['includes_any', 'includes_all', 'matches']);
/** The fields that the customer's messages are read as; quoted history and signatures, which `full_text` includes, are not the customer's own words. */
const FIRST_MESSAGE = new Set(['text', 'description', 'full_text']);
const LAST_MESSAGE = 'comment';
const MOST_SENTENCES = 5;

/**
 * The sentences with the words for which the trigger fired, from the customer's public messages alone: those before our first answer, and the
 * newest. Empty: no word decided, it is in the subject only, or it has been erased or redacted since.
 * @param said all public comments, oldest first
 */
export function customerQuote(reason: Reason, said: readonly Said[], subject: string): QuotedSentence[] {
  if (reason.by !== 'trigger') return [];
  const wordings = wordingsOf(reason.conditions, (field) => FIRST_MESSAGE.has(field));
  const inLast = wordingsOf(reason.conditions, (field) => field === LAST_MESSAGE);
  const answer = said.findIndex(({ byCustomer }) => !byCustomer);
  const opening = said.slice(0, answer === -1 ? said.length : answer);
  const last = said.findLast(({ byCustomer }) => byCustomer);
  const quoted = [
    ...opening.flatMap((message) => quotesFrom(message, wordings, subject)),
    ...(last === undefined ? [] : quotesFrom(last, inLast, '')),
  ];
  const different = new Map(quoted.map((sentence) => [sentence.map(({ text }) => text).join(''), sentence]));
  return [...different.values()].slice(0, MOST_SENTENCES);
}

function wordingsOf(conditions: readonly ConditionTrace[], isIn: (field: string) => boolean): string[] {
  return conditions
    .filter(({ field, operator, held, inVain }) => held && !inVain && FINDS_WORDS.has(operator) && isIn(field))
    .flatMap(({ saw }) => (Array.isArray(saw) ? saw : [saw]))
    .filter((word) => typeof word === 'string');
}

function quotesFrom({ body }: Said, wordings: readonly string[], subject: string): QuotedSentence[] {
  if (body === null || wordings.length === 0) return [];
  return findWordings(readWords(subject, body, null).description.replaceAll(' \u{1F517} ', ' … '), wordings);
}
