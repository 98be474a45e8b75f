// Declares what the parts of one run of ticket changes share.
import type { Work } from '../../platform/outbox/work.ts';
import type { TicketWrite, Zendesk } from '../../zendesk/zendesk.ts';
import type { TicketHook } from '../hooks.ts';
import { type ChangeEntry, type ClaimedChange, type TicketChangePayload, ticketOf } from './ticket-change.ts';

export interface TicketWriteDeps {
  zendesk: Pick<Zendesk, 'updateTicket' | 'updateTickets' | 'showJob' | 'listAuditMetadata' | 'me' | 'isEndpointDown'>;
  /** Reads the ticket again and decides it (provided by the pipeline), as a 409 requires. */
  reread: (ticketId: number) => Promise<unknown>;
  /** `zendesk.writes_per_minute` of the policy in force. */
  writesPerMinute: () => number;
  /** Features that record what a write has changed. */
  hooks?: readonly Pick<TicketHook, 'onRecord'>[];
}

export interface TicketWriteLimits {
  /** Up to this many due tickets each get their own PUT: faster than a job, and the answer has the new timestamp. */
  handful: number;
  /** Zendesk accepts 100 tickets per job. */
  rowsPerJob: number;
  /** Zendesk runs 30 jobs per account; other integrations need some. */
  jobsInFlight: number;
  /** Retry interval for a ticket that we may not write: a person must act, and waiting loses nothing. */
  forbiddenMs: number;
  /** How often to check whether Zendesk accepts writes again, after an outage or a refused login. */
  probeMs: number;
  /** A job that has not ended after this long is abandoned; each of its tickets is looked up instead. */
  jobMs: number;
}

export const TICKET_WRITE_LIMITS: TicketWriteLimits = {
  handful: 5,
  rowsPerJob: 100,
  jobsInFlight: 5,
  forbiddenMs: 300_000,
  probeMs: 5_000,
  jobMs: 600_000,
};

export interface Run {
  deps: TicketWriteDeps;
  work: Work<TicketChangePayload>;
  limits: TicketWriteLimits;
  /** Ticket updates that we may make per minute, by the policy and the account's limit. */
  writesPerMinute: number;
  /** Set when a failure in this run has paused all writes. */
  stopped: boolean;
}

export const idsOf = (entries: readonly { id: number }[]): number[] => entries.map(({ id }) => id);

type Marked = Pick<ChangeEntry, 'id' | 'createdAt'>;

/** Id and creation time, so that a service with a new database does not mistake old audits for its own. */
const markOf = ({ id, createdAt }: Marked): string => `${id}-${createdAt.getTime().toString(36)}`;

/** What goes into the write's `metadata`; Zendesk keeps it in the audit. */
export function markWrite(entries: readonly Marked[]): NonNullable<TicketWrite['metadata']> {
  return { deskwright_effects: entries.map(markOf).join(' ') };
}

/** Whether one of the audits (their `metadata.custom`) came from a write that carried this entry. */
function isWritten(entry: Marked, audits: readonly { custom: Record<string, unknown> }[]): boolean {
  const mark = markOf(entry);
  return audits.some(({ custom: { deskwright_effects: marks } }) =>
    typeof marks === 'string' ? marks.split(' ').includes(mark) : false,
  );
}

/**
 * Looks for the markers of our writes in the ticket's audits: entries found there are done. Returns those still to be written. Throws
 * `ZendeskError` when the audits cannot be read.
 */
export async function settleDoubt(
  { deps, work }: Run,
  entries: readonly ClaimedChange[],
): Promise<readonly ClaimedChange[]> {
  if (entries.length === 0) return [];
  const audits = await deps.zendesk.listAuditMetadata(ticketOf(entries));
  const written = entries.filter((entry) => isWritten(entry, audits));
  await work.performed(written);
  return entries.filter((entry) => !written.includes(entry));
}
