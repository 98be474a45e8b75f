// Describes the operators of conditions and the shape of their values.
import { type ConditionOperator, OPERATOR_NAMES } from '../words/condition-names.ts';

/**
 * What a condition's `value` must be.
 * - `one`: a single value of the field's own type
 * - `words`: a list of words and phrases
 * - `pattern`: an RE2 regular expression
 * - `none`: no value at all
 */
export type ValueShape = 'one' | 'words' | 'pattern' | 'none';

export interface OperatorDefinition {
  readonly shape: ValueShape;
  /** One sentence for the reference and for editors. */
  readonly meaning: string;
}

/** What each operator means. */
export const CONDITION_OPERATORS = {
  is: {
    shape: 'one',
    meaning: 'The whole field is this value. Capitals and accents do not count, save with `exact:`.',
  },
  is_not: { shape: 'one', meaning: 'The field is not this value. An empty field is not this value either.' },
  less_than: {
    shape: 'one',
    meaning: 'Comes before this value: a smaller number, an earlier status, a lower priority.',
  },
  greater_than: {
    shape: 'one',
    meaning: 'Comes after this value: a larger number, a later status, a higher priority.',
  },
  includes_any: { shape: 'words', meaning: 'At least one of these words or phrases is in it, as whole words.' },
  includes_all: { shape: 'words', meaning: 'Every one of these words or phrases is in it, as whole words.' },
  includes_none: { shape: 'words', meaning: 'None of these words or phrases is in it.' },
  matches: {
    shape: 'pattern',
    meaning: 'This regular expression (RE2) is found in it. Capital and small letters are the same.',
  },
  not_matches: { shape: 'pattern', meaning: 'This regular expression (RE2) is not found in it.' },
  present: { shape: 'none', meaning: 'The field is filled in. Takes no value.' },
  absent: { shape: 'none', meaning: 'The field is empty. Takes no value.' },
} as const satisfies Record<ConditionOperator, OperatorDefinition>;

export { type ConditionOperator, OPERATOR_NAMES };

/** Is this the name of an operator? */
export function isConditionOperator(name: string): name is ConditionOperator {
  return Object.hasOwn(CONDITION_OPERATORS, name);
}
