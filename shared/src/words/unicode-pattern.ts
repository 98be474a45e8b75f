// Extends RE2's ASCII word classes in a regular expression to all scripts.

/**
 * Marks word boundaries in a text (see `markEdges`): a code point that Unicode reserves as a noncharacter.
 * RE2 cannot look around a position, so the boundaries for `\b` are written into the text, twice, for two
 * at the same position (`\ba?\b`).
 */
const EDGE = '\uFDD0';
const EDGES = EDGE + EDGE;
const ANY_EDGES = `${EDGE}?${EDGE}?`;
const WORD = '\\p{L}\\p{M}\\p{N}_';
const SPACE = '\\s\\p{Z}';
/** What `\W`, `\D` and `\S` are within brackets, where nothing can be taken away; none has the edge. */
const CONTROL = '\\p{Cf}\\p{Co}\\x00-\\x08\\x0e-\\x1f\\x7f-\\x{9f}';
const SIGNS = `\\p{Pd}\\p{Ps}\\p{Pe}\\p{Pi}\\p{Pf}\\p{Po}\\p{S}${CONTROL}`;
const CLASSES: Readonly<Record<string, { readonly members: string; readonly others: string }>> = {
  d: { members: '\\p{Nd}', others: `\\p{L}\\p{M}\\p{Nl}\\p{No}_${SIGNS}${SPACE}` },
  w: { members: WORD, others: `${SIGNS}${SPACE}` },
  s: { members: SPACE, others: `${WORD}${SIGNS}` },
};
/** An escape, a class of brackets, the beginning of a group, or any other character. */
const TOKEN =
  /\\Q[\s\S]*?(?:\\E|$)|\\(?:[pP](?:\{[^}]*\}|.)|x(?:\{[0-9A-Fa-f]+\}|[0-9A-Fa-f]{2})|[0-7]{1,3}|[\s\S])|\[\^?\]?(?:\[:\^?\w+:\]|\\[\s\S]|[^\]\\])*\]|\(\?(?:P?<\w+>|[a-zA-Z-]*[:)])|\{\d+(?:,\d*)?\}|[\s\S]/gu;
const SYNTAX: ReadonlySet<string> = new Set(['(', ')', '|', '*', '+', '?']);

/**
 * Rewrites an expression so that `\w`, `\d` and `\s` have the letters, digits and spaces of all scripts, and `\b` is
 * where a word of any of them begins or ends. It is to be matched with texts that `markEdges` has marked.
 * Letters in it are written as texts for patterns are (NFKC, straight quotes, `i` for the Turkish dotless one).
 */
export function unicodePattern(source: string): string {
  const dotAll = /\(\?[a-zA-Z]*s/.test(source);
  const tokens = plainPattern(source).match(TOKEN) ?? [];
  let rewritten = '';
  for (let i = 0; i < tokens.length; i++) {
    const from = i;
    while (PLACES.has(tokens[i] ?? '')) i++;
    rewritten += places(new Set(tokens.slice(from, i))) + characters(tokens[i] ?? '', dotAll);
  }
  return rewritten;
}

/** What asks where one is and takes no character. */
const PLACES: ReadonlySet<string> = new Set(['^', '\\A', '\\b', '$', '\\z']);

/** Several at one place: the beginning comes before the edges there, the end after them. */
function places(asked: ReadonlySet<string>): string {
  const is = (token: string): string => (asked.has(token) ? token : '');
  const edges = asked.has('\\b') ? EDGE : '';
  const ends = is('$') + is('\\z');
  return is('^') + is('\\A') + edges + (ends === '' ? '' : ANY_EDGES + ends);
}

function characters(token: string, dotAll: boolean): string {
  if (token === '' || SYNTAX.has(token) || token.startsWith('(?') || /^\{\d/.test(token)) return token;
  if (token.startsWith('\\Q')) return quoted(token.slice(2).replace(/\\E$/, ''));
  if (/^[\u0080-\u{10ffff}]/u.test(token)) return `(?:${quoted(token.normalize('NFKC'))})`;
  return after(token === '.' ? `[^${dotAll ? '' : '\\n'}${EDGE}]` : oneCharacter(token));
}

/** A character may follow an edge that the expression does not ask for. */
const after = (character: string): string => `(?:${ANY_EDGES}${character})`;

const quoted = (text: string): string => text.replace(/[\s\S]/gu, (char) => after(escaped(char)));

const escaped = (char: string): string => char.replace(/[\\.+*?()|[\]{}^$]/, '\\$&');

function oneCharacter(token: string): string {
  const [sign, letter] = [token.charAt(0), token.charAt(1)];
  if (sign === '[') return brackets(token);
  if (sign !== '\\') return token;
  const known = CLASSES[letter.toLowerCase()];
  if (known !== undefined) return letter === letter.toLowerCase() ? `[${known.members}]` : `[^${known.members}${EDGE}]`;
  if (letter !== 'P' && !token.startsWith('\\p{^')) return token;
  const name = /^\\[pP](?:\{\^?([^}]*)\}|(.))$/.exec(token);
  return `[^\\p{${name?.[1] ?? name?.[2] ?? ''}}${EDGE}]`;
}

function brackets(token: string): string {
  const inner = token.slice(1, -1).replace(/\\([dDwWsS])/g, (_, letter: string) => {
    const { members = '', others = '' } = CLASSES[letter.toLowerCase()] ?? {};
    return letter === letter.toLowerCase() ? members : others;
  });
  return inner.startsWith('^') ? `[${inner}${EDGE}]` : `[${inner}]`;
}

/** Letters of an expression as `textForPatterns` writes them in texts. */
const plainPattern = (source: string): string => dottedAlike(source.normalize('NFC')).replace(QUOTES, "'");

const QUOTES = /[\u2018\u2019\u201A\u201B\u2032\u02B9\u02BB\u02BC\u02BD\u055A\u05F3\u00B4\uFF07]/g;
const WORD_CHARACTER = /[\p{L}\p{M}\p{N}_]/u;

/** Turkish has two i, of which RE2 takes neither for the other case of `i` and `I`. */
export const dottedAlike = (text: string): string => text.replaceAll('İ', 'I').replaceAll('ı', 'i');

/** A text with an edge wherever a word begins or ends. */
export function markEdges(text: string): string {
  let marked = '';
  let wasWord = false;
  for (const char of text.replaceAll(EDGE, '')) {
    const isWord = WORD_CHARACTER.test(char);
    marked += isWord === wasWord ? char : EDGES + char;
    wasWord = isWord;
  }
  return wasWord ? marked + EDGES : marked;
}

/** A stretch of such a text as it was. */
export const withoutEdges = (text: string): string => text.replaceAll(EDGE, '');
