// Defines what the service needs from a mail server.
import type { MailServerProblem } from './explain-smtp-failure.ts';

export interface Mail {
  to: { name: string; address: string };
  /** In place of the sender of all mails; without an address, in place of its name only. Mails that cannot be delivered come back to the sender of all. */
  from?: { name: string; address?: string };
  replyTo?: string;
  subject: string;
  html: string;
  text: string;
  /** In angle brackets. The same for every attempt of the same mail. */
  messageId: string;
  /** The Message-ID of the mail that this one follows. */
  inReplyTo?: string;
  /** Where a single POST unsubscribes from such mails (RFC 8058). Left out: there is nothing to unsubscribe from. */
  unsubscribeUrl?: string;
  /** The address, with a subject, to which a mail unsubscribes as well: `mailto:surveys@example.com?subject=...` */
  unsubscribeMailto?: string;
  /** Of a mail that comes again and again: `weekly.reports.example.com` (RFC 2919). */
  listId?: string;
  /** BCP 47, for `Content-Language`. */
  language: string;
}

/** The outcome of handing over one mail. `answer` holds the server's words, safe to store (they may contain the address). */
export type MailOutcome =
  | { outcome: 'accepted' }
  /** A 5xx for this address: it will never be accepted. */
  | { outcome: 'recipient_refused'; answer: string }
  /** A 5xx for the message: an operator has to look at it. */
  | { outcome: 'message_refused'; answer: string }
  /** Certainly not accepted, but may be later. `server`: other mails would fail too; then `problem` says why. */
  | { outcome: 'try_later'; answer: string; server: boolean; problem?: MailServerProblem }
  /** The connection ended between the message and the server's answer: it is unknown whether the mail was accepted. */
  | { outcome: 'in_doubt'; answer: string };

export interface MailSender {
  /** Never throws for failures of the mail server. */
  send(mail: Mail): Promise<MailOutcome>;
  close(): void;
}

export interface MailServer extends MailSender {
  /** Null: the server can be reached and takes the login. Never throws. */
  verify(): Promise<MailServerProblem | null>;
}
