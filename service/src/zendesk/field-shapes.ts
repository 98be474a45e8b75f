// Parses single fields of Zendesk's records, in whatever form they come.
import { PRIORITIES, readChannel, TICKET_TYPES } from '@deskwright/shared';
import { z } from 'zod';

/**
 * What real accounts were seen to send: ids as numbers (REST) or text (events), `null`, absent, `""` and `"0"` for none, lists that are null.
 * A field that says nothing we know counts as none where none is an answer; where we cannot go on without it, the record is refused.
 */

const number = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+$/)
    .transform(Number),
]);

/** The id of the record itself. Beyond 2^53 it would lose digits, so it is refused. */
export const zendeskId = number.pipe(z.int().positive());

/** Absent, null, empty and zero all mean that there is none: each stands in some event or answer of Zendesk's. */
const isNone = (value: unknown): boolean =>
  value === undefined || value === null || value === 0 || (typeof value === 'string' && /^0*$/.test(value.trim()));

/** The id of something the record belongs to; null for none. */
export const idOrNone = z.preprocess((value) => (isNone(value) ? null : value), zendeskId.nullable());

/** Who wrote something: -1 is Zendesk itself; null where nobody is named. */
export const authorId = z.preprocess(
  (value) => (isNone(value) ? null : value),
  number.pipe(z.int()).nullable().catch(null),
);

/** Text as it came; a number is its digits, and nothing is null. */
export const textOrNone = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .transform((value) => value ?? null);

/** What lies outside is no time of a ticket, and PostgreSQL has neither the year 0 nor five-digit ones in this form. */
const FIRST = Date.UTC(1970, 0);
const LAST = Date.UTC(9999, 0);

/** A moment as ISO 8601 text. */
export const stamp = z.string().refine((text) => {
  const time = Date.parse(text);
  return time >= FIRST && time < LAST;
}, 'is no time');

/** A moment that may be missing. */
export const stampOrNone = stamp
  .nullish()
  .catch(null)
  .transform((value) => value ?? null);

/** Small letters, as the REST API writes its words; events write them in capitals. */
export const lowerCase = z.string().trim().toLowerCase();

/** A word we do not know counts as none: a new priority must not cost us the ticket. */
const wordOrNone = <const T extends readonly [string, ...string[]]>(words: T) =>
  lowerCase
    .pipe(z.enum(words))
    .nullish()
    .catch(null)
    .transform((value) => value ?? null);

export const priorityOrNone = wordOrNone(PRIORITIES);
export const typeOrNone = wordOrNone(TICKET_TYPES);

export const tagList = z
  .array(z.unknown())
  .nullish()
  .transform((tags) => (tags ?? []).filter((tag) => typeof tag === 'string'));

/** The policy's word for the way a ticket came: of `via.channel`, or of `via` itself, as some exports write it. Null where it is not told. */
export const readVia = (via: unknown): string | null =>
  readChannel(typeof via === 'object' && via !== null && 'channel' in via ? via.channel : via);

/** {@link readVia} of a field. */
export const channelOf = z.unknown().optional().transform(readVia);

/** A value that a rule may ask for. Lookup fields and others to come hold objects: they are as good as empty. */
export function readCustomValue(value: unknown): string | number | boolean | string[] | null {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (!Array.isArray(value)) return null;
  return value.filter((one) => typeof one === 'string' || typeof one === 'number').map(String);
}

/** The fields that have an id; what else stands in the list is passed over. */
export const customFieldList = z
  .array(z.object({ id: zendeskId, value: z.unknown() }).nullable().catch(null))
  .nullish()
  .catch(null)
  .transform((fields) =>
    (fields ?? []).flatMap((field) => (field ? [{ id: field.id, value: readCustomValue(field.value) }] : [])),
  );
