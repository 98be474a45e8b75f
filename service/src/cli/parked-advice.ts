// What should a person do about something that was set aside?
import type { NotSentReason } from '../surveys/not-sent-reason.ts';

export function adviseOnEvent(): string {
  return 'Mend what the reason names, then replay it. The ticket itself is also brought by the next repair from the export.';
}

/** `reason`: what Zendesk said. */
export function adviseOnWish(reason: string): string {
  if (/closed/.test(reason))
    return 'A closed ticket takes no changes. Nothing to do; replay it only if the ticket was reopened.';
  if (/ 404 /.test(`${reason} `)) return 'The ticket is gone (deleted or merged). Nothing to do.';
  if (/ 422 /.test(`${reason} `))
    return 'Zendesk refuses the change: mend the field it names (in Zendesk or in the policy), then replay it.';
  return 'Zendesk did not take it for a long time. See /readyz and the log, then replay it: nothing is written twice.';
}

export function adviseOnSurvey(reason: NotSentReason): string {
  switch (reason) {
    case 'mail_in_doubt':
      return 'Look the mail up in the log of your mail server. Replay it only if it was not sent.';
    case 'mail_message_refused':
      return 'Mend what the mail server names (often MAIL_FROM or its rules for senders), then replay it.';
    case 'mail_undeliverable':
      return 'See whether SMTP_URL is right and the mail server answers, then replay it.';
    default:
      return 'Replay it when the reason no longer holds.';
  }
}

/** A ticket is read again when replayed; a record of a list with the next reading of the list. */
export function adviseOnRecord(isOfTicket: boolean): string {
  return isOfTicket
    ? 'Look at the ticket in Zendesk; when what is named here has changed, or with a newer version, replay it. A change of the ticket brings it by itself.'
    : 'Look at it in Zendesk and mend what is named here. The next reading of its list (within the hour) takes it in by itself.';
}
