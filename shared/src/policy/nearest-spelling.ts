// Finds the allowed word nearest to a misspelt one.
import { distance } from 'fastest-levenshtein';

/** A word that differs by more than this share of its length is another word, not a misspelling. */
const LARGEST_SLIP = 0.4;

/**
 * The allowed word nearest to what was written, or undefined when none is near.
 * Letter case, spaces, hyphens and underscores do not count, so `Mon_Fri` is near to `mon-fri`.
 */
export function nearestSpelling(written: string, allowed: readonly string[]): string | undefined {
  const plain = simplify(written);
  let best: { word: string; slips: number } | undefined;
  for (const word of allowed) {
    const other = simplify(word);
    const slips = distance(plain, other);
    if (slips <= slipsFor(plain, other) && slips < (best?.slips ?? Infinity)) best = { word, slips };
  }
  return best?.word;
}

/** One of two letters is half the word: `t9` is as near to `t1` as to `t2`. */
function slipsFor(a: string, b: string): number {
  if (Math.min(a.length, b.length) <= 2) return 0;
  return Math.max(1, Math.floor(Math.max(a.length, b.length) * LARGEST_SLIP));
}

function simplify(word: string): string {
  // Levenshtein costs length × length: nobody misspells a word of 200 letters.
  return word
    .slice(0, 200)
    .toLowerCase()
    .replace(/[\s_-]+/g, '');
}
