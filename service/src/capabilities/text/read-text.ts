// Reads a customer's text: what was written now, and what only stands beside it.
import type { Cut } from './cut.ts';
import { decodeEntities, dropTags } from './decode-entities.ts';
import { findLinks } from './find-links.ts';

export interface ReadText {
  /** The text with entities and tags read as what they stand for. */
  readonly whole: string;
  /** Of it, what was written now: what rules read by default. */
  readonly written: string;
  /** What was left out, in order, as places in `whole`. */
  readonly cuts: readonly Cut[];
}

/** Zendesk keeps at most 65,536 characters of a comment; what comes after is read by no rule. */
const MOST_CHARACTERS = 65_536;

/** Stands for a link or an address: counts as one word, so that no phrase begins before it and ends behind it. */
const LINK_MARK = ' \u{1F517} ';

/** Reads a message. Linear in the length of the text, and cheap for a text with nothing to cut. */
export function readText(text: string): ReadText {
  const whole = plain(text);
  return leaveOut(whole, findLinks(whole));
}

/** Reads a subject line: one line, without history or signature. */
export function readSubject(text: string): ReadText {
  const whole = plain(text);
  return leaveOut(whole, findLinks(whole));
}

const plain = (text: string): string =>
  dropTags(decodeEntities(text.length > MOST_CHARACTERS ? text.slice(0, MOST_CHARACTERS) : text));

function leaveOut(whole: string, cuts: readonly Cut[]): ReadText {
  return { whole, written: cuts.length === 0 ? whole : without(whole, cuts), cuts };
}

function without(text: string, cuts: readonly Cut[]): string {
  let at = 0;
  let left = '';
  for (const { kind, start, end } of cuts) {
    left += text.slice(at, start) + (kind === 'link' || kind === 'address' ? LINK_MARK : '\n');
    at = end;
  }
  return left + text.slice(at);
}
