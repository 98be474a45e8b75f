// Is a ticket's value the one that a condition names, or before or after it?
import { PRIORITIES, STATUSES } from '@deskwright/shared';
import { foldText } from './fold-text.ts';
import type { FieldValue } from './read-field.ts';

export type Wanted = string | number | boolean;

const ORDERED: Readonly<Record<string, readonly string[]>> = { status: STATUSES, priority: PRIORITIES };

/** Equality of `is`: case and Unicode form do not count, and a list is the value when it holds it. */
export function equalityWith(wanted: Wanted): (value: FieldValue) => boolean {
  const folded = fold(wanted);
  return (value) => {
    if (value === null) return false;
    if (value === wanted) return true;
    if (typeof value === 'object') return value.some((one) => fold(one) === folded);
    return fold(value) === folded;
  };
}

const fold = (value: Wanted): string => foldText(String(value)).trim();

/**
 * Place of the value relative to the wanted one: negative before, positive after, NaN where there is no order (an
 * empty field, a word where a number is wanted), so that neither `less_than` nor `greater_than` holds, as in Zendesk.
 */
export function placeAgainst(field: string, wanted: Wanted): (value: FieldValue) => number {
  const rank = rankIn(ORDERED[field]);
  const limit = rank(wanted);
  return (value) => (value === null || typeof value === 'object' ? Number.NaN : rank(value) - limit);
}

function rankIn(order: readonly string[] | undefined): (value: Wanted) => number {
  if (order === undefined) return (value) => (value === '' || typeof value === 'boolean' ? Number.NaN : Number(value));
  const ranks = new Map(order.map((word, rank) => [word, rank]));
  return (value) => ranks.get(String(value).toLowerCase()) ?? Number.NaN;
}
