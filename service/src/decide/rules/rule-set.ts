// Evaluates all conditions of a policy for one ticket.
import {
  type Condition,
  type ConditionGroup,
  type ConditionTrace,
  type Phrase,
  parsePhrase,
  type TicketFacts,
} from '@deskwright/shared';
import { finish, type Steps } from '../steps.ts';
import {
  asksFor,
  buildLeafStates,
  canBeIrrelevant,
  type LeafCode,
  type LeafStates,
  leavesOf,
  type Met,
  resetStates,
  setAnswer,
  shapeOf,
  shownCondition,
  type Tree,
} from './condition-tree.ts';
import { compileLeaf, type Leaf } from './leaf.ts';
import { buildMeasureAll } from './measure-all.ts';
import { type PatternField, patternFieldSteps } from './pattern-field.ts';
import { buildWordReaders } from './read-sections.ts';
import { compileWordField, type FieldPlace, markWords, placesFound, type WordField, wordsFound } from './word-field.ts';

/** The results for one ticket. Their memory is reused for the next ticket: read what you need at once. */
export interface Answers {
  readonly met: Met;
  /** For each group, how many conditions keep it from holding (see `distanceOf`). */
  readonly distances: Uint16Array;
  /** What one condition wanted and saw. */
  readonly trace: (code: LeafCode) => ConditionTrace;
  /** Where one condition about words found them in its field's texts; not needed to decide. */
  readonly places: (code: LeafCode) => readonly FieldPlace[];
}

/** One group of conditions, compiled. */
export interface Rule {
  readonly tree: Tree;
  /** In the order of the policy file. */
  readonly leaves: readonly LeafCode[];
  /** The leaves that look for something present: only they count in the group's favour when they hold. */
  readonly asking: readonly LeafCode[];
  readonly canBeIrrelevant: boolean;
}

export interface RuleSet {
  /** One per group, in order. */
  readonly rules: readonly Rule[];
  /** Names of the fields that conditions read. */
  readonly asks: ReadonlySet<string>;
  readonly answer: (facts: TicketFacts) => Answers;
}

/** The conditions of two policies, compiled together. */
export interface SharedRuleSet extends RuleSet {
  /**
   * Whether the policies read a word of the ticket answered last differently: whether a word is misspelt depends on all words
   * of its policy. The answers are then those of neither.
   */
  readonly isDisputed: () => boolean;
}

/** Compiles condition groups together: equal conditions are evaluated once, and all words share one index per field. */
export const compileRuleSet = (groups: readonly ConditionGroup[]): RuleSet => finish(ruleSetSteps(groups));

/**
 * `compileRuleSet` in steps.
 * @param second where the groups of a second policy begin; left out: all are of one policy
 */
export function* ruleSetSteps(groups: readonly ConditionGroup[], second: number = groups.length): Steps<SharedRuleSet> {
  const numbers = new Map<string, number>();
  const leaves: Leaf[] = [];
  const owners: number[] = [];
  const number = (condition: Condition, owner: number): number => {
    const key = JSON.stringify([condition.field, condition.operator, condition.value]);
    const own = numbers.get(key) ?? leaves.push(compileLeaf(condition)) - 1;
    numbers.set(key, own);
    owners[own] = (owners[own] ?? 0) | owner;
    return own;
  };
  const trees: Tree[] = [];
  for (const [at, group] of groups.entries()) {
    trees.push(shapeOf(group, (condition) => number(condition, at < second ? 1 : 2)));
    yield;
  }
  const { mark, states, trace, places, isDisputed } = yield* leafAnswerSteps(leaves, owners);
  yield;
  const measure = buildMeasureAll(trees, states);
  const { met } = states;
  yield;
  const isAsking = (code: LeafCode): boolean => {
    const leaf = leaves[code >> 1];
    return leaf !== undefined && asksFor(leaf.condition, code % 2 === 1);
  };
  return {
    rules: trees.map((tree) => {
      const own = leavesOf(tree);
      return { tree, leaves: own, asking: own.filter(isAsking), canBeIrrelevant: canBeIrrelevant(tree) };
    }),
    asks: new Set(leaves.map((leaf) => leaf.condition.field)),
    answer: (facts) => {
      mark(facts);
      return { met, distances: measure(states), trace, places };
    },
    isDisputed,
  };
}

interface LeafAnswers {
  /** Evaluates all conditions for a ticket. */
  readonly mark: (facts: TicketFacts) => void;
  /** The results for the ticket marked last. */
  readonly states: LeafStates;
  /** What one condition wanted and saw in the ticket marked last; computed once per ticket. */
  readonly trace: (code: LeafCode) => ConditionTrace;
  readonly places: (code: LeafCode) => readonly FieldPlace[];
  readonly isDisputed: SharedRuleSet['isDisputed'];
}

type Numbered<L extends Leaf> = L & { readonly number: number };

/** Compiles conditions in steps. @param owners of each, the policies that have it, as bits */
function* leafAnswerSteps(leaves: readonly Leaf[], owners: readonly number[]): Steps<LeafAnswers> {
  const states = buildLeafStates(leaves.map(holdsAtFirst));
  const numbered = leaves.map((leaf, number): Numbered<Leaf> => ({ ...leaf, number }));
  const tests = numbered.filter((leaf) => leaf.kind === 'test');
  const words = numbered.filter((leaf) => leaf.kind === 'words');
  const phrases = new Map<string, Phrase>();
  const phraseOwners = new Map<Phrase, number>();
  for (const leaf of words) {
    for (const text of leaf.phrases) {
      const phrase = phrases.get(text) ?? parsePhrase(text);
      phrases.set(text, phrase);
      phraseOwners.set(phrase, (phraseOwners.get(phrase) ?? 0) | (owners[leaf.number] ?? 0));
      yield;
    }
  }
  const readers = buildWordReaders([...phrases.values()], (phrase) => phraseOwners.get(phrase) ?? 0);
  yield;
  const wordFields = new Map<string, WordField>();
  for (const [field, own] of byField(words)) {
    wordFields.set(field, compileWordField(field, own, phrases, readers));
    yield;
  }
  const patternFields = new Map<string, PatternField>();
  for (const [field, own] of byField(numbered.filter((leaf) => leaf.kind === 'pattern'))) {
    patternFields.set(field, yield* patternFieldSteps(field, own));
  }
  const [allWords, allPatterns] = [[...wordFields.values()], [...patternFields.values()]];
  const [testNumbers, testAnswers] = [tests.map(({ number }) => number), tests.map(({ holds }) => holds)];

  const shown = leaves.flatMap(({ condition }) => [shownCondition(condition, false), shownCondition(condition, true)]);
  const saws = numbered.map((leaf): ((facts: TicketFacts) => unknown) => {
    const { field } = leaf.condition;
    switch (leaf.kind) {
      case 'test':
        return leaf.saw;
      case 'pattern': {
        const own = known(patternFields, field);
        return (facts) => own.saw(facts, leaf.number);
      }
      case 'words': {
        const own = known(wordFields, field);
        return () => wordsFound(own, leaf.number);
      }
    }
  });
  const traces: Array<ConditionTrace | undefined> = shown.map(() => undefined);
  const tracedIn = new Float64Array(traces.length);
  let ticket = 0;
  let current: TicketFacts | null = null;

  return {
    states,
    mark: (facts) => {
      current = facts;
      ticket++;
      for (const { sections } of readers) sections.reset();
      resetStates(states);
      for (const field of allWords) markWords(field, facts, states);
      for (const field of allPatterns) field.mark(facts, states);
      for (let i = 0; i < testNumbers.length; i++) {
        setAnswer(states, testNumbers[i] ?? 0, testAnswers[i]?.(facts) === true ? 1 : 0);
      }
    },
    trace: (code) => {
      const before = traces[code];
      if (before !== undefined && tracedIn[code] === ticket) return before;
      const [condition, saw] = [shown[code], saws[code >> 1]];
      if (condition === undefined || saw === undefined || current === null)
        throw new Error(`Condition ${code} was traced before any ticket was marked`);
      const { field, operator, wanted } = condition;
      const trace = { field, operator, wanted, saw: saw(current), held: states.met[code] === 1 };
      traces[code] = trace;
      tracedIn[code] = ticket;
      return trace;
    },
    places: (code) => {
      const leaf = numbered[code >> 1];
      if (leaf === undefined || current === null || leaf.kind === 'test') return [];
      const { field } = leaf.condition;
      if (leaf.kind === 'words') return placesFound(known(wordFields, field), current, leaf.number);
      const found = known(patternFields, field).places(current, leaf.number);
      return found.map((place) => ({ part: 0, ...place }));
    },
    isDisputed: () => readers.some(({ sections }) => sections.isDisputed()),
  };
}

function byField<L extends Leaf>(leaves: readonly L[]): ReadonlyMap<string, readonly L[]> {
  const fields = new Map<string, L[]>();
  for (const leaf of leaves) {
    const own = fields.get(leaf.condition.field);
    if (own === undefined) fields.set(leaf.condition.field, [leaf]);
    else own.push(leaf);
  }
  return fields;
}

function known<F>(fields: ReadonlyMap<string, F>, name: string): F {
  const field = fields.get(name);
  if (field === undefined) throw new Error(`The field "${name}" was not compiled`);
  return field;
}

/** A guess that keeps changes few: most tickets contain nothing of what a condition looks for. */
const holdsAtFirst = ({ condition, ...leaf }: Leaf): boolean =>
  !asksFor(condition, false) ||
  (leaf.kind === 'words' && leaf.operator === 'includes_all' && leaf.phrases.length === 0);
