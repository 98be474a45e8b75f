// Learns an ordered list of phrases by category from texts: proposes phrases, tries several ways to pick them, and keeps the simplest good one.

import { LONGEST_MISSPELT, standsAlone } from '@deskwright/shared';
import { buildPhraseSets } from '../decide/rules/phrase-index.ts';
import type { Lesson } from './gather-labels.ts';
import { type Group, type Levels, learnLevels, type PhraseTexts } from './learn-levels.ts';
import { proposePhrases } from './propose-phrases.ts';
import { simplifyGroups } from './simplify-groups.ts';
import { drawOf } from './split-lessons.ts';

/** Shorter words are too often taken for others. */
const SHORTEST = 6;

/** `credit card` as `credit~ card`: with `~` at each word that is long enough and made of letters only. */
function withMisspellings(phrase: string): string {
  return phrase
    .split(' ')
    .map((chunk) => {
      const word = chunk.replace(/\*$/, '');
      const isFit = word.length >= SHORTEST && word.length <= LONGEST_MISSPELT && /^\p{L}+$/u.test(word);
      return isFit && !standsAlone(word) ? `${chunk}~` : chunk;
    })
    .join(' ');
}

/** The words of one trigger. */
export interface WordGroup {
  readonly category: string;
  readonly phrases: readonly string[];
}

export interface LearnOptions {
  readonly mostTriggers: number;
  /** The category of tickets that no trigger catches. */
  readonly restCategory: string | null;
  readonly seed: number;
}

/** From simple to thorough. */
const WAYS: readonly Levels[] = [
  { shares: [0.95, 0.85, 0.6], times: 1, doubt: 1 },
  { shares: [0.97, 0.8, 0.5], times: 1, doubt: 1 },
  { shares: [0.97, 0.8, 0.5], times: 2, doubt: 1 },
  { shares: [0.98, 0.93, 0.85, 0.7, 0.5], times: 1, doubt: 1 },
  { shares: [0.98, 0.93, 0.85, 0.7, 0.5], times: 2, doubt: 1 },
  { shares: [0.98, 0.93, 0.85, 0.7, 0.5], times: 2, doubt: 0.5 },
  { shares: [0.98, 0.93, 0.85, 0.7, 0.5], times: 3, doubt: 0.5 },
];
/** Part of the texts on which the ways are compared. */
const COMPARED = 0.25;
/** A simpler way may be this much worse, of 1. */
const TOLERANCE = 0.003;
/** Of the misspellings that a mark adds, the least share that must be right. */
const LEAST_MARKED = 0.6;

/** Same texts, same groups, in the order in which the triggers must stand. */
export function learnGroups(lessons: readonly Lesson[], options: LearnOptions): WordGroup[] {
  if (lessons.length === 0) return [];
  const phrases = proposePhrases(lessons.map(partsOf), fewestTexts(lessons.length));
  const find = buildPhraseSets(phrases);
  const categories = [...new Set(lessons.map(({ category }) => category))].toSorted();
  const numbers = new Map(categories.map((category, number) => [category, number]));
  const all: PhraseTexts = {
    phrases: lessons.map((lesson) => find(partsOf(lesson))),
    labels: lessons.map(({ category }) => numbers.get(category) ?? 0),
    phraseCount: phrases.length,
    labelCount: categories.length,
    restLabel: numbers.get(options.restCategory ?? '') ?? -1,
  };
  const way = chooseWay(all, lessons, options);
  const groups = learnBy(all, way, options.mostTriggers).map(({ label, phrases: own }) => ({
    category: categories[label] ?? '',
    phrases: own.map((phrase) => phrases[phrase] ?? ''),
  }));
  return markGroups(groups, lessons).map(withoutCovered);
}

const partsOf = ({ facts }: Lesson): readonly string[] => [facts.subject, facts.description];

/** Of many texts a phrase in two of them is chance. */
const fewestTexts = (count: number): number => Math.max(2, Math.min(5, Math.round(count / 2_000)));

function learnBy(texts: PhraseTexts, way: Levels, most: number): Group[] {
  const worth = Math.max(2, Math.round(texts.labels.length / 2_000));
  return simplifyGroups(texts, learnLevels(texts, way), { most, worth });
}

/** The first way that is nearly as right as the best, on texts that it did not learn from. */
function chooseWay(texts: PhraseTexts, lessons: readonly Lesson[], { mostTriggers, seed }: LearnOptions): Levels {
  const isCompared = lessons.map(({ text }) => drawOf(text, `${seed} compared`) < COMPARED);
  const [learnt, compared] = [
    part(texts, (text) => !isCompared[text]),
    part(texts, (text) => isCompared[text] === true),
  ];
  const tried = WAYS.map((way) => ({ way, share: rightShare(learnBy(learnt, way, mostTriggers), compared) }));
  const best = Math.max(...tried.map(({ share }) => share));
  return (tried.find(({ share }) => share >= best - TOLERANCE) ?? tried[0])?.way ?? { shares: [], times: 1, doubt: 1 };
}

const part = (texts: PhraseTexts, has: (text: number) => boolean): PhraseTexts => ({
  ...texts,
  phrases: texts.phrases.filter((_, text) => has(text)),
  labels: texts.labels.filter((_, text) => has(text)),
});

function rightShare(groups: readonly Group[], texts: PhraseTexts): number {
  const placeOf = new Map<number, number>();
  for (const [place, { phrases }] of groups.entries())
    for (const phrase of phrases) if (!placeOf.has(phrase)) placeOf.set(phrase, place);
  const right = texts.phrases.filter((phrases, text) => {
    const first = Math.min(...phrases.map((phrase) => placeOf.get(phrase) ?? groups.length));
    return (groups[first]?.label ?? texts.restLabel) === texts.labels[text];
  });
  return right.length / Math.max(1, texts.phrases.length);
}

/** Marks words so that misspellings count, where what this adds is right; a misspelling is only looked for if no other word of the policy is spelt so, so all are tried at once. */
function markGroups(groups: readonly WordGroup[], lessons: readonly Lesson[]): WordGroup[] {
  const plain = [...new Set(groups.flatMap(({ phrases }) => phrases))];
  const marked = plain.map(withMisspellings);
  const [findPlain, findMarked] = [buildPhraseSets(plain), buildPhraseSets(marked)];
  const added: Array<Map<string, number>> = plain.map(() => new Map<string, number>());
  for (const lesson of lessons) {
    const before = new Set(findPlain(partsOf(lesson)));
    // A text that another phrase catches already is not what a mark is for.
    for (const phrase of findMarked(partsOf(lesson)))
      if (!before.has(phrase)) added[phrase]?.set(lesson.category, (added[phrase].get(lesson.category) ?? 0) + 1);
  }
  const places = new Map(plain.map((phrase, place) => [phrase, place]));
  return groups.map(({ category, phrases }) => ({
    category,
    phrases: phrases.map((phrase) => {
      const place = places.get(phrase) ?? -1;
      const counts = added[place] ?? new Map<string, number>();
      const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
      const isRight = total === 0 || (counts.get(category) ?? 0) / total >= LEAST_MARKED;
      return isRight ? (marked[place] ?? phrase) : phrase;
    }),
  }));
}

/** Leaves out phrases that another of the group finds as well: `orders` beside `order*`, `newsleter` beside `newsletter~`. */
function withoutCovered({ category, phrases }: WordGroup): WordGroup {
  let kept = phrases;
  for (const phrase of phrases.toReversed()) {
    const others = kept.filter((other) => other !== phrase);
    if (buildPhraseSets(others)([phrase.replace(/[*~]/g, '')]).length > 0) kept = others;
  }
  return { category, phrases: kept };
}
