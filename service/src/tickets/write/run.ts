// What the parts of one run of ticket changes share.
import type { Work } from '../../platform/outbox/work.ts';
import type { Zendesk } from '../../zendesk/zendesk.ts';
import type { TicketChangePayload } from './ticket-change.ts';

export interface TicketWriteDeps {
  zendesk: Pick<Zendesk, 'updateTicket' | 'updateTickets' | 'showJob' | 'listAuditMetadata' | 'me' | 'isEndpointDown'>;
  /** Reads the ticket anew and decides it again (the pipeline's): what a 409 calls for. */
  reread: (ticketId: number) => Promise<unknown>;
  /** `zendesk.writes_per_minute` of the policy in force. */
  writesPerMinute: () => number;
}

export interface TicketWriteLimits {
  /** Tickets due at once up to which each gets a PUT of its own: quicker than a job, and the answer brings the new stamp. */
  handful: number;
  /** Zendesk takes 100 tickets a job. */
  rowsPerJob: number;
  /** Zendesk runs 30 jobs an account; other integrations need some. */
  jobsInFlight: number;
  /** Retry of a ticket that we may not write: a person must act, and nothing is lost by waiting. */
  forbiddenMs: number;
  /** How often we ask whether Zendesk takes writes again, after an outage or a refused login. */
  probeMs: number;
  /** A job without an end after this long is given up; each of its tickets is looked up instead. */
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
  /** Ticket updates that we may make a minute, by the policy and by what the account allows. */
  writesPerMinute: number;
  /** Set when a failure of this run has stopped the writes of all. */
  stopped: boolean;
}

export const idsOf = (entries: readonly { id: number }[]): number[] => entries.map(({ id }) => id);
