// Are these words by which a promise can be found?
import { errorAt, type Finding, warningAt } from '../finding.ts';
import { valueAt } from '../value-at.ts';

/** What is wrong with one of `promises`. */
export function checkPromise(words: unknown): Finding[] {
  if (typeof words !== 'string') return [];
  if (words.trim() === '') return [errorAt([], 'is empty; write the words or remove the entry')];
  if (/[\p{L}\p{N}]/u.test(words)) return [];
  return [errorAt([], `"${words}" has no letter or digit, so it is never found`)];
}

/** Words that are written twice. */
export function checkPromises(policy: unknown): Finding[] {
  const promises = valueAt(policy, ['promises']);
  if (!Array.isArray(promises)) return [];
  const plain = promises.map((words: unknown) => String(words).toLowerCase().replace(/\s+/g, ' ').trim());
  return plain.flatMap((words, index) =>
    words !== '' && plain.indexOf(words) < index ? [warningAt(['promises', index], `"${words}" is there already`)] : [],
  );
}
