// Builds tickets with realistic texts: real messages where there are some, and long mails with a large vocabulary.
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { sized } from '../part.js';

const MESSAGES = new URL('../../../shared/data/customer-messages.csv', import.meta.url);

/** Syllables of made-up words, so that the vocabulary needs no file; each language has its own letters. */
const LANGUAGES = {
  English: ['re', 'con', 'ing', 'ta', 'ble', 'or', 'der', 'ment', 'is', 'pay', 'ter', 'sh', 'un', 'ed', 'ly', 'al'],
  German: [
    'ver',
    'ge',
    'schä',
    'lung',
    'rück',
    'be',
    'ung',
    'stell',
    'ß',
    'er',
    'kön',
    'zahl',
    'an',
    'en',
    'pa',
    'ket',
  ],
  Russian: ['за', 'каз', 'воз', 'врат', 'ден', 'ги', 'по', 'лу', 'чил', 'не', 'ра', 'бо', 'та', 'ет', 'при', 'й'],
  French: ['rem', 'bour', 'sé', 'com', 'man', 'de', 'ê', 'tre', 'l’a', 'ch', 'at', 'où', 'fac', 'tu', 're', 'ça'],
};

/** A repeatable source of numbers from 0 to 1. */
function numbers(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** `count` different words; the first ones are short. */
function vocabularyOf(syllables, count) {
  const words = new Set();
  for (let at = 0; words.size < count; at++) {
    let word = '';
    for (let rest = at + syllables.length; rest > 0; rest = Math.floor(rest / syllables.length))
      word += syllables[rest % syllables.length];
    words.add(word);
  }
  return [...words];
}

/** Draws words as often as Zipf's law has them: the second half as often as the first, the third a third. */
function zipf(words, next) {
  const sums = new Float64Array(words.length);
  let sum = 0;
  for (let rank = 0; rank < words.length; rank++) {
    sum += 1 / (rank + 1);
    sums[rank] = sum;
  }
  return () => {
    const wanted = next() * sum;
    let [low, high] = [0, words.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle] < wanted) low = middle + 1;
      else high = middle;
    }
    return words[low];
  };
}

/** Texts of `length` words from a vocabulary of 200,000 that includes the policy's own words, as in mails to a shop. */
export function madeTexts(language, policyWords, length, count) {
  const next = numbers(length + count);
  const draw = zipf(vocabularyOf(LANGUAGES[language], sized(200_000, 2_000)), next);
  return Array.from({ length: count }, () =>
    Array.from({ length }, () => (next() < 0.03 ? policyWords[Math.floor(next() * policyWords.length)] : draw())).join(
      ' ',
    ),
  );
}

/** Customers' messages joined to texts of about 40 words; null if the file does not exist. */
export function messageTexts(count) {
  if (!existsSync(MESSAGES)) return null;
  /** @type {{ message: string }[]} */
  const rows = parse(readFileSync(MESSAGES, 'utf8'), { columns: true });
  return Array.from({ length: count }, (_, at) => {
    let text = '';
    for (let i = at * 7; text.split(' ').length < 40; i++) text += `${rows[i % rows.length]?.message} `;
    return text;
  });
}
export const LANGUAGE_NAMES = Object.keys(LANGUAGES);
