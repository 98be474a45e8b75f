// Defines one compiled condition of the policy.
import type { Condition, TicketFacts } from '@deskwright/shared';
import { compareValues } from './compare-values.ts';
import { cutText } from './cut-text.ts';
import { readerOf } from './read-field.ts';

export type WordOperator = 'includes_any' | 'includes_all' | 'includes_none';

export type Leaf =
  /** Evaluated by comparing the field's value. */
  | {
      readonly kind: 'test';
      readonly condition: Condition;
      readonly holds: (facts: TicketFacts) => boolean;
      readonly saw: (facts: TicketFacts) => unknown;
    }
  /** Evaluated by a regular expression. */
  | { readonly kind: 'pattern'; readonly condition: Condition; readonly source: string; readonly wanted: boolean }
  /** Evaluated by the words found in the field. */
  | {
      readonly kind: 'words';
      readonly condition: Condition;
      readonly operator: WordOperator;
      readonly phrases: readonly string[];
    };

/**
 * Compiles one condition.
 * @throws Error for an unknown field or operator; the policy loader refuses these
 */
export function compileLeaf(condition: Condition): Leaf {
  const { field, operator, value } = condition;
  switch (operator) {
    case 'includes_any':
    case 'includes_all':
    case 'includes_none':
      return {
        kind: 'words',
        condition,
        operator,
        phrases: (Array.isArray(value) ? value : [value ?? '']).map(String),
      };
    case 'matches':
    case 'not_matches':
      return { kind: 'pattern', condition, source: String(value), wanted: operator === 'matches' };
    default: {
      const read = readerOf(field);
      const compare = compareValues(condition);
      const saw = (facts: TicketFacts): unknown => {
        const seen = read(facts);
        return typeof seen === 'string' ? cutText(seen) : seen;
      };
      return { kind: 'test', condition, holds: (facts) => compare(read(facts)), saw };
    }
  }
}
