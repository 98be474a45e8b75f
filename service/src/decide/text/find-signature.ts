// Finds signatures and legal notices below the customer's own text.

import { isClosing, isDeviceLine, isDisclaimer, mayHoldDisclaimer, mayNameDevice } from './ending-words.ts';
import { hasWord, isBlank, type Line } from './lines.ts';

/** Netiquette says four lines; companies write more. */
const MOST_LINES = 15;
const MOST_BANNER_LINES = 6;

/** Marks the signature and notices among the lines that are not marked yet. @param text the lines' text */
export function markSignature(lines: readonly Line[], text: string): void {
  if (mayNameDevice(text))
    for (const line of lines) if (line.kind === null && isDeviceLine(line.text)) line.kind = 'signature';
  if (mayHoldDisclaimer(text)) markDisclaimers(lines.filter((line) => line.kind === null));
  const own = lines.filter((line) => line.kind === null);
  const begins = beginOfSignature(own);
  if (begins !== -1) for (const line of own.slice(begins)) line.kind = 'signature';
}

/** -1: there is none. */
function beginOfSignature(own: readonly Line[]): number {
  const dashes = own.flatMap(({ text }, at) => (text === '--' || text === '\u2014' ? [at] : []));
  const [only] = dashes;
  // Two such lines frame something.
  if (only !== undefined && dashes.length === 1 && isSignature(own, only, false)) return only;
  for (let at = own.length - 1; at > 0 && own.length - at <= MOST_LINES * 2; at--) {
    if (isClosing(own[at]?.text ?? '') && isSignature(own, at, true)) return at + 1;
  }
  return -1;
}

function isSignature(own: readonly Line[], at: number, strict: boolean): boolean {
  const below = own.slice(at + 1).filter((line) => !isBlank(line));
  const [name] = below;
  if (!own.slice(0, at).some(({ text }) => hasWord(text)) || below.length > MOST_LINES) return false;
  if (!strict) return !below.some(({ text }) => isPostscript(text));
  if (name === undefined || !isName(name.text)) return false;
  return below.every(({ text }) => isContactLine(text));
}

const isPostscript = (text: string): boolean => /^\s*(?:p\.?\s?s\.?|nb|n\.b\.|edit|nachtrag)(?:\s|:|-)/i.test(text);

/** One to five words, capitalized or in a script without case. */
function isName(text: string): boolean {
  const words = wordsOf(text);
  return words.length > 0 && words.length <= 5 && text.length <= 60 && !/[?!:]/.test(text) && areNames(words);
}

/** A title, a company, an address, a number; not a sentence. */
function isContactLine(text: string): boolean {
  if (text.length > 100 || isPostscript(text) || text.includes('?')) return false;
  if (/[@|]|\+\d|\d{4}|www\.|https?:|^\W*(?:tel|phone|fax|mobil|mail|e-?mail|web)/i.test(text)) return true;
  const words = wordsOf(text);
  if (/[.!]\s*$/.test(text) && words.length > 4) return false;
  return words.length === 0 || (words.length <= 8 && areNames(words));
}

const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’.-]*/gu) ?? [];

/** At least half are capitalized; short words in scripts without case count as names. */
function areNames(words: readonly string[]): boolean {
  const capital = words.filter(
    (word) => /^[\p{Lu}\p{Lt}\p{N}]/u.test(word) || (/^\p{Lo}/u.test(word) && word.length <= 12),
  );
  return capital.length * 2 >= words.length && !/^\p{Ll}/u.test(words[0] ?? '');
}

/** Paragraphs about confidentiality, and lines that warn of mail from outside. Never the first paragraph with words. */
function markDisclaimers(own: readonly Line[]): void {
  let hasWords = false;
  for (let from = 0; from < own.length; ) {
    let to = from;
    while (to < own.length && !isBlank(own[to] as Line)) to++;
    const paragraph = own.slice(from, to);
    const banner = linesOfBanner(paragraph);
    const rest = paragraph.slice(banner);
    const isNotice = hasWords && isDisclaimer(textOf(rest)) === 'notice';
    for (const line of isNotice ? paragraph : paragraph.slice(0, banner)) line.kind = 'disclaimer';
    if (!isNotice) hasWords ||= rest.some(({ text }) => hasWord(text));
    from = to + 1;
  }
}

const textOf = (lines: readonly Line[]): string => lines.map(({ text }) => text).join(' ');

/** The number of lines of the warning that a paragraph begins with. What a customer writes may follow without an empty line. */
function linesOfBanner(paragraph: readonly Line[]): number {
  for (let count = 1; count <= Math.min(paragraph.length, MOST_BANNER_LINES); count++) {
    const isWhole = count === paragraph.length || /[.!\])*>]$/.test(paragraph[count - 1]?.text ?? '');
    if (isWhole && isDisclaimer(textOf(paragraph.slice(0, count))) === 'banner') return count;
  }
  return 0;
}
