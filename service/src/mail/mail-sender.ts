// Defines what the service needs from a mail server.

export interface Mail {
  to: { name: string; address: string };
  subject: string;
  html: string;
  text: string;
  /** With angle brackets. The same for every attempt of the same mail. */
  messageId: string;
  /** Where one POST ends such mails (RFC 8058). */
  unsubscribeUrl: string;
  /** BCP 47, for `Content-Language`. */
  language: string;
}

/** How handing over one mail ended. `answer` holds the server's words, safe to store (they may name the address). */
export type MailOutcome =
  | { outcome: 'accepted' }
  /** A 5xx for this address: it will never work. */
  | { outcome: 'recipient_refused'; answer: string }
  /** A 5xx for the message: somebody must look. */
  | { outcome: 'message_refused'; answer: string }
  /** Surely not accepted, and may be later. `server`: the next mail would fare no better. */
  | { outcome: 'try_later'; answer: string; server: boolean }
  /** The connection ended between the message and the server's word: accepted or not, nobody knows. */
  | { outcome: 'in_doubt'; answer: string };

export interface MailSender {
  /** Never throws for what a mail server does. */
  send(mail: Mail): Promise<MailOutcome>;
  close(): void;
}
