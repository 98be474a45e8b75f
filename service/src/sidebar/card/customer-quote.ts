// Quotes what the customer wrote and the policy went by: finds the words that decided a ticket again, in the sentences that contain them.
import { type ConditionTrace, plainText, type Reason } from '@deskwright/shared';
import type { QuotedSentence } from '@deskwright/shared/contract';
import { readWords } from '../../decide/text/read-text.ts';
import type { Said } from './card-context.ts';
import { sentencesOf } from './sentences.ts';

/** The operators that hold because a word is there. */
const FINDS_WORDS = new Set(['includes_any', 'includes_all', 'matches']);
/** The fields that the customer's messages are read as; quoted history and signatures, which `full_text` includes, are not the customer's own words. */
const FIRST_MESSAGE = new Set(['text', 'description', 'full_text']);
const LAST_MESSAGE = 'comment';
const MOST_SENTENCES = 5;

/**
 * The sentences with the words for which the trigger fired, from the customer's public messages alone: those before our first answer, and the
 * newest. Empty: no word decided, it is in the subject only, or it has been erased or redacted since.
 * @param said all public comments, oldest first
 */
export function customerQuote(reason: Reason, said: readonly Said[], subject: string): QuotedSentence[] {
  if (reason.by !== 'trigger') return [];
  const wordings = wordingsOf(reason.conditions, (field) => FIRST_MESSAGE.has(field));
  const inLast = wordingsOf(reason.conditions, (field) => field === LAST_MESSAGE);
  const answer = said.findIndex(({ byCustomer }) => !byCustomer);
  const opening = said.slice(0, answer === -1 ? said.length : answer);
  const last = said.findLast(({ byCustomer }) => byCustomer);
  const quoted = [
    ...opening.flatMap((message) => quotesFrom(message, wordings, subject)),
    ...(last === undefined ? [] : quotesFrom(last, inLast, '')),
  ];
  const different = new Map(quoted.map((sentence) => [sentence.map(({ text }) => text).join(''), sentence]));
  return [...different.values()].slice(0, MOST_SENTENCES);
}

function wordingsOf(conditions: readonly ConditionTrace[], isIn: (field: string) => boolean): string[] {
  return conditions
    .filter(({ field, operator, held, inVain }) => held && !inVain && FINDS_WORDS.has(operator) && isIn(field))
    .flatMap(({ saw }) => (Array.isArray(saw) ? saw : [saw]))
    .filter((word) => typeof word === 'string');
}

function quotesFrom({ body }: Said, wordings: readonly string[], subject: string): QuotedSentence[] {
  if (body === null || wordings.length === 0) return [];
  return findWordings(readWords(subject, body, null).description.replaceAll(' \u{1F517} ', ' … '), wordings);
}

/** A place in a text: `start` inclusive, `end` exclusive, in UTF-16 units. */
interface Place {
  readonly start: number;
  readonly end: number;
}

/** Longer sentences are cut around the words. UTF-16 units. */
const LONGEST_SHOWN = 240;
/** Of that, what stands before the first word. */
const LEAD = 80;
const HAS_WORD = /[\p{L}\p{N}]/u;
/** Written without spaces between words, so that a word may begin and end anywhere. */
const UNSPACED = /^[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]/u;

/**
 * The sentences of a text that contain one of the wordings, in order, each once, with every occurrence marked. A wording that crosses a line
 * break is found as well.
 * @param wordings as a decision recorded them: in lower case, a long one cut with an ellipsis
 * @internal
 */
export function findWordings(text: string, wordings: readonly string[]): QuotedSentence[] {
  const patterns = wordings.flatMap((wording) => patternOf(wording) ?? []);
  if (patterns.length === 0) return [];
  const plain = plainText(text);
  const line = oneLine(plain);
  // Finding the sentences takes far longer than finding the words, which most messages do not have.
  if (!patterns.some((pattern) => line.search(pattern) !== -1)) return [];
  const found = sentencesOf(plain).flatMap((sentence) => quotesOf(oneLine(sentence), patterns));
  return found.length > 0 ? found : quotesOf(line, patterns);
}

const oneLine = (text: string): string => text.replace(/\s+/gu, ' ').trim();

function quotesOf(sentence: string, patterns: readonly RegExp[]): QuotedSentence[] {
  return inWindows(sentence, placesOf(sentence, patterns)).map(({ start, end, places }) => {
    const pieces: { text: string; found: boolean }[] = [];
    const add = (piece: string, isFound: boolean): void => {
      if (piece !== '') pieces.push({ text: piece, found: isFound });
    };
    let at = start;
    for (const [n, place] of places.entries()) {
      add(`${n === 0 && start > 0 ? '…' : ''}${sentence.slice(at, place.start)}`, false);
      add(sentence.slice(place.start, place.end), true);
      at = place.end;
    }
    add(`${sentence.slice(at, end)}${end < sentence.length ? '…' : ''}`, false);
    return pieces;
  });
}

/** In order, overlapping ones joined. */
function placesOf(sentence: string, patterns: readonly RegExp[]): Place[] {
  const all = patterns
    .flatMap((pattern) => [...sentence.matchAll(pattern)])
    .map(({ index, 0: { length } }) => ({ start: index, end: index + length }))
    .toSorted((a, b) => a.start - b.start || b.end - a.end);
  const places: Place[] = [];
  for (const place of all) {
    const last = places.at(-1);
    if (last === undefined || place.start >= last.end) places.push(place);
    else if (place.end > last.end) places[places.length - 1] = { ...last, end: place.end };
  }
  return places;
}

/** The sentence as a whole; of a long one, as many parts as it takes to show all places. */
function inWindows(sentence: string, places: readonly Place[]): (Place & { readonly places: readonly Place[] })[] {
  const [first] = places;
  if (first === undefined) return [];
  if (sentence.length <= LONGEST_SHOWN) return [{ start: 0, end: sentence.length, places }];
  const start = wordStart(sentence, first.start - LEAD, first.start);
  const end = wordEnd(sentence, Math.max(start + LONGEST_SHOWN, first.end), first.end);
  const shown = places.filter((place) => place.end <= end);
  return [{ start, end, places: shown }, ...inWindows(sentence, places.slice(shown.length))].filter(
    ({ places: own }) => own.length > 0,
  );
}

/** The beginning of a word at or after `from`, not after `latest`; where there is no space, never within a character. */
function wordStart(text: string, from: number, latest: number): number {
  if (from <= 0) return 0;
  const space = text.indexOf(' ', from);
  if (space !== -1 && space < latest) return space + 1;
  return /[\uDC00-\uDFFF]/u.test(text.charAt(from)) ? from + 1 : from;
}

function wordEnd(text: string, to: number, earliest: number): number {
  if (to >= text.length) return text.length;
  const space = text.lastIndexOf(' ', to);
  if (space >= earliest) return space;
  return /[\uD800-\uDBFF]/u.test(text.charAt(to - 1)) ? Math.max(earliest, to - 1) : to;
}

/** Null: nothing in it is a word. */
function patternOf(wording: string): RegExp | null {
  const isCut = wording.endsWith('…');
  const written = plainText(isCut ? wording.slice(0, -1) : wording).trim();
  if (!HAS_WORD.test(written)) return null;
  const source = written.split(/\s+/u).map(escaped).join('\\s+');
  const before = UNSPACED.test(written) ? '' : '(?<![\\p{L}\\p{N}])';
  const after = isCut || UNSPACED.test(written.slice(-1)) ? '' : '(?![\\p{L}\\p{M}\\p{N}])';
  return new RegExp(before + source + after, 'giu');
}

const escaped = (text: string): string => text.replaceAll(/[$()*+.?[\\\]^{|}/-]/gu, '\\$&');
