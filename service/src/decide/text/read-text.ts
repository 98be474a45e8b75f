// Splits a customer's text into what was written now and everything else.
import type { Cut } from '@deskwright/shared';
import { decodeEntities, dropTags } from './decode-entities.ts';
import { markHistory } from './find-history.ts';
import { findLinks } from './find-links.ts';
import { markSignature } from './find-signature.ts';
import { countWords, hasWord, type Line, linesOf } from './lines.ts';

export interface ReadText {
  /** The text with entities decoded and tags removed. */
  readonly whole: string;
  /** The part of it that was written now: what rules read by default. */
  readonly written: string;
  /** The parts left out, in order, as positions in `whole`. */
  readonly cuts: readonly Cut[];
}

/** Zendesk keeps at most 65,536 characters of a comment; no rule reads what comes after. */
const MOST_CHARACTERS = 65_536;

/** Replaces a link or an address: counts as one word, so that no phrase spans it. */
const LINK_MARK = ' \u{1F517} ';

/** Fewer words above a forwarded message ("FYI", "see below") say nothing about its subject. */
const FEW_WORDS = 4;

/**
 * Reads a message. Linear in the length of the text, and cheap for a text with nothing to cut. If everything but links would be left
 * out, only links are: somebody who forwards a message without comment means that message.
 * @param isForward its subject says that the message below is forwarded (`Fwd:`)
 */
export function readText(text: string, isForward = false): ReadText {
  const whole = plain(text);
  return leaveOut(whole, findParts(whole, isForward));
}

/** Reads a subject line: one line, without history or signature. */
export function readSubject(text: string): ReadText {
  return leaveOut(plain(text), []);
}

const plain = (text: string): string =>
  withPlainBreaks(dropTags(decodeEntities(text.length > MOST_CHARACTERS ? text.slice(0, MOST_CHARACTERS) : text)));

const withPlainBreaks = (text: string): string => (text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text);

/** Without a line break, only a separator between dashes reveals an earlier message. */
const MAYBE = /\n|---|##-|___|===/;

function findParts(text: string, isForward: boolean): Cut[] {
  if (!MAYBE.test(text)) return [];
  const lines = linesOf(text);
  markHistory(lines, text);
  markSignature(lines, text);
  if (lines.every(({ kind }) => kind === null)) return [];
  const written = (): string =>
    lines.flatMap(({ kind, start, end }) => (kind === null ? [text.slice(start, end)] : [])).join('\n');
  const isPassedOn = isForward || lines.some(({ kind }) => kind === 'forwarded');
  if (isPassedOn && countWords(written(), FEW_WORDS) < FEW_WORDS) {
    for (const line of lines) if (line.kind === 'quoted' || line.kind === 'forwarded') line.kind = null;
  }
  return hasWord(written()) ? toCuts(lines) : [];
}

/** Adjacent lines of one kind form one cut. */
function toCuts(lines: readonly Line[]): Cut[] {
  const cuts: Cut[] = [];
  let before: Line['kind'] = null;
  for (const { kind, start, end } of lines) {
    const last = cuts.at(-1);
    if (kind !== null && kind === before && last !== undefined) cuts[cuts.length - 1] = { ...last, end };
    else if (kind !== null) cuts.push({ kind, start, end });
    before = kind;
  }
  return cuts;
}

function leaveOut(whole: string, parts: readonly Cut[]): ReadText {
  const links = findLinks(whole);
  let at = 0;
  const between = links.filter((link) => {
    while ((parts[at]?.end ?? Number.POSITIVE_INFINITY) <= link.start) at++;
    return (parts[at]?.start ?? Number.POSITIVE_INFINITY) >= link.end;
  });
  const cuts = [...parts, ...between].toSorted((a, b) => a.start - b.start);
  return { whole, written: cuts.length === 0 ? whole : without(whole, cuts), cuts };
}

function without(text: string, cuts: readonly Cut[]): string {
  let at = 0;
  let left = '';
  for (const { kind, start, end } of cuts) {
    left += text.slice(at, start) + (kind === 'link' || kind === 'address' ? LINK_MARK : '');
    at = end;
  }
  return left + text.slice(at);
}
