// What do all the conditions of a policy say about one ticket?
import type { Condition, ConditionGroup, ConditionTrace, TicketFacts } from '@deskwright/shared';
import type { Tree } from './condition-shape.ts';
import { shapeOf } from './condition-shape.ts';
import type { Leaf } from './leaf.ts';
import { compileLeaf } from './leaf.ts';
import type { Held } from './measure-tree.ts';
import { parsePhrase } from './parse-phrase.ts';
import type { Section } from './phrase-index.ts';
import { splitWords } from './split-words.ts';
import { traceLeaf } from './trace-leaf.ts';
import { buildVocabulary } from './vocabulary.ts';
import type { NumberedWordLeaf, ReadSection, WordField } from './word-field.ts';
import { compileWordField } from './word-field.ts';

/** The answers of one ticket. */
export interface Answers {
  readonly held: Held;
  /** What one leaf wanted and saw. */
  readonly trace: (leaf: Tree & { readonly kind: 'leaf' }) => ConditionTrace;
}

export interface RuleSet {
  readonly trees: readonly Tree[];
  /** Names of the fields that conditions ask. */
  readonly asks: ReadonlySet<string>;
  readonly answer: (facts: TicketFacts) => Answers;
}

/** Compiles condition groups together: equal conditions are asked once, and all words share one index per field. */
export function compileRuleSet(groups: readonly ConditionGroup[]): RuleSet {
  const numbers = new Map<string, number>();
  const leaves: Leaf[] = [];
  const number = (condition: Condition): number => {
    const key = JSON.stringify([condition.field, condition.operator, condition.value]);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, leaves.length);
    return leaves.push(compileLeaf(condition)) - 1;
  };
  const trees = groups.map((group) => shapeOf(group, number));
  return { trees, asks: new Set(leaves.map((leaf) => leaf.condition.field)), answer: answerer(leaves) };
}

function answerer(leaves: readonly Leaf[]): (facts: TicketFacts) => Answers {
  const vocabulary = buildVocabulary(
    leaves.flatMap((leaf) => (leaf.kind === 'words' ? leaf.phrases.flatMap(parsePhrase) : [])),
  );
  const fields = new Map<string, WordField>();
  const words = numberedWords(leaves);
  for (const field of new Set(words.map((leaf) => leaf.field))) {
    const own = words.filter((leaf) => leaf.field === field);
    fields.set(field, compileWordField(field, own, vocabulary));
  }
  const tests = leaves.flatMap((leaf, number) => (leaf.kind === 'test' ? [{ number, holds: leaf.holds }] : []));
  const atFirst = Uint8Array.from(leaves, (leaf) => Number(leaf.kind === 'words' && leaf.operator === 'includes_none'));
  return (facts) => {
    const held = Uint8Array.from(atFirst);
    const read = sectionReader((word) => vocabulary.lookUp(word));
    for (const field of fields.values()) field.mark(facts, read, held);
    for (const { number, holds } of tests) if (holds(facts)) held[number] = 1;
    const see = (number: number, leaf: Leaf): unknown =>
      leaf.kind === 'test' ? leaf.saw(facts) : fields.get(leaf.condition.field)?.found(facts, read, number);
    return {
      held,
      trace: ({ leaf, negated }) => {
        const compiled = leaves[leaf];
        if (compiled === undefined) throw new Error(`There is no condition ${leaf}`);
        return traceLeaf(compiled.condition, negated, held[leaf] === 1, see(leaf, compiled));
      },
    };
  };
}

function numberedWords(leaves: readonly Leaf[]): Array<NumberedWordLeaf & { readonly field: string }> {
  return leaves.flatMap((leaf, number) =>
    leaf.kind === 'words'
      ? [{ number, field: leaf.condition.field, operator: leaf.operator, phrases: leaf.phrases }]
      : [],
  );
}

/** Fields share texts (`text` and `subject`, `comment` and `description`): each is split once per ticket. */
function sectionReader(lookUp: (word: string) => readonly number[]): ReadSection {
  const known = new Map<string, Section>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const words = splitWords(text);
    const section = { words, matches: words.map(lookUp) };
    known.set(text, section);
    return section;
  };
}
