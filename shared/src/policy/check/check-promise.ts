// Checks that a promise can be found by its words.

import { foldText } from '../../words/fold-text.ts';
import { parsePhrase } from '../../words/parse-phrase.ts';
import { errorAt, type Finding, warningAt } from '../finding.ts';
import { valueAt } from '../value-at.ts';
import { checkPhrase } from './check-phrase.ts';

/** What is wrong with one of `promises`. */
export function checkPromise(words: unknown): Finding[] {
  if (typeof words !== 'string') return [];
  if (words.trim() === '') return [errorAt([], 'is empty; write the words or remove the entry')];
  if (parsePhrase(words).ways.length === 0)
    return [errorAt([], `"${words}" has no letter or digit, so it is never found; write words or remove the entry`)];
  return checkPhrase(words, []);
}

/** Words that are written twice. */
export function checkPromises(policy: unknown): Finding[] {
  const promises = valueAt(policy, ['promises']);
  if (!Array.isArray(promises)) return [];
  const plain = promises.map((words: unknown) => foldText(String(words)).replace(/\s+/g, ' ').trim());
  return plain.flatMap((words, index) =>
    words !== '' && plain.indexOf(words) < index ? [warningAt(['promises', index], `"${words}" is there already`)] : [],
  );
}
