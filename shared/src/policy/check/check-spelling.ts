// Checks a word against the allowed ones and suggests the nearest.
import { errorAt, type Finding, type PolicyPath } from '../finding.ts';
import { nearestSpelling } from '../nearest-spelling.ts';

/** Longer lists are not printed; the reference page has them. */
const MOST_ALLOWED_SHOWN = 30;

/**
 * A finding for a word that is not among the allowed ones.
 * @param what the first words of the message: `category`, `operator`, ...
 * @param meant a better suggestion than the spelling, if any
 */
export function unknownWord(
  what: string,
  written: string,
  allowed: readonly string[],
  path: PolicyPath,
  meant?: string,
): Finding {
  const didYouMean = meant ?? nearestSpelling(written, allowed);
  return errorAt(path, `${what} "${shorten(written)}" does not exist`, {
    ...(allowed.length > 0 && allowed.length <= MOST_ALLOWED_SHOWN && { allowed }),
    ...(didYouMean !== undefined && { didYouMean }),
  });
}

/** Cuts what a person wrote, so that a message stays one line. */
export function shorten(text: string, most = 60): string {
  const oneLine = text.replace(/\s+/g, ' ').trim();
  return oneLine.length <= most ? oneLine : `${oneLine.slice(0, most - 1)}…`;
}
