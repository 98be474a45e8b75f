// Decides whether a stranger's words may be quoted in our mail.
import { cutGraphemes } from '@deskwright/shared';
import { makesLink } from './makes-link.ts';

/** More than this of a text is not looked at: what is shown has a few dozen characters, and emoji of many code units are few. */
const LONGEST = 1_000;

/** Anything that ends a line or turns the direction of what follows. A header, too, ends with a line. */
const BREAKS = /[\s\p{Cc}\u202A-\u202E\u2066-\u2069]+/gu;
/** Invisible, and no part of a word: direction marks, byte order marks, annotations. Joiners stay, for they make words and emoji. */
const LEFTOVERS = /[\u061C\u200E\u200F\u206A-\u206F\uFEFF\uFFF9-\uFFFB\u{E0001}]/gu;
const INVISIBLE = /^[\s\p{Cf}\p{Mn}]*$/u;

/**
 * One line, cut to `max` characters. Empty when it holds anything that a mail program would make a link of: anybody can open a ticket
 * in another's name, and our mail must not carry their advertisement.
 */
export function quotable(text: string, max: number): string {
  const line = text.slice(0, LONGEST).toWellFormed().replace(LEFTOVERS, '').replace(BREAKS, ' ').trim();
  return INVISIBLE.test(line) || makesLink(line) ? '' : cutGraphemes(line, max);
}
