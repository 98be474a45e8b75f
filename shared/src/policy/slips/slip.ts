// Defines a slip of YAML, and describes those that several readers find.
import { shorten } from '../check/check-spelling.ts';

export interface Slip {
  /** In the text. */
  readonly offset: number;
  /** A sentence without full stop. */
  readonly message: string;
  /** The parser reads the text without an error, though probably not as it was meant. */
  readonly isSilent?: boolean;
}

export const isSpace = (char: string | undefined): boolean => char === undefined || char === ' ' || char === '\t';

/** Spaces that are no space for YAML, and characters that show nothing. */
const STRANGE_SPACE = /[\u00a0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff]/;

/** What to do about a character that looks like a space or like nothing; null for any other. */
export function strangeSpace(char: string | undefined): string | null {
  if (char === undefined || !STRANGE_SPACE.test(char)) return null;
  const code = (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  const name = /[\u00a0\u202f]/.test(char) ? 'a no-break space' : 'an invisible character';
  return `${name} (U+${code}), as used by word processors and web pages; replace it with a normal space`;
}

/** Double and single quotes as word processors write them. */
export const CURLY_QUOTE = /^[\u201c\u201d\u201e\u2018\u2019\u201a\u00ab]/;

export const curlyQuote = (char: string): string =>
  `${char} is a quote as word processors write it, which YAML takes for text; write "`;

/** What is wrong with words where `key: value` belongs; null: nothing known. */
export function missingColon(text: string): string | null {
  const [, key, glued] = /^(["']?[\w-]+["']?)(:|\uff1a|\s*=\s*)(?=\S)/.exec(text) ?? [];
  if (key !== undefined && glued === ':')
    return `a space is missing after the colon: write ${key}: ${shorten(text.slice(key.length + 1), 30)}`;
  if (key !== undefined && glued !== undefined)
    return `a key ends with a colon and a space, not with ${glued.trim()}: write ${key}: ${shorten(text.slice(key.length + glued.length), 30)}`;
  const word = /^[\w-]+(?=\s|$)/.exec(text)?.[0];
  return word === undefined ? null : `a colon is missing after "${shorten(word, 30)}"`;
}
