// Marks the words of learnt phrases whose misspellings count too.
import { LONGEST_MISSPELT, standsAlone } from '@deskwright/shared';

/** Shorter words are too often taken for others. */
const SHORTEST = 6;

/** `credit card` as `credit~ card`: with `~` at each word that is long enough and made of letters only. */
export function withMisspellings(phrase: string): string {
  return phrase
    .split(' ')
    .map((chunk) => {
      const word = chunk.replace(/\*$/, '');
      const isFit = word.length >= SHORTEST && word.length <= LONGEST_MISSPELT && /^\p{L}+$/u.test(word);
      return isFit && !standsAlone(word) ? `${chunk}~` : chunk;
    })
    .join(' ');
}
