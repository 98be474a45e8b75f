// What is one condition of the policy, once it has been compiled?
import type { Condition, TicketFacts } from '@deskwright/shared';
import { compareLeaf } from './compare-leaf.ts';
import type { WordOperator } from './word-field.ts';

/** A condition whose answer comes from looking at its field. */
export interface TestLeaf {
  readonly kind: 'test';
  readonly condition: Condition;
  readonly holds: (facts: TicketFacts) => boolean;
  /** The value for the trace. */
  readonly saw: (facts: TicketFacts) => unknown;
}

/** A condition whose answer comes from the words found in its field. */
export interface WordLeaf {
  readonly kind: 'words';
  readonly condition: Condition;
  readonly operator: WordOperator;
  readonly phrases: readonly string[];
}

export type Leaf = TestLeaf | WordLeaf;

const listOf = ({ value }: Condition): readonly string[] => (Array.isArray(value) ? value : [value ?? '']).map(String);

/**
 * Compiles one condition.
 * @throws Error for an unknown field or operator, RE2JSException for a bad expression; the policy loader lets neither through.
 */
export function compileLeaf(condition: Condition): Leaf {
  switch (condition.operator) {
    case 'includes_any':
    case 'includes_all':
    case 'includes_none':
      return { kind: 'words', condition, operator: condition.operator, phrases: listOf(condition) };
    default:
      return { kind: 'test', condition, ...compareLeaf(condition) };
  }
}
