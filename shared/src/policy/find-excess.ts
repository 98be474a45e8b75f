// Finds where a text exceeds the limits of a policy: too deep nesting, or too many tokens.
import { Lexer } from 'yaml';

/** A policy has ten levels; the parser needs memory per level, and two million would crash the process. */
const DEEPEST = 100;

/** YAML tokens; a policy of 4,000 triggers has 680,000. For this many the parser needs about ten seconds and 1 GB. */
const MOST_TOKENS = 1_000_000;

/** Tokens by which the lexer marks what follows; they represent no text. */
const SCALAR = '\u001f';
const MARKS = new Set(['\u0002', '\u0018', SCALAR]);

export const TOO_DEEP = 'brackets or blocks are nested too deep inside one another to be read';

export interface Excess {
  readonly offset: number;
  readonly message: string;
}

/** The position where a limit is exceeded; undefined: nowhere. Linear in the text before it. */
export function findExcess(text: string): Excess | undefined {
  let tokens = 0;
  let offset = 0;
  let inBrackets = 0;
  /** Of `- - -` and `? ? ?` on one line, or up to the next comma within brackets. */
  let onLine = 0;
  let isScalar = false;
  for (const token of new Lexer().lex(text)) {
    if (isScalar) {
      isScalar = false;
      onLine = 0;
    } else if (token === SCALAR) isScalar = true;
    else if (token === '{' || token === '[') inBrackets++;
    else if (token === '}' || token === ']') inBrackets--;
    else if (token === '-' || token === '?' || token === ':') onLine++;
    else if (token === ',' || token.includes('\n')) onLine = 0;
    if (inBrackets > DEEPEST || onLine > DEEPEST) return { offset, message: TOO_DEEP };
    if (++tokens > MOST_TOKENS)
      return { offset, message: 'the file has more entries up to here than a policy may have; shorten it' };
    if (!MARKS.has(token)) offset += token.length;
  }
  return undefined;
}
