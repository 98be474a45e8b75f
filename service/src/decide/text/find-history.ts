// Finds the earlier messages that a mail program put below or between the customer's own text.

import type { CutKind } from '@deskwright/shared';
import { findMark, type HeaderKind, readAttribution, readHeaderLine } from './earlier-message.ts';
import { hasWord, isBlank, type Line } from './lines.ts';

/** `> quoted`, at any depth; but not a face (`>:(`) or an arrow (`>>>`, `> 5`). */
const QUOTE = /^\s{0,3}>(?![:;=][-']?[()DPO/\\|3]|>>?\s*$|\s?=?\d+(?:[.,]\d+)?\s?(?:€|\$|£|%|eur|usd)?\s*$)/iu;
const isQuote = (line: string): boolean => line.includes('>') && QUOTE.test(line);

/** Between the customer's text and the header of the message below. */
const DIVIDER = /^[\s_\-=*~]*$/;

/** A header has few lines, of which one or two may be a long list of recipients. */
const MOST_HEADER_LINES = 14;

/** Marks what belongs to earlier messages. A line in whose middle one begins is split in two. @param text the lines' text */
export function markHistory(lines: Line[], text: string): void {
  // Every header contains a colon, if only in its time of day.
  const hasHeads = /[:：]/.test(text);
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at];
    if (line === undefined || isBlank(line)) continue;
    const mark = findMark(text.slice(line.start, line.end));
    if (mark !== null) {
      const begins = line.start + mark.at;
      if (!hasWord(text.slice(line.start, begins))) return markFrom(lines, at, mark.kind);
      lines.splice(at, 1, { ...line, end: begins }, { ...line, start: begins });
      return markFrom(lines, at + 1, mark.kind);
    }
    if (isQuote(line.text)) line.kind = 'quoted';
    else if (!hasHeads) continue;
    else if (isHeaderBlock(lines, at)) return markFrom(lines, at, 'quoted');
    else if (markAttribution(lines, at)) return;
  }
}

/** @returns whether everything that follows is marked too */
function markAttribution(lines: readonly Line[], at: number): boolean {
  const head = readAttribution((index) => lines[index]?.text ?? '', at);
  if (head === null) return false;
  let next = at + head.lines;
  while (lines[next] !== undefined && isBlank(lines[next] as Line)) next++;
  if (isQuote(lines[next]?.text ?? '')) {
    for (const line of lines.slice(at, at + head.lines)) line.kind = 'quoted';
    return false;
  }
  if (head.plain) markFrom(lines, at, 'quoted');
  return head.plain;
}

/** Marks all lines from one on, including the divider above them. */
function markFrom(lines: readonly Line[], from: number, kind: CutKind): void {
  let at = from;
  while (at > 0 && DIVIDER.test(lines[at - 1]?.text ?? '')) at--;
  for (const line of lines.slice(at)) line.kind = kind;
}

/**
 * Is this `From:`, `Sent:`, `To:`, `Subject:`, in any order and language? A customer may write two of them ("From: Berlin, To:
 * Hamburg"); so three are required, with a subject, a time of sending, or an address.
 */
function isHeaderBlock(lines: readonly Line[], from: number): boolean {
  const first = lines[from]?.text ?? '';
  if (!/[:：]/.test(first) || readHeaderLine(first) === null) return false;
  const kinds = new Set<HeaderKind>();
  let hasAddress = false;
  let others = 0;
  for (const { text } of lines.slice(from, from + MOST_HEADER_LINES)) {
    const header = readHeaderLine(text);
    if (header === null) {
      // A blank line, or the continuation of a long list of recipients.
      if (kinds.size >= 3 || ++others > 4) break;
      continue;
    }
    kinds.add(header.kind);
    hasAddress ||= header.kind === 'from' && header.value.includes('@');
    for (const kind of kindsWithin(header.value)) kinds.add(kind);
  }
  if (!kinds.has('from') || kinds.size < 3) return false;
  return kinds.has('sent') || (kinds.has('subject') && (kinds.has('date') || kinds.has('to'))) || hasAddress;
}

/** For headers without line breaks: `From: Max Sent: Monday To: Support Subject: Order`. */
function kindsWithin(value: string): HeaderKind[] {
  return [...value.matchAll(/\s(\p{L}{2,12})\s?[:：]\s/gu)].flatMap(([, label]) => {
    const header = readHeaderLine(`${label}: `);
    return header === null ? [] : [header.kind];
  });
}
