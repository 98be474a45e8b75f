// Decides whether text written by a customer may be quoted in our mail.
import { cutGraphemes } from '@deskwright/shared';
import { containsLink } from './contains-link.ts';

/** Only this much of a text is checked: a few dozen characters are shown, and few emoji have many code units. */
const LONGEST = 1_000;

/** Everything that ends a line or changes the text direction. A line end would also end a mail header. */
const BREAKS = /[\s\p{Cc}\u202A-\u202E\u2066-\u2069]+/gu;
/** Invisible characters that no word needs: direction marks, byte order marks, annotations. Joiners stay, because words and emoji need them. */
const LEFTOVERS = /[\u061C\u200E\u200F\u206A-\u206F\uFEFF\uFFF9-\uFFFB\u{E0001}]/gu;
const INVISIBLE = /^[\s\p{Cf}\p{Mn}]*$/u;

/**
 * One line, cut to `max` characters. Empty when it contains anything that a mail program would turn into a link: anybody can open a ticket
 * in another person's name, and our mail must not carry their advertisement.
 */
export function quotable(text: string, max: number): string {
  const line = text.slice(0, LONGEST).toWellFormed().replace(LEFTOVERS, '').replace(BREAKS, ' ').trim();
  return INVISIBLE.test(line) || containsLink(line) ? '' : cutGraphemes(line, max);
}
