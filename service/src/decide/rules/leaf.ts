// Compiles one condition of the policy, and compares its value with a ticket's.
import {
  type Condition,
  EXACTLY,
  exactForms,
  expandText,
  foldings,
  foldText,
  PRIORITIES,
  plainText,
  STATUSES,
  type TicketFacts,
} from '@deskwright/shared';
import { cutText } from './condition-tree.ts';
import { type FieldValue, isEmpty, readerOf } from './read-field.ts';

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

type Wanted = string | number | boolean;

const ORDERED: Readonly<Record<string, readonly string[]>> = { status: STATUSES, priority: PRIORITIES };

/**
 * The test of a condition whose operator compares or checks for presence. As in Zendesk, on an empty field `is_not`
 * and `absent` hold; `is`, `present`, `less_than` and `greater_than` do not.
 * @throws Error for any other operator.
 */
export function compareValues({ field, operator, value }: Condition): (seen: FieldValue) => boolean {
  const wanted = value === undefined ? [] : Array.isArray(value) ? value : [value];
  switch (operator) {
    case 'is':
      return isOneOf(wanted);
    case 'is_not': {
      const is = isOneOf(wanted);
      return (seen) => !is(seen);
    }
    case 'less_than': {
      const place = placeAgainst(field, wanted[0] ?? '');
      return (seen) => place(seen) < 0;
    }
    case 'greater_than': {
      const place = placeAgainst(field, wanted[0] ?? '');
      return (seen) => place(seen) > 0;
    }
    case 'present':
      return (seen) => !isEmpty(seen);
    case 'absent':
      return isEmpty;
    default:
      throw new Error(`There is no operator "${operator}"`);
  }
}

/** Case and accents are ignored except with `exact:`; a list equals a value when it contains it. */
function isOneOf(wanted: readonly Wanted[]): (seen: FieldValue) => boolean {
  const texts = wanted.map(String);
  const asWritten = new Set(texts.flatMap((text) => (text.startsWith(EXACTLY) ? [withoutMark(text)] : [])));
  const folded = new Set(texts.flatMap((text) => (text.startsWith(EXACTLY) ? [] : forms(text))));
  const same = new Set<unknown>(wanted);
  const is = (one: Wanted): boolean => {
    const text = String(one);
    if (folded.has(foldText(text).trim())) return true;
    const expanded = expandText(text);
    if (expanded !== null && folded.has(expanded.trim())) return true;
    return asWritten.size > 0 && exactForms(text).some((form) => asWritten.has(form));
  };
  return (seen) => {
    if (seen === null) return false;
    if (same.has(seen)) return true;
    return typeof seen === 'object' ? seen.some(is) : is(seen);
  };
}

const forms = (text: string): readonly string[] => foldings(text).map((form) => form.trim());
const withoutMark = (text: string): string => plainText(text.slice(EXACTLY.length)).trim();

/**
 * Position of a value relative to the wanted one: negative before, positive after, NaN where there is no order (an empty
 * field, a word where a number is wanted), so that neither `less_than` nor `greater_than` holds.
 */
function placeAgainst(field: string, wanted: Wanted): (seen: FieldValue) => number {
  const rank = rankIn(ORDERED[field]);
  const limit = rank(wanted);
  return (seen) => (seen === null || typeof seen === 'object' ? Number.NaN : rank(seen) - limit);
}

function rankIn(order: readonly string[] | undefined): (value: Wanted) => number {
  if (order === undefined) return (value) => (isBlankOrBoolean(value) ? Number.NaN : Number(value));
  const ranks = new Map(order.map((word, rank) => [word, rank]));
  return (value) => ranks.get(String(value)) ?? Number.NaN;
}

/** `Number` reads a text of spaces as 0. */
const isBlankOrBoolean = (value: Wanted): boolean =>
  typeof value === 'boolean' || (typeof value === 'string' && value.trim() === '');
