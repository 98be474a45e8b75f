// Sends mails through an SMTP server.
import type { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import addressparser from 'nodemailer/lib/addressparser/index.js';
import { explainSmtpFailure, type MailServerProblem, type SmtpFailure } from './explain-smtp-failure.ts';
import type { Mail, MailOutcome, MailServer } from './mail-sender.ts';

interface SmtpOptions {
  /** `SMTP_URL`: `smtp://user:password@host:587`, `smtps://host`. */
  url: string;
  /** `MAIL_FROM`: `Northwind Outdoor <support@northwind.test>`. */
  from: string;
  /** Concurrent connections. */
  connections?: number | undefined;
  /** Time-out for a silent server, in milliseconds. */
  timeoutMs?: number | undefined;
}

/** A pool of SMTP connections, opened as needed and closed when idle. */
export function createSmtpMailSender(options: SmtpOptions): MailServer {
  const timeout = options.timeoutMs ?? 30_000;
  const transport = createTransport(
    {
      pool: true,
      url: options.url,
      maxConnections: options.connections ?? 4,
      // The pool would resend a mail by itself when its connection closes. We decide whether that is safe.
      maxRequeues: 0,
      idleTimeout: 20_000,
      connectionTimeout: timeout,
      greetingTimeout: timeout,
      socketTimeout: timeout,
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from: options.from },
  );
  const server = serverOf(options.url);
  const streams = new Map<string, Readable>();
  // The documented plugin step before the transport; it shows whether the message was read, that is, partly sent.
  transport.use('stream', (mail, done) => {
    const { message } = mail;
    const create = message.createReadStream.bind(message);
    const messageId = String(mail.data.messageId);
    message.createReadStream = (settings) => {
      const stream = create(settings);
      streams.set(messageId, stream);
      return stream;
    };
    done();
  });

  async function send(mail: Mail): Promise<MailOutcome> {
    try {
      await transport.sendMail({ ...envelopeOf(mail), ...senderOf(mail, options.from) });
      return { outcome: 'accepted' };
    } catch (error) {
      const messageRead = streams.get(mail.messageId)?.readableDidRead ?? false;
      const failure = error as SmtpFailure;
      const outcome = readSmtpFailure(failure, messageRead);
      return outcome.outcome === 'try_later' && outcome.server
        ? { ...outcome, problem: explainSmtpFailure(failure, server) }
        : outcome;
    } finally {
      streams.delete(mail.messageId);
    }
  }

  /** Connects, encrypts and logs in, and sends nothing. Whether `MAIL_FROM` may send shows only with a mail. */
  async function verify(): Promise<MailServerProblem | null> {
    try {
      await transport.verify();
      return null;
    } catch (error) {
      return explainSmtpFailure(error as SmtpFailure, server);
    }
  }
  return { send, verify, close: () => transport.close() };
}

/** Nodemailer's default ports (RFC 8314 for 465). */
function serverOf(url: string): { address: string; isSmtps: boolean } {
  const { hostname, port, protocol } = new URL(url);
  const isSmtps = protocol === 'smtps:' || port === '465';
  return { address: `${hostname}:${port || (isSmtps ? 465 : 587)}`, isSmtps };
}

/** A server that refuses the sender would refuse all mails; so the sender it is told of stays the same, and only the header differs. */
function senderOf({ from, replyTo, to }: Mail, ofAll: string) {
  if (from === undefined) return {};
  const address = from.address ?? addressparser(ofAll, { flatten: true })[0]?.address ?? ofAll;
  return {
    from: { name: from.name, address },
    envelope: { from: ofAll, to },
    ...(replyTo !== undefined && { replyTo }),
  };
}

function envelopeOf(mail: Mail) {
  return {
    to: mail.to,
    subject: mail.subject,
    html: mail.html,
    text: mail.text,
    messageId: mail.messageId,
    ...(mail.inReplyTo !== undefined && { inReplyTo: mail.inReplyTo, references: mail.inReplyTo }),
    ...(mail.unsubscribeUrl !== undefined && {
      list: { unsubscribe: [[mail.unsubscribeUrl, ...(mail.unsubscribeMailto ? [mail.unsubscribeMailto] : [])]] },
    }),
    headers: {
      ...(mail.unsubscribeUrl !== undefined && { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
      ...(mail.listId !== undefined && { 'List-Id': `<${mail.listId}>` }),
      // RFC 3834, and Exchange's header for the same: no automatic replies. `All` would keep bounces (NDR) back too (MS-OXCMAIL 2.1.3.2.20).
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'OOF, AutoReply, RN, NRN, DR',
      'Content-Language': mail.language,
    },
  };
}

/**
 * `messageRead`: whether nodemailer had started to read the message, which it does only after the server's 354. Before that
 * nothing can have been accepted; after it, only the server's answer to DATA decides (RFC 5321, 3.3; 421 may replace any
 * answer, 3.8).
 * @internal
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
function isAboutServer({ command, code, responseCode, message }: SmtpFailure): boolean {
  if (responseCode === 421 || message.startsWith('Invalid sender')) return true;
  if (command === 'RCPT TO' || command === 'DATA' || command === 'API') return false;
  return command !== undefined || ['ECONNECTION', 'ESOCKET', 'ETIMEDOUT', 'EDNS'].includes(code ?? '');
}
