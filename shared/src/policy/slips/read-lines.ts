// Reads a text line by line as people write YAML, with the slips in each line.
import { shorten } from '../check/check-spelling.ts';
import type { OpenValue } from './read-brackets.ts';
import { readValue } from './read-value.ts';
import { isSpace, type Slip, strangeSpace } from './slip.ts';

/** A line that begins an entry; what stands inside brackets, quotes or text of several lines is no line of its own. */
export interface BlockLine {
  /** Of its first character after the spaces. */
  readonly offset: number;
  /** From 1. */
  readonly number: number;
  /** Characters before the first that is no space. */
  readonly indent: number;
  /** Tabs or strange spaces are among them. */
  readonly isOdd: boolean;
  /** The columns of the dashes it begins with, from 0. */
  readonly dashes: readonly number[];
  /** The column after the dashes and their spaces, from 0; as if a space that is missing after a dash were there. */
  readonly column: number;
  /** What follows the dashes. */
  readonly content: string;
  readonly key: string | null;
  /** Nothing follows its key or dash; text that may go on in the next line; a whole value. */
  readonly ends: 'open' | 'text' | 'whole';
}

export interface ReadLines {
  readonly lines: readonly BlockLine[];
  readonly slips: readonly Slip[];
}

const BULLET = /^[*\u2022\u2013\u2014\u2212\u2010\u2011\u00b7]\s/;

/** Linear in the text: each line is read once. @param most slips */
export function readLines(text: string, most: number): ReadLines {
  const lines: BlockLine[] = [];
  const slips: Slip[] = [];
  const report = (slip: Slip) => {
    if (slips.length < most) slips.push(slip);
  };
  let value: OpenValue | null = null;
  /** The column of the entry whose text of several lines (`|`) is being read. */
  let textColumn: number | null = null;
  let dots: Slip | null = null;
  let offset = 0;
  for (const [index, written] of text.split('\n').entries()) {
    const start = offset;
    offset += written.length + 1;
    const line = written.endsWith('\r') ? written.slice(0, -1) : written;
    const indent = indentOf(line);
    if (indent === line.length) continue;
    if (textColumn !== null && indent > textColumn) continue;
    textColumn = null;
    if (value && !(indent <= value.column && looksLikeEntry(line.slice(indent, indent + 100)))) {
      if (value.readLine(line, start, index + 1)) value = null;
      continue;
    }
    if (value) report(value.unclosed());
    value = null;
    if (line[indent] === '#' || (line[0] === '%' && lines.length === 0)) continue;
    if (dots) report(dots);
    dots = null;
    if (/^(---|\.\.\.)\s*$/.test(line)) {
      if (line.startsWith('.'))
        dots = {
          offset: start,
          message: 'a line of three dots ends the file for YAML, and more follows it; remove the line',
        };
      else if (lines.length > 0) report({ offset: start, message: SECOND_DOCUMENT });
      continue;
    }
    const before = lines.at(-1);
    // Text goes on there: `Send` above `{{customer.email}} a password`.
    if (before?.ends === 'text' && indent > columnOf(before) && /^["'{[]/.test(line.slice(indent))) continue;
    const entry = readEntry({ line, start, number: index + 1 }, report);
    lines.push(entry.line);
    if (entry.hasLines) textColumn = columnOf(entry.line);
    value = entry.value;
  }
  if (value) report(value.unclosed());
  return { lines, slips };
}

/** What stands deeper belongs to the entry. */
const columnOf = ({ key, dashes, column }: BlockLine): number => (key === null ? (dashes.at(-1) ?? 0) : column);

const SECOND_DOCUMENT =
  'a line of three dashes starts a second document, but a policy is one document; remove the line';

function indentOf(line: string): number {
  let at = 0;
  while (line[at] === ' ' || line[at] === '\t' || strangeSpace(line[at]) !== null) at++;
  return at;
}

/** `- ...` or `key: ...`, as the next entry of a block begins. */
function looksLikeEntry(text: string): boolean {
  return /^(-\s|[\w"'][^:{}[\],#]{0,60}:(\s|$))/.test(text);
}

interface TextLine {
  readonly line: string;
  readonly start: number;
  readonly number: number;
}

function readEntry({ line, start, number }: TextLine, report: (slip: Slip) => void) {
  const indent = indentOf(line);
  const odd = /[^ ]/.exec(line.slice(0, indent));
  if (odd)
    report({
      offset: start + odd.index,
      message: strangeSpace(odd[0]) ?? 'a tab is used to indent; YAML allows only spaces',
    });
  const dashes: number[] = [];
  let at = indent;
  let missing = 0;
  for (;;) {
    const char = line[at];
    const isBullet = BULLET.test(line.slice(at, at + 2));
    const isGlued = dashes.length === 0 && /^-(?:["'{[]|[A-Za-z]\w*:? |\u00a0)/.test(line.slice(at, at + 40));
    if (isBullet) report({ offset: start + at, message: `an entry of a list begins with "- ", not with "${char} "` });
    if (isGlued)
      report({
        offset: start + at + 1,
        message:
          strangeSpace(line[at + 1]) ?? `a space is missing after the dash: write - ${shorten(line.slice(at + 1), 30)}`,
      });
    if (!isBullet && !isGlued && !(char === '-' && isSpace(line[at + 1]))) break;
    if (isGlued && strangeSpace(line[at + 1]) === null) missing = 1;
    dashes.push(at);
    at++;
    while (at < line.length && (isSpace(line[at]) || strangeSpace(line[at]) !== null)) at++;
  }
  const content = line.slice(at);
  const key = keyOf(content);
  const entry = {
    offset: start + indent,
    number,
    indent,
    isOdd: odd !== null,
    dashes,
    column: at + missing,
    content,
    key: key?.name ?? null,
  };
  const column = key ? entry.column : (dashes.at(-1) ?? at);
  const { value, ends } = readValue(
    { line, start, number, from: at + (key?.length ?? 0), key: entry.key, column },
    report,
  );
  const block: BlockLine = { ...entry, ends: ends === 'lines' ? 'whole' : ends };
  return { line: block, value, hasLines: ends === 'lines' };
}

/** The key, and its length with its colon; null: the line has none. */
function keyOf(content: string): { name: string; length: number } | null {
  const quoted = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*:(?=\s|$)/.exec(content)?.[0];
  if (quoted !== undefined)
    return { name: quoted.slice(1, quoted.lastIndexOf(quoted[0] ?? '')), length: quoted.length };
  if (/^["'{[\]},#|>@`%&*!]/.test(content)) return null;
  const colon = /:(?=\s|$)/.exec(content)?.index ?? -1;
  const comment = / #/.exec(content)?.index ?? content.length;
  const name = content.slice(0, colon).trim();
  // `weekdays { mon: ...`: the colon is not the one of the first word.
  return colon < 1 || colon > comment || /[{[]/.test(name) ? null : { name, length: colon + 1 };
}
