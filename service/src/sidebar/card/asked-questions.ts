// Finds the questions our side has already asked the customer.
import { foldText } from '@deskwright/shared';
import type { EscalationCard } from '@deskwright/shared/contract';
import type { Said } from './card-context.ts';
import { cutSentence } from './cut-sentence.ts';
import { sentencesOf } from './sentences.ts';

/** More would not be read. */
const MOST = 8;
const HAS_WORD = /[\p{L}\p{N}]/u;
const QUESTION = /[?？؟]["'”’»)\]]*$/u;

/** Questions of public agent comments, oldest first; of more than eight the newest. What was asked twice stands where it was asked first. */
export function askedQuestions(conversation: readonly Said[]): EscalationCard['asked'] {
  const asked = new Map<string, EscalationCard['asked'][number]>();
  for (const { byCustomer, body, name, at } of conversation) {
    if (byCustomer || body === null) continue;
    for (const sentence of sentencesOf(body)) {
      const key = foldText(sentence);
      if (!QUESTION.test(sentence) || !HAS_WORD.test(sentence) || asked.has(key)) continue;
      asked.set(key, { text: cutSentence(sentence), by: name, at: at.toISOString() });
    }
  }
  return [...asked.values()].slice(-MOST);
}
