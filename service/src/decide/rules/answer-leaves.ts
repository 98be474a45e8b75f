// How does each condition of a policy come out for a ticket?
import type { ConditionTrace, TicketFacts } from '@deskwright/shared';
import { parsePhrase } from '@deskwright/shared';
import type { LeafCode } from './condition-shape.ts';
import type { Leaf } from './leaf.ts';
import type { Met } from './measure-tree.ts';
import { compilePatternField } from './pattern-field.ts';
import { traceLeaf } from './trace-leaf.ts';
import { compileWordField, markWords, wordsSeen } from './word-field.ts';
import { buildWordReaders } from './word-readers.ts';
import { holdsWithoutWords, setAnswer } from './word-tally.ts';

export interface LeafAnswers {
  /** Answers all conditions for a ticket. */
  readonly mark: (facts: TicketFacts) => void;
  /** The answers about the ticket marked last. */
  readonly met: Met;
  /** What one condition wanted and saw in the ticket marked last; made once per ticket. */
  readonly trace: (code: LeafCode) => ConditionTrace;
}

type Numbered<T> = T & { readonly number: number };

export function answerLeaves(leaves: readonly Leaf[]): LeafAnswers {
  const met = new Uint8Array(leaves.length * 2);
  const numbered = leaves.map((leaf, number): Numbered<Leaf> => ({ ...leaf, number }));
  const tests = numbered.filter((leaf) => leaf.kind === 'test');
  const words = numbered.filter((leaf) => leaf.kind === 'words');
  const readers = buildWordReaders(words.flatMap((leaf) => leaf.phrases.map(parsePhrase)));
  const wordFields = byField(words, (field, own) => compileWordField(field, own, readers));
  const patterns = numbered.filter((leaf) => leaf.kind === 'pattern');
  const patternFields = byField(patterns, compilePatternField);
  const [allWords, allPatterns] = [[...wordFields.values()], [...patternFields.values()]];

  const atFirst = Uint8Array.from(leaves.flatMap(answerAtFirst));
  const traces: Array<ConditionTrace | undefined> = leaves.flatMap(() => [undefined, undefined]);
  const tracedIn = new Float64Array(traces.length);
  let ticket = 0;
  let current: TicketFacts | null = null;

  function saw(leaf: Numbered<Leaf>, facts: TicketFacts): unknown {
    switch (leaf.kind) {
      case 'test':
        return leaf.saw(facts);
      case 'pattern':
        return fieldOf(patternFields, leaf).saw(facts, leaf.number);
      case 'words':
        return wordsSeen(fieldOf(wordFields, leaf), leaf.number);
    }
  }

  return {
    met,
    mark: (facts) => {
      current = facts;
      ticket++;
      for (const { sections } of readers) sections.reset();
      met.set(atFirst);
      for (const field of allWords) markWords(field, facts, met);
      for (const field of allPatterns) field.mark(facts, met);
      for (const { number, holds } of tests) {
        setAnswer(met, number, holds(facts) ? 1 : 0);
      }
    },
    trace: (code) => {
      const known = traces[code];
      if (known !== undefined && tracedIn[code] === ticket) return known;
      const leaf = numbered[code >> 1];
      if (leaf === undefined || current === null)
        throw new Error(`Condition ${code} was traced before any ticket was marked`);
      const trace = traceLeaf(leaf.condition, code % 2 === 1, met[code] === 1, saw(leaf, current));
      traces[code] = trace;
      tracedIn[code] = ticket;
      return trace;
    },
  };
}

function byField<L extends Leaf, F>(
  leaves: readonly L[],
  compile: (field: string, own: readonly L[]) => F,
): Map<string, F> {
  const fields = new Set(leaves.map((leaf) => leaf.condition.field));
  return new Map(
    [...fields].map((field) => [
      field,
      compile(
        field,
        leaves.filter((leaf) => leaf.condition.field === field),
      ),
    ]),
  );
}

function fieldOf<F>(fields: ReadonlyMap<string, F>, { condition }: Leaf): F {
  const field = fields.get(condition.field);
  if (field === undefined) throw new Error(`The field "${condition.field}" was not compiled`);
  return field;
}

/** Under both of its codes: what a condition comes to before any word or expression has been found. */
function answerAtFirst(leaf: Leaf): readonly [number, number] {
  const holds = (leaf.kind === 'words' && holdsWithoutWords(leaf)) || (leaf.kind === 'pattern' && !leaf.wanted);
  return holds ? [1, 0] : [0, 1];
}
