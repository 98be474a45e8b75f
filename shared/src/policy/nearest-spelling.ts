// Which of the allowed words did somebody probably mean?
import { distance } from 'fastest-levenshtein';

/** A word further from its nearest neighbour than this share of its length is another word, not a slip. */
const LARGEST_SLIP = 0.4;

/**
 * The allowed word nearest to what was written, or undefined when none is near.
 * Letter case, spaces, hyphens and underscores do not count, so `Mon_Fri` is near to `mon-fri`.
 */
export function nearestSpelling(written: string, allowed: readonly string[]): string | undefined {
  const plain = simplify(written);
  let best: { word: string; slips: number } | undefined;
  for (const word of allowed) {
    const slips = distance(plain, simplify(word));
    if (
      slips <= Math.max(1, Math.floor(Math.max(plain.length, word.length) * LARGEST_SLIP)) &&
      slips < (best?.slips ?? Infinity)
    ) {
      best = { word, slips };
    }
  }
  if (best && plain.length <= 2 && best.slips > 0 && plain[0] !== simplify(best.word)[0]) return undefined;
  return best?.word;
}

function simplify(word: string): string {
  // Levenshtein costs length × length: nobody misspells a word of 200 letters.
  return word
    .slice(0, 200)
    .toLowerCase()
    .replace(/[\s_-]+/g, '');
}
