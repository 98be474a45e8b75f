// Compiles the regular expressions about one field and finds where they match.
import { dottedAlike, markEdges, plainText, type TicketFacts, unicodePattern, withoutEdges } from '@deskwright/shared';
import { RE2JS, RE2Set } from 're2js';
import { finish, type Steps } from '../steps.ts';
import { cutText, type LeafStates, setAnswer } from './condition-tree.ts';
import { type FieldValue, readerOf } from './read-field.ts';
import { type Place, writtenPlaces } from './written-place.ts';

export interface NumberedPattern {
  readonly number: number;
  readonly source: string;
  /** Is it `matches` (and not `not_matches`)? */
  readonly wanted: boolean;
}

export interface PatternField {
  /** Sets the results of the field's conditions in `states`, which start as if no expression had matched. */
  readonly mark: (facts: TicketFacts, states: LeafStates) => void;
  /**
   * The text that one condition's expression matched in the ticket marked last, or else the field's value; null when
   * it is empty.
   */
  readonly saw: (facts: TicketFacts, number: number) => string | null;
  /** All places that one condition's expression matched in the ticket marked last, in order. Entries of lists have none. */
  readonly places: (facts: TicketFacts, number: number) => Place[];
}

/** Compiles all expressions about one field, so that its text is read once per ticket. */
export function* patternFieldSteps(field: string, patterns: readonly NumberedPattern[]): Steps<PatternField> {
  const read = readerOf(field);
  const match = yield* patternSteps(patterns.map(({ source }) => source));
  const finders = new Map(patterns.map(({ number, source }) => [number, patternFinder(source)]));
  const found = new Set<number>();
  return {
    mark: (facts, states) => {
      found.clear();
      for (const text of textsOf(read(facts))) {
        for (const place of match(textForPatterns(text))) {
          const pattern = patterns[place];
          if (pattern === undefined) continue;
          found.add(pattern.number);
          setAnswer(states, pattern.number, pattern.wanted ? 1 : 0);
        }
      }
    },
    saw: (facts, number) => {
      const texts = textsOf(read(facts));
      if (texts.length === 0) return null;
      if (!found.has(number)) return cutText(texts.join(', '));
      const find = finders.get(number);
      const stretch = texts.map((text) => find?.(textForPatterns(text)) ?? null).find((one) => one !== null);
      return cutText(stretch ?? '');
    },
    places: (facts, number) => {
      const value = read(facts);
      const source = patterns.find((pattern) => pattern.number === number)?.source;
      if (value === null || typeof value === 'object' || source === undefined || !found.has(number)) return [];
      const text = String(value);
      const toWritten = writtenPlaces(text, textForPatterns);
      return allMatches(source, textForPatterns(text)).map(toWritten);
    },
  };
}

function textsOf(value: FieldValue): readonly string[] {
  if (value === null) return [];
  return typeof value === 'object' ? value : [String(value)];
}

/** `matches` reads at most this many characters of a text. RE2 takes linear time; this bounds it. */
const MAX_PATTERN_TEXT = 16_384;
/**
 * Expressions matched in one pass. Compiling more takes longer at a stretch than a request should wait, and a set of
 * thousands has more states than RE2 keeps.
 */
const MOST_TOGETHER = 128;
const BEYOND_ASCII = /[\u0080-\uffff]/;

/** The text that expressions match against: its first `MAX_PATTERN_TEXT` characters, normalized. @internal */
export function textForPatterns(text: string): string {
  return plainText(text.length > MAX_PATTERN_TEXT ? text.slice(0, MAX_PATTERN_TEXT) : text);
}

/**
 * Compiles expressions (RE2, https://github.com/google/re2/wiki/Syntax, case-insensitive) to match them together in
 * one pass over the text. RE2 treats only ASCII letters as word characters, so when a text or an
 * expression contains others, a Unicode-aware form is used (see `unicodePattern`).
 * @returns a function that returns the indexes of the expressions found in a text
 * @throws RE2JSException for what RE2 does not support (look-around, back references); the policy loader reports it first
 * @internal
 */
export const compilePatterns = (sources: readonly string[]): FindPatterns => finish(patternSteps(sources));

/** Returns the indexes of the expressions found in a text. */
type FindPatterns = (plain: string) => readonly number[];

/** `compilePatterns` in steps. */
function* patternSteps(sources: readonly string[]): Steps<FindPatterns> {
  const isAscii = !sources.some((source) => BEYOND_ASCII.test(source));
  const groups: PatternGroup[] = [];
  for (let from = 0; from < sources.length; from += MOST_TOGETHER) {
    const own = sources.slice(from, from + MOST_TOGETHER);
    groups.push({ sources: own, from, ascii: compileSet(isAscii ? own : []), unicode: null });
    yield;
  }
  // A few are compiled when the first text needs them; compiling many would make that ticket wait.
  if (groups.length > 1) {
    for (const group of groups) {
      unicodeSet(group);
      yield;
    }
  }
  return (plain) => {
    const needsUnicode = !isAscii || BEYOND_ASCII.test(plain);
    const text = needsUnicode ? markEdges(dottedAlike(plain)) : plain;
    const found = (group: PatternGroup): number[] => (needsUnicode ? unicodeSet(group) : group.ascii).match(text);
    const [first] = groups;
    if (first === undefined || groups.length === 1) return first === undefined ? [] : found(first);
    return groups.flatMap((group) => found(group).map((place) => group.from + place));
  };
}

interface PatternGroup {
  readonly sources: readonly string[];
  /** The index of its first expression among all. */
  readonly from: number;
  readonly ascii: RE2Set;
  /** Null until needed. */
  unicode: RE2Set | null;
}

function unicodeSet(group: PatternGroup): RE2Set {
  group.unicode ??= compileSet(group.sources.map(unicodePattern));
  return group.unicode;
}

function compileSet(sources: readonly string[]): RE2Set {
  const set = new RE2Set(RE2Set.UNANCHORED, RE2JS.CASE_INSENSITIVE);
  for (const source of sources) set.add(source);
  set.compile();
  return set;
}

/** The places of a normalized text that an expression matches, without empty ones. */
function allMatches(source: string, plain: string): Place[] {
  const marked = markEdges(dottedAlike(plain));
  const matcher = RE2JS.compile(unicodePattern(source), RE2JS.CASE_INSENSITIVE).matcher(marked);
  const places: Place[] = [];
  let [at, length] = [0, 0];
  const lengthUntil = (end: number): number => {
    length += withoutEdges(marked.slice(at, end)).length;
    at = end;
    return length;
  };
  while (matcher.find()) {
    const place = { start: lengthUntil(matcher.start()), end: lengthUntil(matcher.end()) };
    if (place.end > place.start) places.push(place);
  }
  return places;
}

/** Compiles one expression when first needed; returns the first part of a text that it matches, or null. @internal */
export function patternFinder(source: string): (plain: string) => string | null {
  let compiled: RE2JS | undefined;
  return (plain) => {
    compiled ??= RE2JS.compile(unicodePattern(source), RE2JS.CASE_INSENSITIVE);
    const matcher = compiled.matcher(markEdges(dottedAlike(plain)));
    return matcher.find() ? withoutEdges(matcher.group() ?? '') : null;
  };
}
