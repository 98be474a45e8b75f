// Defines a ticket as a person writes it for `explain`, and its facts.
import { type Priority, readChannel, type Status, type TicketFacts, type TicketType } from '@deskwright/shared';
import { EMPTY_TICKET } from '../empty-ticket.ts';
import { readWords } from '../text/read-text.ts';

type CustomValue = TicketFacts['customFields'][string];

/**
 * A ticket of the REST API, with what the API only gives ids of by name, and with times counted back from the moment of deciding.
 * `deskwright explain --tickets` reads it.
 */
export interface ExampleTicket {
  readonly subject: string;
  readonly description: string;
  readonly comment?: string;
  readonly tags?: readonly string[];
  readonly status?: Status;
  readonly priority?: Priority;
  readonly type?: TicketType;
  readonly via?: { readonly channel: string };
  readonly requester?: { readonly name?: string; readonly email?: string };
  readonly group?: string;
  readonly assignee?: string;
  readonly organization?: string;
  readonly brand?: string;
  readonly form?: string;
  readonly language?: string;
  readonly created_hours_ago?: number;
  /** Null: the customer does not wait. Left out: a new or open ticket waits since it was made. */
  readonly waiting_hours?: number | null;
  readonly custom_fields?: ReadonlyArray<{ readonly id: string; readonly value: CustomValue }>;
}

const HOUR = 3_600_000;

/** @param now epoch milliseconds */
export function factsOfExample(ticket: ExampleTicket, now = 0): TicketFacts {
  const { status = 'new', created_hours_ago: age = 0, waiting_hours: waiting } = ticket;
  const createdAt = now - Math.round(age * HOUR);
  const isAnswered = status !== 'new' && status !== 'open';
  return {
    ...EMPTY_TICKET,
    now,
    ticketId: 1,
    ...readWords(ticket.subject, ticket.description, ticket.comment ?? null),
    tags: ticket.tags ?? [],
    status,
    priority: ticket.priority ?? null,
    type: ticket.type ?? null,
    via: ticket.via === undefined ? null : readChannel(ticket.via.channel),
    group: ticket.group ?? null,
    assignee: ticket.assignee ?? null,
    requester: ticket.requester?.name ?? null,
    requesterEmail: ticket.requester?.email ?? null,
    organization: ticket.organization ?? null,
    brand: ticket.brand ?? null,
    form: ticket.form ?? null,
    language: ticket.language ?? null,
    createdAt,
    waitingSince:
      waiting === undefined
        ? isAnswered
          ? null
          : createdAt
        : waiting === null
          ? null
          : now - Math.round(waiting * HOUR),
    customFields: Object.fromEntries((ticket.custom_fields ?? []).map(({ id, value }) => [id, value])),
  };
}
