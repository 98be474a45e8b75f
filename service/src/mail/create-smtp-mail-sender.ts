// Sends mails through an SMTP server.
import type { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import type { Mail, MailOutcome, MailSender } from './mail-sender.ts';
import { readSmtpFailure, type SmtpFailure } from './read-smtp-failure.ts';

export interface SmtpOptions {
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
export function createSmtpMailSender(options: SmtpOptions): MailSender {
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
      await transport.sendMail(envelopeOf(mail));
      return { outcome: 'accepted' };
    } catch (error) {
      const messageRead = streams.get(mail.messageId)?.readableDidRead ?? false;
      return readSmtpFailure(error as SmtpFailure, messageRead);
    } finally {
      streams.delete(mail.messageId);
    }
  }
  return { send, close: () => transport.close() };
}

function envelopeOf(mail: Mail) {
  return {
    to: mail.to,
    subject: mail.subject,
    html: mail.html,
    text: mail.text,
    messageId: mail.messageId,
    list: { unsubscribe: mail.unsubscribeUrl },
    headers: {
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      // RFC 3834, and Exchange's header for the same: no automatic replies.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': mail.language,
    },
  };
}
