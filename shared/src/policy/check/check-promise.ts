// Checks that a promise, or a phrase to avoid, can be found by its words.

import { foldText } from '../../words/fold-text.ts';
import { parsePhrase } from '../../words/parse-phrase.ts';
import { errorAt, type Finding, type PolicyPath, warningAt } from '../finding.ts';
import { entriesAt, valueAt } from '../value-at.ts';
import { checkPhrase } from './check-phrase.ts';

/** What is wrong with one of `promises`, or with a phrase to avoid. */
export function checkPromise(words: unknown): Finding[] {
  if (typeof words !== 'string') return [];
  if (words.trim() === '') return [errorAt([], 'is empty; write the words or remove the entry')];
  if (parsePhrase(words).ways.length === 0)
    return [
      errorAt([], `"${words}" contains no letter or digit, so it never matches; write words or remove the entry`),
    ];
  return checkPhrase(words, []);
}

/** Promises and phrases to avoid that are written twice. */
export function checkPhrasesOnce(policy: unknown): Finding[] {
  const promises = valueAt(policy, ['promises']);
  const listed = Array.isArray(promises) ? promises : [];
  return [
    ...writtenTwice(listed.map((words: unknown, at) => ({ words, path: ['promises', at] }))),
    ...writtenTwice(
      entriesAt(policy, ['avoid']).map(({ entry, path }) => ({ words: entry['phrase'], path: [...path, 'phrase'] })),
    ),
  ];
}

function writtenTwice(entries: readonly { words: unknown; path: PolicyPath }[]): Finding[] {
  const plain = entries.map(({ words }) =>
    foldText(typeof words === 'string' ? words : '')
      .replace(/\s+/g, ' ')
      .trim(),
  );
  return entries.flatMap(({ path }, index) => {
    const words = plain[index] ?? '';
    return words !== '' && plain.indexOf(words) < index
      ? [warningAt(path, `"${words}" is a duplicate; remove one`)]
      : [];
  });
}
