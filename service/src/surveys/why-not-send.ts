// Decides whether a due survey may still be sent, and if not, why.

import type { tickets } from '../tickets/index.ts';
import { isTooLate } from './is-too-late.ts';
import type { CancelReason } from './not-sent-reason.ts';
import type { Requester } from './requester.ts';
import type { invitations } from './tables.ts';

export type InvitationRow = typeof invitations.$inferSelect;
type TicketRow = Pick<typeof tickets.$inferSelect, 'status' | 'gone' | 'tags'>;

export interface SendCheck {
  invitation: Pick<InvitationRow, 'dueAt'>;
  /** From the projection; null when it is unknown there. */
  ticket: TicketRow | null;
  /** Null: Zendesk has no such user. */
  requester: Requester | null;
  unsubscribed: boolean;
  configured: boolean;
  now: Date;
}

/** Checks everything that may have changed since the solve. Null: send it. */
export function whyNotSend(check: SendCheck): CancelReason | null {
  const { ticket, requester } = check;
  if (!check.configured) return 'survey_not_configured';
  if (!ticket) return 'deleted';
  if (ticket.gone) return ticket.gone;
  if (ticket.tags.includes('closed_by_merge')) return 'closed_by_merge';
  if (ticket.status !== 'solved' && ticket.status !== 'closed') return 'reopened';
  if (!requester) return 'requester_unknown';
  if (requester.role !== 'end-user') return 'requester_is_agent';
  if (requester.suspended) return 'requester_suspended';
  if (!requester.email) return 'no_email';
  if (check.unsubscribed) return 'unsubscribed';
  if (isTooLate(check.invitation.dueAt, check.now)) return 'too_late';
  return null;
}
