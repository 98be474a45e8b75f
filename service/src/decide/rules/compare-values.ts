// Compares a ticket's value with that of a condition.
import type { Condition } from '@deskwright/shared';
import {
  EXACTLY,
  exactForms,
  expandText,
  foldings,
  foldText,
  PRIORITIES,
  plainText,
  STATUSES,
} from '@deskwright/shared';
import type { FieldValue } from './read-field.ts';
import { isEmpty } from './read-field.ts';

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
  if (order === undefined) return (value) => (value === '' || typeof value === 'boolean' ? Number.NaN : Number(value));
  const ranks = new Map(order.map((word, rank) => [word, rank]));
  return (value) => ranks.get(String(value)) ?? Number.NaN;
}
