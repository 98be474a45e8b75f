// Finds words for which a ticket matches triggers of two categories, so that their order decides.
import { type ConditionNode, foldText, isCondition, type Policy, shareOf, type TicketFacts } from '@deskwright/shared';
import { type ExampleTicket, startSearch } from '../decide/prove/index.ts';
import type { LintFinding, PolicyPath } from './finding.ts';
import { notCompared } from './triggers/describe.ts';
import type { Study, Trigger } from './triggers/study.ts';
import { without } from './triggers/variants.ts';

/** How many past tickets a predicate holds for. */
export type CountPastTickets = (matches: (facts: TicketFacts) => boolean) => number;

interface Use {
  readonly place: number;
  readonly trigger: Trigger;
  readonly word: string;
  readonly path: PolicyPath;
}

/** Pairs of triggers compared at most; more than one for each of a thousand triggers are more than anyone reads. */
const MOST_PAIRS = 1_000;

export function checkSharedWords(
  study: Study,
  countPast?: CountPastTickets,
  mostPairs = MOST_PAIRS,
): readonly LintFinding[] {
  const found = new Map<string, Shared>();
  let pairs = 0;
  let left: Use | undefined;
  for (const uses of usesByWord(study.policy).values()) {
    const [first] = uses;
    const other = uses.find(({ trigger }) => trigger.actions.category !== first?.trigger.actions.category);
    if (first === undefined || other === undefined) continue;
    if (++pairs > mostPairs) {
      left ??= other;
      continue;
    }
    const key = `${first.place} ${other.place}`;
    const known = found.get(key);
    const example = exampleOf(study, first, other);
    if (example === null) continue;
    if (known === undefined) found.set(key, { first, other, example, words: [other.word] });
    else known.words.push(other.word);
  }
  return [
    ...[...found.values()].flatMap((shared) => describeShared(study, shared, countPast)),
    ...(left === undefined
      ? []
      : [
          notCompared(
            left.path,
            `this word and ${pairs - mostPairs - 1} others are in triggers for different categories as well; whether a ticket can match both was not checked: there are too many`,
          ),
        ]),
  ];
}

/** Words for which a ticket matches both of two triggers. */
interface Shared {
  readonly first: Use;
  readonly other: Use;
  readonly example: ExampleTicket;
  readonly words: string[];
}

/** Of triggers that set a category, the words that they look for, by their folded form. */
function usesByWord({ triggers }: Policy): ReadonlyMap<string, readonly Use[]> {
  const uses = new Map<string, Use[]>();
  for (const [place, trigger] of triggers.entries()) {
    // The first of two that act for every ticket decides.
    if (trigger.actions.category === undefined || shareOf(trigger.mode) < 100) continue;
    for (const { word, path } of wantedWords(trigger.conditions, ['triggers', place, 'conditions'])) {
      const key = foldText(word);
      const own = uses.get(key) ?? [];
      if (own.at(-1)?.place !== place) own.push({ place, trigger, word, path });
      uses.set(key, own);
    }
  }
  return uses;
}

function wantedWords(
  node: ConditionNode,
  path: PolicyPath,
): Array<{ readonly word: string; readonly path: PolicyPath }> {
  if (!isCondition(node)) {
    return (['all', 'any'] as const).flatMap((key) =>
      (node[key] ?? []).flatMap((one, at) => wantedWords(one, [...path, key, at])),
    );
  }
  const { operator, value } = node;
  if ((operator !== 'includes_any' && operator !== 'includes_all') || !Array.isArray(value)) return [];
  return value.map((word, at) => ({ word: String(word), path: [...path, 'value', at] }));
}

/** A ticket that matches both triggers only because of the word; null: there is none, or one trigger is a special case of the other. */
function exampleOf(study: Study, first: Use, other: Use): ExampleTicket | null {
  const [a, b] = [first.trigger.conditions, other.trigger.conditions];
  const search = startSearch();
  const isWithin = (one: typeof a, all: typeof a): boolean =>
    search.isImpossible([
      ...search.literalsOf({ node: one, holds: true }),
      ...search.literalsOf({ node: all, holds: false }),
    ]);
  // Their order is on purpose, or another finding says that it is wrong.
  if (isWithin(a, b) || isWithin(b, a)) return null;
  const wanted = [first, other].flatMap(({ trigger: { conditions }, path }) => {
    const rest = without(conditions, [path.slice(CONDITIONS)]);
    // A word that is needed is needed anyway; of alternatives, the others must be missing.
    const isNeeded = rest === null || isWithin(conditions, rest);
    return [{ node: conditions, holds: true }, ...(isNeeded ? [] : [{ node: rest, holds: false }])];
  });
  const found = search.find(wanted.flatMap(search.literalsOf), (facts) => {
    const holds = study.holds(facts);
    return wanted.every((one) => holds(one.node) === one.holds);
  });
  return found.outcome === 'found' ? found.example.ticket : null;
}

/** The steps of a path before a trigger's conditions. */
const CONDITIONS = 3;
const MOST_WORDS = 3;

function describeShared(
  study: Study,
  { first, other, example, words }: Shared,
  countPast?: CountPastTickets,
): LintFinding[] {
  const past = countPast?.((facts) => {
    const firing = study.firing(facts);
    return firing.includes(first.place) && firing.includes(other.place);
  });
  if (past === 0) return [];
  const [categoryA, categoryB] = [first.trigger.actions.category, other.trigger.actions.category];
  const more = words.length > MOST_WORDS ? ` and ${words.length - MOST_WORDS} more` : '';
  const named = words.slice(0, MOST_WORDS).map((word) => `"${word}"`);
  return [
    {
      code: 'word-in-two-categories',
      severity: 'note',
      path: other.path,
      at: 'value',
      message:
        `${named.join(', ')}${more} ${words.length > 1 ? 'are words' : 'is a word'} of ${categoryA} in trigger "${first.trigger.id}" and of ${categoryB} in "${other.trigger.id}"; ` +
        `a ticket that matches both becomes ${categoryA}${past === undefined ? '' : `, as ${past} past tickets did`}`,
      proof: [],
      example,
    },
  ];
}
