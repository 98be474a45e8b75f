// Parses single fields of Zendesk's records, in whatever form they come.
import { PRIORITIES, readChannel, STATUSES, TICKET_TYPES } from '@deskwright/shared';
import { z } from 'zod';

/**
 * What real accounts send: ids as numbers (REST) or text (events); `null`, absent, `""` and `"0"` for none; lists that are null.
 * An unknown value counts as none where that is allowed; if the field is required, the record is refused.
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

/** Absent, null, empty and zero all mean none: each occurs in some event or answer of Zendesk. */
const isNone = (value: unknown): boolean =>
  value === undefined || value === null || value === 0 || (typeof value === 'string' && /^0*$/.test(value.trim()));

/** The id of something the record belongs to; null for none. */
export const idOrNone = z.preprocess((value) => (isNone(value) ? null : value), zendeskId.nullable());

/** The author: -1 is Zendesk itself; null if none is named. */
export const authorId = z.preprocess(
  (value) => (isNone(value) ? null : value),
  number.pipe(z.int()).nullable().catch(null),
);

/** Text as it was sent; a number becomes its digits, and a missing value null. */
export const textOrNone = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .transform((value) => value ?? null);

/** Times outside this range cannot belong to a ticket, and PostgreSQL supports neither the year 0 nor five-digit years in this form. */
const FIRST = Date.UTC(1970, 0);
const LAST = Date.UTC(9999, 0);

/** A time as ISO 8601 text. */
export const stamp = z.string().refine((text) => {
  const time = Date.parse(text);
  return time >= FIRST && time < LAST;
}, 'is not a valid time');

/** A time that may be missing. */
export const stampOrNone = stamp
  .nullish()
  .catch(null)
  .transform((value) => value ?? null);

/** Lower case, as the REST API writes its values; events write them in upper case. */
const lowerCase = z.string().trim().toLowerCase();

/** An unknown value counts as none: a new priority must not make the ticket unreadable. */
const wordOrNone = <const T extends readonly [string, ...string[]]>(words: T) =>
  lowerCase
    .pipe(z.enum(words))
    .nullish()
    .catch(null)
    .transform((value) => value ?? null);

export const priorityOrNone = wordOrNone(PRIORITIES);
export const typeOrNone = wordOrNone(TICKET_TYPES);

const tagList = z
  .array(z.unknown())
  .nullish()
  .transform((tags) => (tags ?? []).filter((tag) => typeof tag === 'string'));

/** The policy's name for how a ticket was created: from `via.channel`, or `via` itself, as some exports write it. Null if unknown. */
export const readVia = (via: unknown): string | null =>
  readChannel(typeof via === 'object' && via !== null && 'channel' in via ? via.channel : via);

/** {@link readVia} of a field. */
const channelOf = z.unknown().optional().transform(readVia);

/** A value that a rule can read. Lookup fields and future ones hold objects: they count as empty. */
export function readCustomValue(value: unknown): string | number | boolean | string[] | null {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (!Array.isArray(value)) return null;
  return value.filter((one) => typeof one === 'string' || typeof one === 'number').map(String);
}

/** The fields that have an id; other entries are ignored. */
export const customFieldList = z
  .array(z.object({ id: zendeskId, value: z.unknown() }).nullable().catch(null))
  .nullish()
  .catch(null)
  .transform((fields) =>
    (fields ?? []).flatMap((field) => (field ? [{ id: field.id, value: readCustomValue(field.value) }] : [])),
  );

/** Events and the export have three states that a ticket read by itself never has. */
export const ticketStatus = lowerCase.pipe(z.enum([...STATUSES, 'deleted', 'archived', 'scrubbed']));

/** What the REST API, the export and events say of a ticket under the same names. */
export const ticketFields = {
  id: zendeskId,
  subject: textOrNone,
  description: textOrNone,
  status: ticketStatus,
  priority: priorityOrNone,
  type: typeOrNone,
  via: channelOf,
  tags: tagList,
  group_id: idOrNone,
  assignee_id: idOrNone,
  requester_id: idOrNone,
  submitter_id: authorId,
  organization_id: idOrNone,
  brand_id: idOrNone,
  is_public: z
    .boolean()
    .nullish()
    .catch(null)
    .transform((isPublic) => isPublic ?? true),
};
