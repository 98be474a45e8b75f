// Runs a real mail server for tests that can be made to fail.
import { type AddressInfo, Socket } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

type Mode =
  | 'accepts'
  /** 550 at RCPT. */
  | 'refuses_recipient'
  /** 450 at RCPT. */
  | 'greylists'
  /** 554 after the message. */
  | 'refuses_content'
  /** Accepts the message and closes the connection without an answer. */
  | 'disconnects_after_message'
  /** Closes the connection at MAIL FROM. */
  | 'disconnects_before_message';

export interface SmtpCatcher {
  url: string;
  mails: ParsedMail[];
  /** To whom each mail would come back, as the server was told (`MAIL FROM`). */
  senders: string[];
  setMode: (mode: Mode) => void;
  /** Resolves when `count` mails have arrived; throws after ten seconds. */
  waitFor: (count: number) => Promise<void>;
  stop: () => Promise<void>;
}

const refusal = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode });

/** @param at port; 0: a free one */
export async function startSmtpCatcher(at = 0): Promise<SmtpCatcher> {
  const mails: ParsedMail[] = [];
  const senders: string[] = [];
  const sockets = new Set<Socket>();
  let mode: Mode = 'accepts';
  const disconnect = () => {
    for (const socket of sockets) socket.destroy();
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onMailFrom(_address, _session, callback) {
      if (mode === 'disconnects_before_message') return disconnect();
      callback();
    },
    onRcptTo(_address, _session, callback) {
      if (mode === 'refuses_recipient') return callback(refusal(550, 'No such user'));
      if (mode === 'greylists') return callback(refusal(450, 'Come back later'));
      callback();
    },
    async onData(stream, session, callback) {
      const mail = await simpleParser(stream).catch(() => null); // Null: the sender disconnected midway.
      if (!mail) return callback(refusal(451, 'Incomplete'));
      if (mode === 'refuses_content') return callback(refusal(554, 'Looks like spam'));
      mails.push(mail);
      senders.push(session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address);
      if (mode === 'disconnects_after_message') return disconnect();
      callback();
    },
  });
  server.server.on('connection', (socket: unknown) => {
    if (!(socket instanceof Socket)) return;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('error', () => undefined); // Connections that a test closed.
  await new Promise<void>((resolve) => server.listen(at, '127.0.0.1', () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    senders,
    setMode: (next) => {
      mode = next;
    },
    waitFor: async (count) => {
      const deadline = Date.now() + 120_000;
      while (mails.length < count) {
        if (Date.now() > deadline) throw new Error(`expected ${count} mails, received ${mails.length}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    stop: () =>
      new Promise((resolve) => {
        disconnect();
        server.close(() => resolve());
      }),
  };
}
