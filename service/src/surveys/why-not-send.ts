// Decides whether a due survey may still be sent, and explains why one was not.
import { SURVEY_KINDS } from '@deskwright/shared';
import type { NotSurveyedReason } from '@deskwright/shared/contract';
import { isFinished, type tickets } from '../tickets/index.ts';
import { isTooLate } from './survey-policy.ts';
import type { invitations } from './tables.ts';

export type InvitationRow = typeof invitations.$inferSelect;
type TicketRow = Pick<typeof tickets.$inferSelect, 'status' | 'gone' | 'tags'>;

export interface SendCheck {
  invitation: Pick<InvitationRow, 'dueAt' | 'ticketId' | 'cause' | 'survey'>;
  /** From the projection; null when it is unknown there, or the survey is about no ticket. */
  ticket: TicketRow | null;
  /** The ticket is open only because a mail program answered. */
  solveStands?: boolean;
  /** Null: Zendesk has no such user. */
  requester: Requester | null;
  unsubscribed: boolean;
  configured: boolean;
  now: Date;
}

/** Checks everything that may have changed since the solve. Null: send it. */
export function whyNotSend(check: SendCheck): CancelReason | null {
  const { invitation, requester } = check;
  if (!check.configured) return 'survey_not_configured';
  const aboutTicket = invitation.ticketId === null ? null : whyTicketEnds(check);
  if (aboutTicket) return aboutTicket;
  if (!requester) return 'requester_unknown';
  const isAgent = requester.role !== 'end-user';
  if (isAgent !== (SURVEY_KINDS[invitation.survey].asks === 'agents')) {
    return isAgent ? 'requester_is_agent' : 'requester_is_customer';
  }
  if (requester.suspended) return 'requester_suspended';
  if (!requester.email) return 'no_email';
  if (check.unsubscribed) return 'unsubscribed';
  if (isTooLate(invitation.dueAt, check.now)) return 'too_late';
  return null;
}

function whyTicketEnds({ ticket, invitation, solveStands }: SendCheck): CancelReason | null {
  if (!ticket) return 'deleted';
  if (ticket.gone) return ticket.gone;
  if (ticket.tags.includes('closed_by_merge')) return 'closed_by_merge';
  const isAboutSolve = invitation.cause === 'solve';
  return isAboutSolve && !isFinished(ticket.status) && !solveStands ? 'reopened' : null;
}

/** Stored in `invitations.reason` of every invitation that is cancelled or dead-lettered. */
export type NotSentReason =
  | CancelReason
  | 'mail_in_doubt'
  | 'mail_message_refused'
  | 'mail_undeliverable'
  | ReminderReason
  | ReturnedReason;

/** Why a reminder was not sent, beside the reasons of a first mail. */
type ReminderReason = 'address_changed' | 'requester_changed' | 'link_expired';

/** Stored of a survey that was sent, when its mail came back. */
type ReturnedReason = 'bounced' | 'bounced_this_time' | 'complained';

/** Ends an invitation for good. */
export type CancelReason = NotSurveyedReason;

const SENTENCES: Record<NotSentReason, string> = {
  reopened: 'The ticket was reopened before the survey was due.',
  merged: 'The ticket was merged into another.',
  closed_by_merge: 'The ticket was closed by a merge.',
  spam: 'The ticket was marked as spam.',
  deleted: 'The ticket was deleted.',
  erased: 'The data of the ticket and its customer were erased.',
  requester_suspended: 'The requester is suspended.',
  requester_is_agent: 'The requester is an agent, not a customer.',
  requester_is_customer: 'The person is no agent, and this survey asks agents.',
  requester_unknown: 'The requester no longer exists in Zendesk.',
  no_email: 'The requester has no e-mail address.',
  unsubscribed:
    'The requester unsubscribed from surveys, or an earlier mail to the address came back for good or was marked as unwanted.',
  contacted_recently:
    'The requester was asked recently, by one of our surveys or by Zendesk’s own (`surveys.contact_at_most_every`).',
  new_customer: 'The customer is new in Zendesk (`surveys.rest_for_new_customers`).',
  same_address: 'Another user with the same address is asked.',
  over_quota: 'More people than the quota allows in this round (`surveys.nps.per_day`).',
  in_other_campaign: 'Another campaign of the same survey asks or asked them (`surveys.<survey>.every`).',
  too_few_for_anonymity: 'Fewer agents could be asked than answers are needed before anything is shown, so none was.',
  campaign_stopped: 'The campaign was stopped.',
  sampled_out: 'The customer is not in the sample (`surveys.<survey>.sample`).',
  outside_cohort:
    'The customer’s newest ticket does not meet the conditions, or there is none (`surveys.nps.conditions`).',
  brand_not_configured: 'The policy no longer lists the brand of the campaign (`surveys.brands`).',
  conditions_not_met: 'The ticket does not meet the conditions (`surveys.<survey>.conditions`).',
  follow_up: 'The ticket follows up an earlier answer of the customer.',
  too_late: 'The survey was due more than three days ago, which is too late to ask.',
  survey_not_configured: 'The policy does not configure this survey.',
  not_activated: 'Deskwright acts on new tickets or one group only, and this was not one of them.',
  mail_recipient_refused: 'The mail server refused the address.',
  mail_message_refused: 'The mail server refused the message.',
  mail_undeliverable: 'The mail server refused the mail or was unavailable for too long.',
  address_changed: 'The customer has another address than the first mail went to.',
  requester_changed: 'The ticket has another requester by now.',
  link_expired: 'The link of the survey had expired.',
  bounced: 'The mail came back: the address takes no mail. It is not written to again.',
  bounced_this_time: 'The mail came back, for a reason that may pass; the address is written to again.',
  complained: 'The customer marked the mail as unwanted. The address is not written to again.',
  mail_in_doubt:
    'The connection or the process ended while the mail was being handed over: it may have been sent. Search the mail log for its Message-ID before you retry.',
};

/** The reason as a sentence. */
export function explainNotSent(reason: NotSentReason): string {
  return SENTENCES[reason];
}

export interface Requester {
  id: number;
  name: string;
  email: string | null;
  role: 'end-user' | 'agent' | 'admin';
  suspended: boolean;
  /** As Zendesk writes it: `en-US`, `de`. */
  locale: string | null;
  /** IANA, as Zendesk shows it; null or left out: unknown. */
  timeZone?: string | null | undefined;
}
