// Receives mail over SMTP and puts it into the mailbox.
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { listen } from '../listen.ts';
import type { Mail, Mailbox } from './mailbox.ts';

export interface SmtpCatcher {
  /** `smtp://host:port`. */
  url: string;
  port: number;
  stop(): Promise<void>;
}

const LARGEST_MAIL_BYTES = 10 * 1024 * 1024;

/**
 * Starts an SMTP server that accepts everything and delivers nothing onwards. No TLS and any login: it is for one machine.
 * A taken port moves up (see `listen`).
 */
export async function startSmtpCatcher(options: {
  mailbox: Mailbox;
  now: () => number;
  port: number;
  host: string;
}): Promise<SmtpCatcher> {
  const { mailbox, now, host } = options;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    size: LARGEST_MAIL_BYTES,
    rejectOversized: true,
    closeTimeout: 1_000,
    onAuth: (auth, _session, callback) => callback(null, { user: auth.username ?? 'anybody' }),
    onData(stream, session, callback) {
      void keep(stream, session, callback);
    },
  });
  async function keep(
    stream: SMTPServerDataStream,
    session: SMTPServerSession,
    done: (error?: Error) => void,
  ): Promise<void> {
    try {
      mailbox.add({ ...(await receive(stream, session)), receivedAt: now() });
      done();
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  }
  // A client that hangs up in the middle is its own problem, not a reason to end the server.
  server.on('error', () => undefined);
  const port = await listen(server.server, options.port, host);
  return {
    url: `smtp://${host}:${port}`,
    port,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function receive(
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
): Promise<Omit<Mail, 'id' | 'receivedAt'>> {
  const parsed: ParsedMail = await simpleParser(stream);
  const sender = session.envelope.mailFrom;
  return {
    from: parsed.from?.text ?? (sender === false ? '' : sender.address),
    to: session.envelope.rcptTo.map(({ address }) => address.toLowerCase()),
    subject: parsed.subject ?? '',
    html: typeof parsed.html === 'string' ? parsed.html : null,
    text: parsed.text ?? null,
    headers: parsed.headerLines.map(({ line }) => splitHeader(line)),
  };
}

function splitHeader(line: string): { name: string; value: string } {
  const colon = line.indexOf(':');
  return { name: line.slice(0, colon), value: line.slice(colon + 1).trim() };
}
