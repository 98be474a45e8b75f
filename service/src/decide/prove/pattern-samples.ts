// Reads of a regular expression what its matches must have, and writes texts that it may match.

/**
 * Whether each match certainly has a letter or digit, so that a text without any is no match. A letter counts that stands outside
 * groups and classes and is not optional. False: that cannot be shown.
 */
export function requiresLetter(source: string): boolean {
  if (/\||\\[Q\d]/.test(source)) return false;
  let depth = 0;
  for (let at = 0; at < source.length; at++) {
    const char = source.charAt(at);
    if (char === '\\') at = endOfEscape(source, at);
    else if (char === '[') at = endOfClass(source, at);
    else if (char === '(') depth++;
    else if (char === ')') depth--;
    else if (char === '{') at = source.indexOf('}', at) < 0 ? source.length : source.indexOf('}', at);
    else if (depth === 0 && /[a-z0-9]/i.test(char) && !/[?*{]/.test(source.charAt(at + 1))) return true;
  }
  return false;
}

/** The last character of `\b`, `\pL`, `\p{Greek}`, `\x41`, `\x{1F600}`. */
function endOfEscape(source: string, at: number): number {
  const kind = source.charAt(at + 1);
  if (!/[pPx]/.test(kind)) return at + 1;
  if (source.charAt(at + 2) === '{') return source.indexOf('}', at) < 0 ? source.length : source.indexOf('}', at);
  return at + (kind === 'x' ? 3 : 2);
}

function endOfClass(source: string, at: number): number {
  let end = at + 1;
  if (source.charAt(end) === '^') end++;
  if (source.charAt(end) === ']') end++;
  for (; end < source.length && source.charAt(end) !== ']'; end++) {
    if (source.charAt(end) === '\\') end++;
    else if (source.startsWith('[:', end)) end = Math.max(end, source.indexOf(':]', end) + 1);
  }
  return end;
}

/** What escapes stand for; others stand for nothing (an edge) or for themselves. */
const ESCAPED: Readonly<Record<string, string>> = { d: '7', w: 'a', s: ' ', S: 'a', D: 'a', W: ' ', n: '\n', t: '\t' };

/**
 * Texts that the expression may match: with every option left out, and with every option taken; of alternatives the first. A guess,
 * which whoever uses it must try.
 */
export const samplesOf = (source: string): readonly string[] => [
  ...new Set([false, true].map((isFull) => sample(source, isFull))),
];

function sample(source: string, isFull: boolean): string {
  let at = source.startsWith('(?i)') ? 4 : 0;

  function alternatives(): string {
    const first = sequence();
    while (source.charAt(at) === '|') {
      at++;
      sequence();
    }
    return first;
  }

  function sequence(): string {
    let text = '';
    while (at < source.length && !/[|)]/.test(source.charAt(at))) text += repeated(item());
    return text;
  }

  function item(): string {
    const char = source.charAt(at);
    switch (char) {
      case '\\': {
        const kind = source.charAt(at + 1);
        at = endOfEscape(source, at) + 1;
        if (/[bBAz]/.test(kind)) return '';
        return ESCAPED[kind] ?? (/[pPx]/.test(kind) ? 'a' : kind);
      }
      case '[': {
        const end = endOfClass(source, at);
        const inside = source.slice(at + 1, end);
        at = end + 1;
        return oneOf(inside);
      }
      case '(': {
        at++;
        const head = /^\?(?:P?<[^>]*>|[a-zA-Z-]*:)/.exec(source.slice(at))?.[0] ?? '';
        at += head.length;
        const text = alternatives();
        at++;
        return text;
      }
      case '^':
      case '$':
        at++;
        return '';
      default:
        at++;
        return char === '.' ? 'a' : char;
    }
  }

  function repeated(text: string): string {
    const [mark = ''] = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/.exec(source.slice(at)) ?? [];
    at += mark.length;
    if (mark.startsWith('*') || mark.startsWith('?')) return isFull ? text : '';
    const count = Number(/^\{(\d+)/.exec(mark)?.[1] ?? 1);
    return text.repeat(Math.min(count, 50));
  }

  return alternatives();
}

function oneOf(inside: string): string {
  if (!inside.startsWith('^')) {
    const [first = 'a'] = inside;
    return first === '\\' ? (ESCAPED[inside.charAt(1)] ?? inside.charAt(1)) : first === '[' ? '7' : first;
  }
  return ['a', '7', ' ', 'z', '#'].find((char) => !inside.includes(char)) ?? '~';
}
