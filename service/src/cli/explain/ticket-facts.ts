// Builds the facts of a ticket from its text alone, or from its JSON in Zendesk's REST API.

import { STATUSES, type Status, type TicketFacts } from '@deskwright/shared';
import { readWords } from '../../decide/text/read-text.ts';
import { readStatus } from '../../tickets/index.ts';
import { priorityOrNone, readCustomValue, readVia, typeOrNone } from '../../zendesk/field-shapes.ts';

/** The words of a ticket: one `message`, or `subject` and `description`. */
export interface Message {
  readonly message?: string | undefined;
  readonly subject?: string | undefined;
  readonly description?: string | undefined;
}

/**
 * Facts of a new ticket created at `now` (epoch milliseconds) with this text and nothing else. `message` becomes
 * the description, with an empty subject.
 */
export function factsFromMessage(words: Message, ticketId: number, now = 0): TicketFacts {
  return {
    now,
    ticketId,
    ...readWords(words.subject ?? '', words.description ?? words.message ?? '', null),
    tags: [],
    status: 'new',
    priority: null,
    type: null,
    via: null,
    group: null,
    assignee: null,
    requester: null,
    requesterEmail: null,
    organization: null,
    brand: null,
    form: null,
    language: null,
    createdAt: now,
    waitingSince: now,
    customFields: {},
  };
}

type Json = Readonly<Record<string, unknown>>;

/**
 * Facts from a ticket of the REST API (https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/), or from
 * an object that holds one under `ticket`. The API names groups, agents, organizations, brands and forms by id only, so
 * those stay empty. A new or open ticket counts as waiting since its creation, because later comments are not included.
 * @param place position of the ticket in its file, from 1; used as the id if it has none
 * @param now epoch milliseconds; also the creation time if it has none
 * @throws Error that says what is wrong, for anything that is not a ticket
 */
export function factsFromZendeskTicket(json: unknown, place: number, now: number): TicketFacts {
  if (!isObject(json)) throw new Error('not a ticket: a JSON object is needed');
  const ticket = isObject(json['ticket']) ? json['ticket'] : json;
  const subject = optionalText(ticket, 'subject') ?? optionalText(ticket, 'raw_subject');
  const description = optionalText(ticket, 'description') ?? commentOf(ticket);
  if (subject === null && description === null) throw new Error('the ticket has neither subject nor description');
  const status = statusOf(ticket);
  const createdAt = timeOf(ticket, 'created_at') ?? now;
  const requester = isObject(ticket['requester']) ? ticket['requester'] : {};
  return {
    ...factsFromMessage({ subject: subject ?? '', description: description ?? '' }, idOf(ticket) ?? place, now),
    tags: textsOf(ticket, 'tags'),
    status,
    priority: priorityOrNone.parse(ticket['priority'] ?? null),
    type: typeOrNone.parse(ticket['type'] ?? null),
    via: readVia(ticket['via']),
    requester: optionalText(requester, 'name'),
    requesterEmail: optionalText(requester, 'email'),
    createdAt,
    waitingSince: status === 'new' || status === 'open' ? createdAt : null,
    customFields: customFieldsOf(ticket),
  };
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
