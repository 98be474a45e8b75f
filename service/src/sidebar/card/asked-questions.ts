// Finds the questions that agents have already asked the customer.
import { foldText } from '@deskwright/shared';
import type { EscalationCard } from '@deskwright/shared/contract';
import type { Said } from './card-context.ts';
import { cutSentence } from './cut-sentence.ts';
import { sentencesOf } from './sentences.ts';

/** The most that are shown. */
const MOST = 8;
const HAS_WORD = /[\p{L}\p{N}]/u;
const QUESTION = /[?？؟]["'”’»)\]]*$/u;

/** Questions in public agent comments, oldest first; the newest eight if there are more. A repeated question is listed at its first occurrence. */
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
