// Reads the value that begins after a key or dash, and finds slips in it.
import { shorten } from '../check/check-spelling.ts';
import { type OpenValue, readBrackets } from './read-brackets.ts';
import { CURLY_QUOTE, curlyQuote, isSpace, type Slip, strangeSpace } from './slip.ts';

export interface ValueStart {
  readonly line: string;
  /** Of the line in the text. */
  readonly start: number;
  /** From 1. */
  readonly number: number;
  /** Where the value begins in the line, spaces before it included. */
  readonly from: number;
  /** The key before it; null: it stands alone or after a dash. */
  readonly key: string | null;
  /** The column of the entry it belongs to: what stands no deeper is another entry. */
  readonly column: number;
}

export interface ReadValue {
  readonly value: OpenValue | null;
  readonly ends: 'open' | 'text' | 'whole' | 'lines';
}

/** Reads from the key or dash to the end of the line. */
export function readValue(at: ValueStart, report: (slip: Slip) => void): ReadValue {
  const { line, start, key } = at;
  let from = at.from;
  while (isSpace(line[from]) && from < line.length) from++;
  const anchor = /^(?:&[\w-]+|![^\s,[\]{}]*)(?:\s+|$)/.exec(line.slice(from, from + 200))?.[0] ?? '';
  from += anchor.length;
  const rest = line.slice(from);
  const say = (message: string, more: Partial<Slip> = {}) => report({ offset: start + from, message, ...more });
  if (rest === '') return { value: null, ends: 'open' };
  if (rest.startsWith('#')) {
    if (key !== null && !isSpace(rest[1]) && rest[1] !== '#')
      say(`# begins a comment, so ${shorten(key)} has no value; put the text in quotes`, { isSilent: true });
    return { value: null, ends: 'open' };
  }
  if (/^["'{[]/.test(rest)) {
    const value = readBrackets(at.column, report);
    return { value: value.readLine(line, start, at.number, from) ? null : value, ends: 'whole' };
  }
  if (/^[|>]/.test(rest)) {
    if (/^[|>][-+\d]{0,2}\s*(#.*)?$/.test(rest)) return { value: null, ends: 'lines' };
    say(`${rest[0]} begins a text of several lines for YAML; put the text in quotes`);
    return { value: null, ends: 'whole' };
  }
  if (strangeSpace(rest[0]) !== null) say(strangeSpace(rest[0]) ?? '');
  else if (/^[@`%\]},]/.test(rest)) say(`a value cannot begin with ${rest[0]}; put the text in quotes`);
  else if (rest.startsWith('&')) say('a value that begins with & has a meaning in YAML; put the text in quotes');
  else if (/^[*](?![^\s,[\]{}]+\s*(#.*)?$)/.test(rest))
    say('a value that begins with * has a meaning in YAML; put the text in quotes');
  else if (key !== null && rest.startsWith('- '))
    say('a list begins on the line below its key, and text that begins with a dash needs quotes');
  else if (key !== null) checkPlain(rest, start + from, key, report);
  return { value: null, ends: /^[*]/.test(rest) ? 'whole' : 'text' };
}

function checkPlain(rest: string, offset: number, key: string, report: (slip: Slip) => void): void {
  const comment = / #/.exec(rest)?.index ?? rest.length;
  const text = rest.slice(0, comment);
  const colon = /:(?=\s|$)/.exec(text)?.index ?? -1;
  if (colon !== -1) report({ offset: offset + colon, message: secondColon(key, text) });
  else if (CURLY_QUOTE.test(text)) report({ offset, message: curlyQuote(text[0] ?? ''), isSilent: true });
  else if (/^ #[^\s#]/.test(rest.slice(comment, comment + 3)))
    report({ offset: offset + comment + 1, isSilent: true, message: commentInText(rest.slice(comment + 1)) });
}

const secondColon = (key: string, text: string): string =>
  `there is a second colon after "${shorten(key, 30)}:"; put the text in quotes: "${shorten(text.replace(/["\\]/g, ''), 50)}"`;
const commentInText = (rest: string): string =>
  `everything from "${shorten(rest, 30)}" on is a comment, because # follows a space; put the text in quotes if it belongs to it`;
