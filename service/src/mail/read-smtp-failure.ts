// Classifies why a mail was not sent.
import type { MailOutcome } from './mail-sender.ts';

/** The fields of nodemailer's errors that are read. */
export interface SmtpFailure {
  message: string;
  code?: string | undefined;
  /** `CONN`, `AUTH LOGIN`, `MAIL FROM`, `RCPT TO`, `DATA`, ..., or `API` when nodemailer itself refused. */
  command?: string | undefined;
  response?: string | undefined;
  responseCode?: number | undefined;
}

/**
 * `messageRead`: whether nodemailer had started to read the message, which it does only after the server's 354. Before that
 * nothing can have been accepted; after it, only the server's answer to DATA decides (RFC 5321, 3.3; 421 may replace any
 * answer, 3.8).
 */
export function readSmtpFailure(
  failure: SmtpFailure,
  messageRead: boolean,
): Exclude<MailOutcome, { outcome: 'accepted' }> {
  const answer = (failure.response ?? `${failure.code ?? 'error'}: ${failure.message}`).slice(0, 500);
  const { responseCode: reply, command } = failure;
  if (messageRead && command !== 'DATA' && reply !== 421) return { outcome: 'in_doubt', answer };
  // 503, "bad sequence of commands", is about the session, not about the mail.
  const forGood = reply !== undefined && reply >= 500 && reply < 600 && reply !== 503;
  if (command === 'RCPT TO' && forGood) return { outcome: 'recipient_refused', answer };
  if (command === 'DATA' && forGood) return { outcome: 'message_refused', answer };
  if (command === 'API' && failure.message.startsWith('Invalid recipient')) {
    return { outcome: 'recipient_refused', answer };
  }
  return { outcome: 'try_later', answer, server: isAboutServer(failure) };
}

/** A refused connection, greeting, login or sender concerns our configuration: every mail fails until it is fixed. */
function isAboutServer({ command, code, responseCode }: SmtpFailure): boolean {
  if (responseCode === 421) return true;
  if (command === 'RCPT TO' || command === 'DATA' || command === 'API') return false;
  return command !== undefined || ['ECONNECTION', 'ESOCKET', 'ETIMEDOUT', 'EDNS'].includes(code ?? '');
}
