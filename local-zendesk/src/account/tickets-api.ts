// Declares the operations on tickets.
import type { Actor } from './actor.ts';
import type { Audit } from './audit.ts';
import type { TicketMetrics } from './metrics.ts';
import type { Result } from './result.ts';
import type { MergeInput, NewTicket, TicketPatch, TicketWrite } from './ticket-input.ts';
import type { Comment, Ticket } from './types.ts';

/** `updated_stamp` plus `safe_update` of the tags endpoint. */
export interface Stamp {
  safe_update?: boolean | undefined;
  updated_stamp?: string | undefined;
}

export interface Tickets {
  create: (input: NewTicket, by: Actor) => Result<TicketWrite>;
  /** Refusals: `not_found`, `stale`, `invalid` (closed tickets, required fields when solving, unknown ids). */
  update: (id: number, patch: TicketPatch, by: Actor) => Result<TicketWrite>;
  addTags: (id: number, tags: readonly string[], by: Actor, stamp?: Stamp) => Result<TicketWrite>;
  replaceTags: (id: number, tags: readonly string[], by: Actor, stamp?: Stamp) => Result<TicketWrite>;
  removeTags: (id: number, tags: readonly string[], by: Actor, stamp?: Stamp) => Result<TicketWrite>;
  /** The sources end closed and tagged `closed_by_merge`; both sides get their comment. */
  merge: (targetId: number, input: MergeInput, by: Actor) => Result<TicketWrite>;
  /** Runs all active automations on all tickets that are not closed, as Zendesk does once an hour. The tickets that changed. */
  runAutomations: () => readonly Ticket[];
  softDelete: (id: number, by: Actor) => Result<Ticket>;
  restore: (id: number, by: Actor) => Result<Ticket>;
  deletePermanently: (id: number, by: Actor) => Result<Ticket>;
  /** Soft-deletes the ticket and suspends its requester, as Zendesk does. */
  markAsSpam: (id: number, by: Actor) => Result<Ticket>;
  makeCommentPrivate: (id: number, commentId: number, by: Actor) => Result<Comment>;
  /** Removes the texts from the comment permanently; `invalid` if it contains none of them. */
  redactComment: (id: number, commentId: number, texts: readonly string[], by: Actor) => Result<Comment>;
  /** Live tickets only; deleted ones are found by `findDeleted`. */
  find: (id: number) => Ticket | undefined;
  findDeleted: (id: number) => Ticket | undefined;
  /** By id, without deleted ones. */
  list: () => readonly Ticket[];
  deleted: () => readonly Ticket[];
  count: () => number;
  /** Oldest first. */
  comments: (id: number) => readonly Comment[];
  /** Oldest first. */
  audits: (id: number) => readonly Audit[];
  metrics: (id: number) => TicketMetrics | undefined;
  incidents: (problemId: number) => readonly Ticket[];
}
