// Makes the text fields of a ticket's facts: the one place where what rules read is cut out of what came.
import type { Cut, TicketFacts } from '@deskwright/shared';
import { decode } from 'html-entities';
import { isForwardSubject } from './earlier-message.ts';
import { markHistory } from './find-history.ts';
import { findLinks } from './find-links.ts';
import { markSignature } from './find-signature.ts';
import { countWords, hasWord, type Line, linesOf } from './lines.ts';

type Words = Pick<TicketFacts, 'subject' | 'description' | 'comment' | 'fullText'>;

/** @param comment the customer's newest public one; null: there is only the description */
export function readWords(subject: string, description: string, comment: string | null): Words {
  const isForward = isForwardSubject(subject);
  const [head, body] = [readSubject(subject), readText(description, isForward)];
  return {
    subject: head.written,
    description: body.written,
    comment: comment === null || comment === description ? body.written : readText(comment).written,
    ...((head.cuts.length > 0 || body.cuts.length > 0) && {
      fullText: { subject: head.whole, description: body.whole, cuts: body.cuts },
    }),
  };
}

interface ReadText {
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
 * @param isForward its subject says that the message below is forwarded (`Fwd:`) @internal
 */
export function readText(text: string, isForward = false): ReadText {
  const whole = plain(text);
  return leaveOut(whole, findParts(whole, isForward));
}

/** Reads a subject line: one line, without history or signature. */
function readSubject(text: string): ReadText {
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

/** With a semicolon, or one of the old names that browsers accept without (`&nbsp back`); `&copy=2` in a link is left unchanged. */
const ENTITY = /&(?:#\d|#x[\da-f]|[a-z][a-z\d]{1,31})/i;
/** An entity that was encoded twice: `&amp;#39;`. */
const ENCODED_TWICE = /&amp;(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});/i;

/** Decodes entities by name, decimal and hexadecimal number, also those encoded twice. Unknown ones are left unchanged. @internal */
export function decodeEntities(text: string): string {
  if (!text.includes('&') || !ENTITY.test(text)) return text;
  const once = decode(ENCODED_TWICE.test(text) ? text.replace(/&amp;/gi, '&') : text, { scope: 'attribute' });
  // PostgreSQL stores neither NUL nor unpaired surrogates.
  return once.replaceAll('\u0000', '\ufffd').toWellFormed();
}

/** Tags that mail programs and forms write. Others (`<order number>`, `<3`) may be the customer's own text. */
const BLOCK =
  /<\/?(?:address|article|blockquote|body|br|center|dd|div|dl|dt|h[1-6]|head|hr|html|li|ol|p|pre|section|table|tbody|td|tfoot|th|thead|tr|ul)(?:\s[^<>]*)?\/?>/gi;
const INLINE =
  /<\/?(?:a|abbr|b|big|cite|code|del|em|font|i|img|ins|label|mark|o:p|q|s|small|span|strike|strong|sub|sup|tt|u)(?:\s[^<>]*)?\/?>/gi;
/** Their contents are never shown. */
const HIDDEN = /<(style|script|title)(?:\s[^<>]*)?>[^<]*<\/\1\s*>/gi;

/** Removes HTML tags: those that start a line become a line break. A text without such tags is unchanged. @internal */
export function dropTags(text: string): string {
  if (!text.includes('<') || !text.includes('>')) return text;
  return text.replace(HIDDEN, ' ').replace(BLOCK, '\n').replace(INLINE, '');
}
