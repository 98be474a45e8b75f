// Lists the reasons for not sending a survey.

/** Stored in `invitations.reason` of every invitation that is cancelled or dead-lettered. */
export type NotSentReason = CancelReason | 'mail_in_doubt' | 'mail_message_refused' | 'mail_undeliverable';

/** Ends an invitation for good. */
export type CancelReason =
  | 'reopened'
  | 'merged'
  | 'closed_by_merge'
  | 'spam'
  | 'deleted'
  | 'erased'
  | 'requester_suspended'
  | 'requester_is_agent'
  | 'requester_unknown'
  | 'no_email'
  | 'unsubscribed'
  | 'contacted_recently'
  | 'sampled_out'
  | 'too_late'
  | 'survey_not_configured'
  | 'mail_recipient_refused';

const SENTENCES: Record<NotSentReason, string> = {
  reopened: 'The ticket was reopened before the survey was due.',
  merged: 'The ticket was merged into another.',
  closed_by_merge: 'The ticket was closed by a merge.',
  spam: 'The ticket was marked as spam.',
  deleted: 'The ticket was deleted.',
  erased: 'The data of the ticket and its customer were erased.',
  requester_suspended: 'The requester is suspended.',
  requester_is_agent: 'The requester is an agent, not a customer.',
  requester_unknown: 'The requester no longer exists in Zendesk.',
  no_email: 'The requester has no e-mail address.',
  unsubscribed: 'The requester unsubscribed from surveys.',
  contacted_recently: 'The requester was asked recently (`surveys.contact_at_most_every`).',
  sampled_out: 'The ticket is not in the sample (`surveys.<survey>.sample`).',
  too_late: 'The survey was due more than three days ago, which is too late to ask.',
  survey_not_configured: 'The policy does not configure this survey.',
  mail_recipient_refused: 'The mail server refused the address.',
  mail_message_refused: 'The mail server refused the message.',
  mail_undeliverable: 'The mail server refused the mail or was unavailable for too long.',
  mail_in_doubt:
    'The connection or the process ended while the mail was being handed over: it may have been sent. Search the mail log for its Message-ID before you retry.',
};

/** The reason as a sentence. */
export function explainNotSent(reason: NotSentReason): string {
  return SENTENCES[reason];
}
