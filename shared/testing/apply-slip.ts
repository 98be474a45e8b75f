// Makes the slips of YAML that people make, at any place of a text where they can be made.

export interface AppliedSlip {
  readonly text: string;
  /** The lines of the slip, from 1: two where a line was added. */
  readonly lines: readonly number[];
}

interface SlipKind {
  readonly name: string;
  /** The line with the slip; null: it cannot be made here. @param pick a number from 0 to n - 1 */
  readonly mistype: (line: string, pick: (n: number) => number) => string | null;
}

/** Replaces one of the matches. */
function replacing(pattern: RegExp, by: string | ((...match: string[]) => string)): SlipKind['mistype'] {
  return (line, pick) => {
    const matches = [...line.matchAll(new RegExp(pattern, 'g'))];
    if (matches.length === 0) return null;
    const match = matches[pick(matches.length)];
    if (!match) return null;
    const put = typeof by === 'string' ? by : by(...match.map(String));
    return line.slice(0, match.index) + put + line.slice(match.index + match[0].length);
  };
}

/** An entry that stands in a block: with spaces before it, and with a dash or a key. */
const ENTRY = /^ +(?:- |[\w-]+:)/;
const onlyIf =
  (pattern: RegExp, mistype: SlipKind['mistype']): SlipKind['mistype'] =>
  (line, pick) =>
    pattern.test(line) ? mistype(line, pick) : null;
/** Values that are text without quotes, alone after their key. */
const PLAIN = /^( *(?:- )?[\w-]+: )([A-Z][\w ,.;]+)$/;

export const SLIP_KINDS: readonly SlipKind[] = [
  { name: 'one space too many', mistype: onlyIf(ENTRY, (line) => ` ${line}`) },
  { name: 'one space too few', mistype: onlyIf(ENTRY, (line) => line.slice(1)) },
  { name: 'a space before a key of the top', mistype: onlyIf(/^[a-z_]+:/, (line) => ` ${line}`) },
  { name: 'three spaces too many', mistype: onlyIf(ENTRY, (line) => `   ${line}`) },
  { name: 'a dash left out, with its space', mistype: replacing(/^( +)- (?=\{)/, (_, spaces = '') => spaces) },
  {
    name: 'a dash overwritten with a space',
    mistype: replacing(/^( +)- (?=[{\w])/, (_, spaces = '') => `${spaces}  `),
  },
  { name: 'no space after the dash', mistype: replacing(/^( +)- /, (_, spaces = '') => `${spaces}-`) },
  { name: 'a bullet for a dash', mistype: replacing(/^( +)- /, (_, spaces = '') => `${spaces}\u2022 `) },
  { name: 'a long dash for a dash', mistype: replacing(/^( +)- /, (_, spaces = '') => `${spaces}\u2013 `) },
  {
    name: 'no space after the colon of a block',
    mistype: replacing(/^( *(?:- )?[a-z_]+:) (?=\S)/, (_, key = '') => key),
  },
  {
    name: 'no space after a colon in braces',
    mistype: onlyIf(/^[^"']*\{/, replacing(/(?<=[{,] *[a-z_]+:) (?=[a-z0-9])/, '')),
  },
  { name: 'no colon after a key of a block', mistype: replacing(/^( *(?:- )?[a-z_]+):(?= |$)/, (_, key = '') => key) },
  { name: 'no colon in braces', mistype: onlyIf(/^[^"']*\{/, replacing(/(?<=[{,] *[a-z_]+):(?= [a-z0-9])/, '')) },
  {
    name: 'an equals sign for a colon',
    mistype: replacing(/^( *(?:- )?[a-z_]+): (?=[A-Za-z])/, (_, key = '') => `${key} = `),
  },
  { name: 'a wide colon', mistype: replacing(/^( *(?:- )?[a-z_]+): (?=[A-Za-z])/, (_, key = '') => `${key}\uff1a`) },
  { name: 'a closing bracket left out', mistype: replacing(/\]/, '') },
  { name: 'a closing brace left out', mistype: replacing(/\}/, '') },
  { name: 'an opening bracket left out', mistype: replacing(/(?<=: )\[/, '') },
  { name: 'an opening brace left out', mistype: replacing(/(?<=(?:: |- ))\{/, '') },
  { name: 'a bracket closed with a brace', mistype: replacing(/\](?=.*\})/, '}') },
  { name: 'a brace closed with a bracket', mistype: replacing(/\}$/, ']') },
  { name: 'a closing bracket too many', mistype: replacing(/\]/, ']]') },
  { name: 'a closing brace too many', mistype: replacing(/\}$/, '}}') },
  { name: 'a double quote not closed', mistype: replacing(/"([^"]*)"/, (_, text = '') => `"${text}`) },
  { name: 'a double quote not opened', mistype: replacing(/: "([^"]*)"/, (_, text = '') => `: ${text}"`) },
  { name: 'a single quote not closed', mistype: replacing(/"([^"']*)"/, (_, text = '') => `'${text}`) },
  { name: 'one quote for the other', mistype: replacing(/"([^"']*)"/, (_, text = '') => `"${text}'`) },
  {
    name: 'a quote inside quotes',
    mistype: replacing(/(?<=\[|, |: )"([^"' ]*) ([^"']*)"/, (_, a = '', b = '') => `"${a} "so" ${b}"`),
  },
  {
    name: 'a quoted word begins a text',
    mistype: onlyIf(
      PLAIN,
      replacing(/(: )(\w+) (?=\w)/, (_, colon = '', word = '') => `${colon}"${word}" `),
    ),
  },
  {
    name: 'an apostrophe in single quotes',
    mistype: replacing(/(?<=\[|, |: )"([^"' ]*) ([^"']*)"/, (_, a = '', b = '') => `'${a} don't ${b}'`),
  },
  {
    name: 'a colon in the text of a block',
    mistype: onlyIf(
      PLAIN,
      replacing(/(\w) (?=\w+$)/, (_, char = '') => `${char}: `),
    ),
  },
  { name: 'a colon at the end of a text', mistype: onlyIf(PLAIN, replacing(/$/, ':')) },
  { name: 'a colon in the text in braces', mistype: replacing(/(?<=because: \w+) /, ': ') },
  { name: 'a tab for the spaces of an entry', mistype: replacing(/^ +(?=(?:- |[\w-]+:))/, '\t') },
  { name: 'a tab among the spaces of an entry', mistype: replacing(/^ {2}(?= +(?:- |[\w-]+:))/, '\t') },
  { name: 'a comma left out between keys', mistype: onlyIf(/^[^"']*\{/, replacing(/, (?=[a-z_]+: )/, ' ')) },
  { name: 'a comma left out between quotes', mistype: replacing(/", "/, '" "') },
  { name: 'a comma too many', mistype: replacing(/, (?=")/, ', , ') },
  { name: 'an at sign begins a text', mistype: onlyIf(PLAIN, replacing(/: (?=\w)/, ': @')) },
  { name: 'a backtick begins a text', mistype: onlyIf(PLAIN, replacing(/: (?=\w)/, ': `')) },
  { name: 'a percent sign begins a text', mistype: onlyIf(PLAIN, replacing(/: (?=\w)/, ': %')) },
  { name: 'a star begins a text', mistype: onlyIf(PLAIN, replacing(/: (?=\w)/, ': *')) },
  { name: 'an ampersand begins a text', mistype: onlyIf(PLAIN, replacing(/: (?=\w)/, ': &')) },
  { name: 'an exclamation mark begins a text', mistype: onlyIf(PLAIN, replacing(/: (?=\w)/, ': !')) },
  { name: 'a hash begins a text', mistype: onlyIf(PLAIN, replacing(/: (?=\w)/, ': #')) },
  { name: 'a hash in the text of a block', mistype: onlyIf(PLAIN, replacing(/(?<=\w) (?=\w+$)/, ' #')) },
  { name: 'a hash in brackets', mistype: onlyIf(/[\]}]$/, replacing(/(?<=[[,]) ?(?=[a-z])/, ' #')) },
  { name: 'a greater-than sign begins a text', mistype: onlyIf(PLAIN, replacing(/: (?=\w)/, ': > ')) },
  { name: 'a bar begins a text', mistype: onlyIf(PLAIN, replacing(/: (?=\w)/, ': | ')) },
  { name: 'a dash begins a text', mistype: onlyIf(PLAIN, replacing(/: (?=\w)/, ': - ')) },
  {
    name: 'a bracket begins a text',
    mistype: onlyIf(
      PLAIN,
      replacing(/: (\w+)/, (_, word = '') => `: [${word}] `),
    ),
  },
  {
    name: 'a brace begins a text',
    mistype: onlyIf(
      PLAIN,
      replacing(/: (\w+)/, (_, word = '') => `: {${word}} `),
    ),
  },
  {
    name: 'a key written twice in a block',
    mistype: replacing(/^( *)([a-z_]+: \S.*)$/, (_, spaces = '', rest = '') => `${spaces}${rest}\n${spaces}${rest}`),
  },
  {
    name: 'a key written twice in braces',
    mistype: replacing(/\{ (\w+: [\w-]+)(?=,)/, (_, pair = '') => `{ ${pair}, ${pair}`),
  },
  { name: 'a no-break space to indent', mistype: replacing(/^ {2}(?= *(?:- |[\w-]+:))/, '\u00a0\u00a0') },
  {
    name: 'a no-break space after the colon',
    mistype: replacing(/^( *(?:- )?[a-z_]+:) (?=\S)/, (_, key = '') => `${key}\u00a0`),
  },
  { name: 'a no-break space after the dash', mistype: replacing(/^( +)- /, (_, spaces = '') => `${spaces}-\u00a0`) },
  { name: 'curly quotes around an entry', mistype: replacing(/"([^"]*)"/, (_, text = '') => `\u201c${text}\u201d`) },
  {
    name: 'curly quotes around a text',
    mistype: onlyIf(
      PLAIN,
      replacing(/: (.+)$/, (_, text = '') => `: \u201c${text}\u201d`),
    ),
  },
  {
    name: 'low curly quotes around an entry',
    mistype: replacing(/"([^"]*)"/, (_, text = '') => `\u201e${text}\u201c`),
  },
  {
    name: 'curly single quotes around an entry',
    mistype: replacing(/"([^"]*)"/, (_, text = '') => `\u2018${text}\u2019`),
  },
  { name: 'a line of dashes', mistype: onlyIf(ENTRY, replacing(/^/, '---\n')) },
  { name: 'a line of dots', mistype: onlyIf(ENTRY, replacing(/^/, '...\n')) },
  {
    name: 'a key misspelt',
    mistype: replacing(
      /(?<=^ *(?:- )?)(title|conditions|actions|group|categories|triggers|escalation)(?=:)/,
      (word = '') => `${word.slice(0, 2)}${word.slice(3)}`,
    ),
  },
  {
    name: 'a key in capitals',
    mistype: replacing(/(?<=^ *(?:- )?)([a-z])(?=[a-z_]+:)/, (word = '') => word.toUpperCase()),
  },
  {
    name: 'a key of braces misspelt',
    mistype: replacing(/(?<=[{,] )(field|operator|group|title|order|tier|name)(?=: )/, (word = '') => `${word}s`),
  },
  { name: 'yes for true', mistype: replacing(/\b(?:true|false)$/, 'yes') },
  { name: 'on for true', mistype: replacing(/\b(?:true|false)$/, 'on') },
  { name: 'a time without its colon', mistype: replacing(/"\d\d:(\d\d-\d\d:\d\d)"/, (_, time = '') => `"09${time}"`) },
  {
    name: 'a time with a dot',
    mistype: replacing(/"(\d\d):(\d\d-\d\d:\d\d)"/, (_, hour = '', rest = '') => `"${hour}.${rest}"`),
  },
  { name: 'a time in quotes that are left out, with am', mistype: replacing(/"\d\d:\d\d-\d\d:\d\d"/, '9am-5pm') },
  { name: 'a number with words', mistype: replacing(/(?<=per_refund: )\d+/, '50 dollars') },
  { name: 'a decimal comma', mistype: replacing(/(?<=per_agent_per_day: )\d+/, '49,90') },
  { name: 'an operator misspelt', mistype: replacing(/includes_any/, 'include_any') },
  {
    name: 'a field misspelt',
    mistype: replacing(/(?<=field: )(?:text|subject|comment|tags|status)/, (word = '') => word.slice(0, -1)),
  },
  { name: 'a tier that does not exist', mistype: replacing(/(?<=tier: )t\d/, 'tier1') },
  {
    name: 'a category that does not exist',
    mistype: replacing(/(?<=category: )([a-z]{4,})/, (word = '') => `${word}x`),
  },
  {
    name: 'a duration without unit',
    mistype: replacing(/(?<=(?:delay|expires|first_reply|next_reply): )(\d+)\w+/, (_, n = '') => n),
  },
  { name: 'a semicolon for a comma', mistype: onlyIf(/^[^"']*\{/, replacing(/, (?=[a-z_]+: )/, '; ')) },
  { name: 'a byte order mark inside', mistype: onlyIf(/^[a-z_]+:/, replacing(/^/, '\ufeff')) },
  { name: 'a zero width space before a key', mistype: onlyIf(ENTRY, replacing(/(?<=^ +(?:- )?)(?=[a-z])/, '\u200b')) },
];

/** All places of a text where the slip can be made; made at the picked one. Null: nowhere. */
export function applySlip(kind: SlipKind, text: string, pick: (n: number) => number): AppliedSlip | null {
  const lines = text.split('\n');
  const places = lines.flatMap((line, index) =>
    isComment(line) || kind.mistype(line, () => 0) === null ? [] : [index],
  );
  const index = places[pick(places.length)];
  if (index === undefined) return null;
  const mistyped = kind.mistype(lines[index] ?? '', pick);
  if (mistyped === null) return null;
  return {
    text: lines.with(index, mistyped).join('\n'),
    lines: mistyped.includes('\n') ? [index + 1, index + 2] : [index + 1],
  };
}

const isComment = (line: string): boolean => /^\s*(#|$)/.test(line);
