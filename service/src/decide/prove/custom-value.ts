// Chooses a value of a custom field for which a given model is true.
import type { ExampleTicket } from './example-ticket.ts';
import type { FieldAtoms } from './field-theory.ts';
import type { Model } from './solver.ts';
import { piecesOf, plainValue, writeText } from './write-text.ts';

type Value = NonNullable<ExampleTicket['custom_fields']>[number]['value'];

/** Null: the field stays empty. */
export function customValue(field: FieldAtoms, model: Model, attempt: number): Value {
  const equal = [...field.equals.values()].filter(({ literal }) => model(literal));
  const pieces = piecesOf(field, model, attempt);
  const [first] = equal;
  if (first !== undefined && pieces.length === 1)
    return typeof first.value === 'string' ? plainValue(first.value) : first.value;
  const number = pieces.length === 0 ? numberIn(field, model) : null;
  if (number !== null) return number;
  // A list has several values; a text has several words.
  if (pieces.length > 1 && (first !== undefined || attempt % 2 === 1)) return pieces;
  const text = writeText(field, model, attempt);
  return text === '' ? null : text;
}

/** A number on the right side of each limit; null: no limit asks for one, or there is none. */
function numberIn({ below, above }: FieldAtoms, model: Model): number | null {
  const isAsked = [...below.values(), ...above.values()].some(model);
  const limits = [...new Set([...below.keys(), ...above.keys()])].toSorted((a, b) => a - b);
  const candidates = limits.flatMap((limit, at) => {
    const next = limits[at + 1] ?? limit + 2;
    return [limit - 1, limit, Math.floor((limit + next) / 2), (limit + next) / 2, limit + 1];
  });
  const fits = (value: number): boolean =>
    [...below].every(([limit, literal]) => value < limit === model(literal)) &&
    [...above].every(([limit, literal]) => value > limit === model(literal));
  return isAsked ? (candidates.find(fits) ?? null) : null;
}
