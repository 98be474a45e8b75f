// Updates a ticket's metrics after a change.

import type { TicketMetrics, TwoClocks } from '../metrics.ts';
import type { Status } from '../types.ts';
import { isoSeconds } from '../values.ts';
import type { Draft } from './draft.ts';
import type { TicketDeps } from './ticket-deps.ts';

const both = (value: number | null): TwoClocks => ({ calendar: value, business: value });
const add = (clock: TwoClocks, minutes: number): TwoClocks => both((clock.calendar ?? 0) + minutes);
const seconds = (from: string, to: number): number => Math.max(0, Math.floor((to - Date.parse(from)) / 1000));
const minutes = (from: string, to: number): number => Math.floor(seconds(from, to) / 60);

export function blankMetrics(id: number, ticketId: number, at: string): TicketMetrics {
  const none = both(null);
  return {
    id,
    ticket_id: ticketId,
    created_at: at,
    updated_at: at,
    group_stations: 0,
    assignee_stations: 0,
    reopens: 0,
    replies: 0,
    assignee_updated_at: null,
    requester_updated_at: at,
    status_updated_at: at,
    custom_status_updated_at: at,
    initially_assigned_at: null,
    assigned_at: null,
    solved_at: null,
    latest_comment_added_at: at,
    reply_time_in_minutes: none,
    reply_time_in_seconds: none,
    first_resolution_time_in_minutes: none,
    full_resolution_time_in_minutes: none,
    agent_wait_time_in_minutes: none,
    requester_wait_time_in_minutes: none,
    on_hold_time_in_minutes: none,
  };
}

const isDone = (status: Status | undefined): boolean => status === 'solved' || status === 'closed';

/** Requesters wait for us while new, open or on hold; agents wait for them while pending. */
function trackStatus(metrics: TicketMetrics, draft: Draft, at: string): Partial<TicketMetrics> {
  const { before, ticket } = draft;
  if (before === null || before.status === ticket.status) return isDone(ticket.status) ? { solved_at: at } : {};
  const spent = minutes(metrics.status_updated_at, draft.at);
  const changes: Partial<TicketMetrics> = { status_updated_at: at };
  const customerWaited = before.status === 'new' || before.status === 'open' || before.status === 'hold';
  if (customerWaited) changes.requester_wait_time_in_minutes = add(metrics.requester_wait_time_in_minutes, spent);
  if (before.status === 'hold') changes.on_hold_time_in_minutes = add(metrics.on_hold_time_in_minutes, spent);
  if (before.status === 'pending') changes.agent_wait_time_in_minutes = add(metrics.agent_wait_time_in_minutes, spent);
  if (isDone(ticket.status) && !isDone(before.status)) {
    const whole = both(minutes(ticket.created_at, draft.at));
    changes.solved_at = at;
    changes.full_resolution_time_in_minutes = whole;
    if (metrics.first_resolution_time_in_minutes.calendar === null) changes.first_resolution_time_in_minutes = whole;
  }
  if (isDone(before.status) && !isDone(ticket.status)) {
    changes.reopens = metrics.reopens + 1;
    changes.solved_at = null;
  }
  return changes;
}

function trackComments(deps: TicketDeps, metrics: TicketMetrics, draft: Draft, at: string): Partial<TicketMetrics> {
  if (draft.comments.length === 0) return {};
  const changes: Partial<TicketMetrics> = { latest_comment_added_at: at };
  const replies = draft.comments.filter(
    (comment) => comment.public && draft.before !== null && deps.users.find(comment.author_id)?.role !== 'end-user',
  ).length;
  if (replies > 0) {
    changes.replies = metrics.replies + replies;
    if (metrics.replies === 0) {
      changes.reply_time_in_minutes = both(minutes(draft.ticket.created_at, draft.at));
      changes.reply_time_in_seconds = both(seconds(draft.ticket.created_at, draft.at));
    }
  }
  return changes;
}

function trackRouting(metrics: TicketMetrics, draft: Draft, at: string): Partial<TicketMetrics> {
  const { before, ticket } = draft;
  const changes: Partial<TicketMetrics> = {};
  if (ticket.group_id !== null && ticket.group_id !== (before?.group_id ?? null)) {
    changes.group_stations = metrics.group_stations + 1;
  }
  if (ticket.assignee_id !== null && ticket.assignee_id !== (before?.assignee_id ?? null)) {
    changes.assignee_stations = metrics.assignee_stations + 1;
    changes.assigned_at = at;
    changes.initially_assigned_at = metrics.initially_assigned_at ?? at;
  }
  return changes;
}

export function trackMetrics(deps: TicketDeps, metrics: TicketMetrics, draft: Draft): TicketMetrics {
  const at = isoSeconds(draft.at);
  const { ticket, before } = draft;
  return {
    ...metrics,
    updated_at: at,
    ...trackStatus(metrics, draft, at),
    ...trackComments(deps, metrics, draft, at),
    ...trackRouting(metrics, draft, at),
    ...(before?.custom_status_id !== ticket.custom_status_id && { custom_status_updated_at: at }),
    ...(draft.actorId === ticket.requester_id && { requester_updated_at: at }),
    ...(draft.actorId === ticket.assignee_id && { assignee_updated_at: at }),
  };
}
