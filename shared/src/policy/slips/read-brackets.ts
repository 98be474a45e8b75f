// Reads a value in quotes or brackets across lines, and finds slips in it.
import { CURLY_QUOTE, curlyQuote, isSpace, missingColon, type Slip, strangeSpace } from './slip.ts';

/** A value that goes on in the next line. */
export interface OpenValue {
  readonly column: number;
  /** True once the value has ended. @param number of the line, from 1 */
  readLine(line: string, start: number, number: number): boolean;
  unclosed(): Slip;
}

interface Bracket {
  readonly char: '{' | '[';
  readonly offset: number;
  readonly number: number;
  readonly column: number;
  /** Colons since the last comma. */
  colons: number;
}

const CLOSES = { '{': '}', '[': ']' } as const;

/** What stands before the next character since the last comma, colon or bracket. */
type Before = 'nothing' | 'text' | 'quoted' | 'brackets';

/** A value in quotes or brackets, from its first character on. */
export function readBrackets(
  column: number,
  report: (slip: Slip) => void,
): OpenValue & { readLine(line: string, start: number, number: number, from?: number): boolean } {
  const open: Bracket[] = [];
  let quote: { char: '"' | "'"; offset: number; number: number; column: number } | null = null;
  let before: Before = 'nothing';
  let textFrom = -1;

  function readLine(line: string, start: number, number: number, from = 0): boolean {
    textFrom = -1;
    let hasHash = false;
    const say = (at: number, message: string, more: Partial<Slip> = {}) =>
      report({ offset: start + at, message, ...more });
    const place = (of: { number: number; column: number }) =>
      of.number === number ? `in column ${of.column}` : `on line ${of.number}, column ${of.column}`;
    for (let at = from; at < line.length; at++) {
      const char = line[at] ?? '';
      const next = line[at + 1];
      if (quote) {
        if (quote.char === '"' && char === '\\') at++;
        else if (char === quote.char && quote.char === "'" && next === "'") at++;
        else if (char === quote.char) {
          if (!isSpace(next) && !/[,:\]}]/.test(next ?? ''))
            say(at + 1, textAfterQuote(quote.char, place(quote), at + 1));
          before = !isSpace(next) && !/[,:\]}]/.test(next ?? '') ? 'text' : 'quoted';
          quote = null;
          if (open.length === 0) return endsLine(line, at + 1, char, say);
        }
        continue;
      }
      if (isSpace(char)) continue;
      const top = open.at(-1);
      if (char === '#' && isSpace(line[at - 1])) {
        const closer = top && CLOSES[top.char];
        if (!closer || (!hasHash && !line.includes(closer, at))) break;
        hasHash = true;
        say(at, `# begins a comment, so the ${closer} after it does not count; put the text in quotes`);
        before = 'text';
        continue;
      }
      const isColon = char === ':' && (before === 'quoted' || isSpace(next) || /[,[\]{}]/.test(next ?? ''));
      if (before === 'text' && !isColon && !/[,[\]{}]/.test(char)) continue;
      switch (char) {
        case '"':
        case "'":
          if (before !== 'nothing') say(at, 'a comma is missing before this quote');
          quote = { char, offset: start + at, number, column: at + 1 };
          break;
        case '{':
        case '[':
          if (before !== 'nothing')
            say(at, `a comma is missing before this ${char}; if it is part of the text, put the text in quotes`);
          open.push({ char, offset: start + at, number, column: at + 1, colons: 0 });
          before = 'nothing';
          break;
        case '}':
        case ']': {
          if (before === 'text' && top) checkEntry(top, line, at, say);
          const index = open.findLastIndex((bracket) => CLOSES[bracket.char] === char);
          const skipped = open[index + 1];
          if (index === -1) say(at, closesNothing(char));
          else if (skipped)
            say(
              at,
              `the ${skipped.char} opened ${place(skipped)} is not closed before this ${char}; write ${CLOSES[skipped.char]} where its entries end`,
            );
          if (index !== -1) open.length = index;
          before = 'brackets';
          if (open.length === 0) return endsLine(line, at + 1, char, say);
          break;
        }
        case ',':
          if (before === 'nothing' && top?.colons === 0) say(at, 'a comma follows another or a bracket; remove it');
          if (before === 'text' && top) checkEntry(top, line, at, say);
          if (top) top.colons = 0;
          before = 'nothing';
          break;
        default: {
          if (isColon) {
            if (top && ++top.colons === 2)
              say(
                at,
                'there is a second colon in this entry; put the text in quotes, or write a comma between two keys',
              );
            before = 'nothing';
            break;
          }
          if (before !== 'nothing')
            say(
              at,
              before === 'quoted'
                ? 'text follows a closing quote; write a comma between them, or put all of it in one pair of quotes'
                : 'a comma is missing after the bracket',
            );
          else if (/[@`]/.test(char)) say(at, `a value cannot begin with ${char}; put the text in quotes`);
          else if (char === '-' && isSpace(next))
            say(at, 'inside brackets entries are separated by commas, without dashes');
          else if (CURLY_QUOTE.test(char)) say(at, curlyQuote(char), { isSilent: true });
          else if (strangeSpace(char) !== null) say(at, strangeSpace(char) ?? '', { isSilent: true });
          before = 'text';
          textFrom = at;
        }
      }
    }
    return false;
  }

  /** An entry of braces needs a key and a value: `{ id:t1 }` and `{ id t1 }` have a key only. */
  function checkEntry(
    top: Bracket,
    line: string,
    end: number,
    say: (at: number, message: string, more: Partial<Slip>) => void,
  ): void {
    if (top.char !== '{' || top.colons > 0 || textFrom === -1) return;
    const text = line.slice(textFrom, end).trimEnd();
    const message = missingColon(text);
    if (message !== null) say(textFrom, message, { isSilent: true });
  }

  return {
    column,
    readLine,
    unclosed() {
      const what = quote ?? open.at(-1);
      if (!what) throw new Error('Only a value that is not whole can be unclosed');
      const closer = what.char === '"' || what.char === "'" ? what.char : CLOSES[what.char];
      return {
        offset: what.offset,
        message: `the ${what.char} opened on line ${what.number}, column ${what.column} is never closed; write ${closer} where it ends`,
      };
    },
  };
}

/** True: nothing but a comment follows the value. */
function endsLine(line: string, at: number, closer: string, say: (at: number, message: string) => void): true {
  const rest = line.slice(at);
  const text = rest.trimStart();
  const where = at + rest.length - text.length;
  const isComment = text.startsWith('#') && rest.length > text.length;
  if (text === '' || isComment) return true;
  if (/^[\]}]/.test(text)) say(where, closesNothing(text[0] ?? ''));
  else if (/["']/.test(closer)) {
    // Said already for what follows without a space.
    if (rest.length > text.length) say(where, 'text follows the closing quote; put all of it in one pair of quotes');
  } else say(where, `text follows the closing ${closer}; put all of it in quotes, or begin a new line`);
  return true;
}

const closesNothing = (char: string): string =>
  `this ${char} closes nothing: ${char === '}' ? '{' : '['} is missing before it, or it is one too many`;

const textAfterQuote = (char: string, opened: string, column: number): string =>
  `the ${char} opened ${opened} is closed in column ${column}, and text follows; ${char === '"' ? 'write \\" for a quote inside quotes' : "write '' for an apostrophe inside single quotes"}, or add the quote that is missing`;
