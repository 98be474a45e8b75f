// Is a ticket's value the one that a condition names, or before or after it, or there at all?
import type { Condition } from '@deskwright/shared';
import { PRIORITIES, STATUSES } from '@deskwright/shared';
import { foldText } from './fold-text.ts';
import type { FieldValue } from './read-field.ts';
import { isEmpty } from './read-field.ts';

type Wanted = string | number | boolean;

const ORDERED: Readonly<Record<string, readonly string[]>> = { status: STATUSES, priority: PRIORITIES };

/**
 * The test of a condition whose operator compares or asks for presence. An empty field is as in Zendesk: `is_not`
 * and `absent` hold, `is`, `present`, `less_than` and `greater_than` do not.
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

/** Case and Unicode form do not count, and a list is a value when it holds it. */
function isOneOf(wanted: readonly Wanted[]): (seen: FieldValue) => boolean {
  const folded = new Set(wanted.map(fold));
  const exact = new Set<unknown>(wanted);
  return (seen) => {
    if (seen === null) return false;
    if (exact.has(seen)) return true;
    return typeof seen === 'object' ? seen.some((one) => folded.has(fold(one))) : folded.has(fold(seen));
  };
}

const fold = (value: Wanted): string => foldText(String(value)).trim();

/**
 * Place of a value relative to the wanted one: negative before, positive after, NaN where there is no order (an empty
 * field, a word where a number is wanted), so that neither `less_than` nor `greater_than` holds.
 */
function placeAgainst(field: string, wanted: Wanted): (seen: FieldValue) => number {
  const rank = rankIn(ORDERED[field]);
  const limit = rank(wanted);
  return (seen) => (seen === null || typeof seen === 'object' ? Number.NaN : rank(seen) - limit);
}

function rankIn(order: readonly string[] | undefined): (value: Wanted) => number {
  if (order === undefined) return (value) => (value === '' || typeof value === 'boolean' ? Number.NaN : Number(value));
  const ranks = new Map(order.map((word, rank) => [word, rank]));
  return (value) => ranks.get(String(value)) ?? Number.NaN;
}
