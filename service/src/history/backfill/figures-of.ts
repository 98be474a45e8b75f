// Reads Zendesk's own measures from a ticket of the export.
import { categoriesOf, isFinished, readStatus, tiersOf } from '../../tickets/index.ts';
import type { ZendeskMetricSet, ZendeskTicket } from '../../zendesk/zendesk.ts';
import type { zendeskFigures } from '../tables.ts';

export type NewFigures = typeof zendeskFigures.$inferInsert;

const NOTHING = { calendar: null, business: null };

/**
 * Null: the ticket is deleted or spam, which the export shows as deleted. Archived tickets may have no metric set: they arrived, and nothing more is known.
 * A merged ticket was answered, but the merge solved nothing.
 */
export function figuresOf(
  ticket: ZendeskTicket,
  set: Partial<ZendeskMetricSet> | undefined,
  readAt: Date,
): NewFigures | null {
  if (ticket.status === 'deleted' || ticket.status === 'scrubbed') return null;
  const isMerged = ticket.tags.includes('closed_by_merge');
  const isSolved = isFinished(readStatus(ticket.status)) && !isMerged;
  const { reply_time_in_minutes: reply = NOTHING, requester_wait_time_in_minutes: wait = NOTHING } = set ?? {};
  const { first_resolution_time_in_minutes: first = NOTHING, full_resolution_time_in_minutes: full = NOTHING } =
    set ?? {};
  const [resolved, solved, waited] = [isMerged ? NOTHING : first, isSolved ? full : NOTHING, isSolved ? wait : NOTHING];
  return {
    ticketId: ticket.id,
    createdAt: new Date(ticket.created_at),
    solvedAt: isSolved && set?.solved_at ? new Date(set.solved_at) : null,
    channel: ticket.via?.channel ?? null,
    category: onlyOne(categoriesOf(ticket.tags)),
    tier: onlyOne(tiersOf(ticket.tags)),
    groupId: ticket.group_id,
    assigneeId: ticket.assignee_id,
    firstReply: reply.calendar,
    firstReplyBusiness: reply.business,
    firstResolution: resolved.calendar,
    firstResolutionBusiness: resolved.business,
    fullResolution: solved.calendar,
    fullResolutionBusiness: solved.business,
    requesterWait: waited.calendar,
    requesterWaitBusiness: waited.business,
    replies: set?.replies ?? 0,
    reopens: isMerged ? 0 : (set?.reopens ?? 0),
    readAt,
  };
}

/** A ticket with tags of two categories has none that could be relied on. */
const onlyOne = (ids: readonly string[]): string | null => (ids.length === 1 ? (ids[0] ?? null) : null);
