// Defines the contents of a file of tickets, and reads its text line by line.
import { STATUSES, type Status, type TicketFacts } from '@deskwright/shared';
import { EMPTY_TICKET } from '../../decide/empty-ticket.ts';
import { readWords } from '../../decide/text/read-text.ts';
import { readStatus } from '../../tickets/index.ts';
import { priorityOrNone, readCustomValue, readVia, typeOrNone } from '../../zendesk/field-shapes.ts';

export interface TicketInFile {
  /** From 1. */
  readonly row: number;
  /** As in the file; null if it has none. */
  readonly id: string | number | null;
  readonly facts: TicketFacts;
  /** What else the record says under this name, if it is text or a number: a column of a CSV, a key of a JSON object. Null: nothing. */
  readonly column: (name: string) => string | null;
}

/** A record that cannot be read as a ticket; the following ones are still read. */
export interface UnreadableRecord {
  readonly row: number;
  /** Its position and what is wrong: a sentence without full stop. */
  readonly problem: string;
}

/** A file that cannot be read to the end; the message says which, where and why. */
export class BadTicketFile extends Error {
  override readonly name = 'BadTicketFile';
}

/** A longer line is neither a ticket nor a page of tickets, and would not fit into the memory. */
export const MOST_CHARACTERS = 100_000_000;

/**
 * Lines without their line breaks. (`readline` does not limit their length.)
 * @throws BadTicketFile for a line of more than `MOST_CHARACTERS`
 */
export async function* readLines(texts: AsyncIterable<string>, file: string): AsyncGenerator<string> {
  let begun: string[] = [];
  let length = 0;
  for await (const text of texts) {
    const [first = '', ...others] = text.split('\n');
    begun.push(first);
    length += first.length;
    if (length > MOST_CHARACTERS)
      throw new BadTicketFile(`Cannot read ${file}: a line is longer than 100 MB; write one ticket per line.`);
    for (const next of others) {
      yield begun.join('').replace(/\r$/, '');
      begun = [next];
      length = next.length;
    }
  }
  yield begun.join('').replace(/\r$/, '');
}

/** The rest of a text whose beginning has already been read. */
export async function* withHead(head: string, texts: AsyncGenerator<string>): AsyncGenerator<string> {
  try {
    yield head;
    yield* texts;
  } finally {
    await texts.return(undefined);
  }
}

/** The words of a ticket: one `message`, or `subject` and `description`. */
interface Message {
  readonly message?: string | undefined;
  readonly subject?: string | undefined;
  readonly description?: string | undefined;
}

/**
 * Facts of a new ticket with this text and nothing else. `message` becomes the description, with an empty subject.
 * @param now epoch milliseconds
 * @param createdAt epoch milliseconds
 */
export function factsFromMessage(words: Message, ticketId: number, now = 0, createdAt = now): TicketFacts {
  return {
    ...EMPTY_TICKET,
    now,
    ticketId,
    ...readWords(words.subject ?? '', words.description ?? words.message ?? '', null),
    createdAt,
    waitingSince: createdAt,
  };
}

type Json = Readonly<Record<string, unknown>>;

/**
 * Facts from a ticket of the REST API (https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/), or from
 * an object that holds one under `ticket`. The API names groups, agents, organizations, brands and forms by id only, so
 * those stay empty, unless they are given by name (`"organization": "Acme"`) or their names are known. A new or open ticket counts as waiting since its creation,
 * because later comments are not included, unless `comment` is a text and `waiting_hours` a number or null.
 * @param place position of the ticket in its file, from 1; used as the id if it has none
 * @param now epoch milliseconds; also the creation time if it has none
 * @param names behind its ids
 * @throws Error that says what is wrong, for anything that is not a ticket
 */
export function factsFromZendeskTicket(json: unknown, place: number, now: number, names: NamesById = {}): TicketFacts {
  if (!isObject(json)) throw new Error('not a ticket: a JSON object is needed');
  const ticket = isObject(json['ticket']) ? json['ticket'] : json;
  const subject = optionalText(ticket, 'subject') ?? optionalText(ticket, 'raw_subject');
  const description = optionalText(ticket, 'description') ?? commentOf(ticket);
  if (subject === null && description === null) throw new Error('the ticket has neither subject nor description');
  const status = statusOf(ticket);
  const age = numberOf(ticket, 'created_hours_ago');
  const createdAt = age === null ? (timeOf(ticket, 'created_at') ?? now) : now - Math.round(age * HOUR);
  const comment = typeof ticket['comment'] === 'string' ? ticket['comment'] : null;
  const requester = isObject(ticket['requester']) ? ticket['requester'] : {};
  return {
    ...factsFromMessage({ subject: subject ?? '', description: description ?? '' }, idOf(ticket) ?? place, now),
    ...(comment !== null && readWords(subject ?? '', description ?? '', comment)),
    tags: textsOf(ticket, 'tags'),
    status,
    priority: priorityOrNone.parse(ticket['priority'] ?? null),
    type: typeOrNone.parse(ticket['type'] ?? null),
    via: readVia(ticket['via']),
    requester: optionalText(requester, 'name'),
    requesterEmail: optionalText(requester, 'email'),
    ...namesOf(ticket, names),
    createdAt,
    waitingSince: waitingSinceOf(ticket, status, createdAt, now),
    customFields: customFieldsOf(ticket),
  };
}

/** Text or a number under a key of the ticket, or of the object around it. */
export function columnOf(json: unknown, name: string): string | null {
  if (!isObject(json)) return null;
  const value = json[name] ?? (isObject(json['ticket']) ? json['ticket'][name] : null);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

const HOUR = 3_600_000;
const NAMED = ['group', 'assignee', 'organization', 'brand', 'form', 'language'] as const;

/** What is given by name, as a text or as an object with a name, or by an id whose name is known. */
function namesOf(ticket: Json, names: NamesById): Partial<TicketFacts> {
  return Object.fromEntries(
    NAMED.flatMap((key) => {
      const value = ticket[key] ?? (key === 'language' ? null : names[key]?.[String(ticket[NAMED_BY_ID[key]])]);
      const name = isObject(value) ? value['name'] : value;
      return typeof name === 'string' ? [[key, name]] : [];
    }),
  );
}

function waitingSinceOf(ticket: Json, status: Status, createdAt: number, now: number): number | null {
  if (ticket['waiting_hours'] === null) return null;
  const waited = numberOf(ticket, 'waiting_hours');
  if (waited !== null) return now - Math.round(waited * HOUR);
  return status === 'new' || status === 'open' ? createdAt : null;
}

function numberOf(ticket: Json, key: string): number | null {
  const value = ticket[key] ?? null;
  if (value === null || (typeof value === 'number' && Number.isFinite(value))) return value;
  throw new Error(`${key} must be a number`);
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function optionalText(object: Json, key: string): string | null {
  const value = object[key] ?? null;
  if (value === null || typeof value === 'string') return value;
  throw new Error(`${key} must be text`);
}

function commentOf({ comment }: Json): string | null {
  return isObject(comment) ? optionalText(comment, 'body') : null;
}

function idOf({ id }: Json): number | null {
  const number = typeof id === 'string' && /^\d{1,15}$/.test(id) ? Number(id) : id;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : null;
}

function statusOf(ticket: Json): Status {
  // The incremental export also lists deleted and archived tickets with these statuses, which rules cannot name.
  const status = readStatus((optionalText(ticket, 'status') ?? '').toLowerCase());
  if (status === '') return 'new';
  const known = STATUSES.find((one) => one === status);
  if (known === undefined) throw new Error(`status "${status}" is not one of ${STATUSES.join(', ')}`);
  return known;
}

function timeOf(ticket: Json, key: string): number | null {
  const value = optionalText(ticket, key);
  if (value === null) return null;
  const time = Date.parse(value);
  if (Number.isNaN(time)) throw new Error(`${key} "${value}" is not a valid time`);
  return time;
}

function textsOf(ticket: Json, key: string): readonly string[] {
  const value = ticket[key] ?? [];
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value;
  throw new Error(`${key} must be a list of texts`);
}

function customFieldsOf(ticket: Json): TicketFacts['customFields'] {
  // `fields` is Zendesk's other name for the same list.
  const fields = ticket['custom_fields'] ?? ticket['fields'] ?? [];
  if (!Array.isArray(fields)) throw new Error('custom_fields must be a list');
  return Object.fromEntries(
    fields.filter(isObject).map((field) => [String(field['id']), readCustomValue(field['value'])]),
  );
}

/** Lists which fields of a ticket Zendesk gives by id only, and under which key. */
export const NAMED_BY_ID = {
  group: 'group_id',
  assignee: 'assignee_id',
  organization: 'organization_id',
  brand: 'brand_id',
  form: 'ticket_form_id',
} as const;

export type NamedField = keyof typeof NAMED_BY_ID;

/** By field and id. Agents have their e-mail address as name, as in conditions. */
export type NamesById = Readonly<Partial<Record<NamedField, Readonly<Record<string, string>>>>>;
