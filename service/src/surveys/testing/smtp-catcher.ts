// Runs a real mail server for tests, which can be told to fail.
import { type AddressInfo, Socket } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

type Mood =
  | 'kind'
  /** 550 at RCPT. */
  | 'knows_nobody'
  /** 450 at RCPT. */
  | 'greylists'
  /** 554 after the message. */
  | 'dislikes_content'
  /** Takes the message and hangs up without a word. */
  | 'hangs_up_after_message'
  /** Hangs up at MAIL FROM. */
  | 'hangs_up_before_message';

export interface SmtpCatcher {
  url: string;
  mails: ParsedMail[];
  setMood: (mood: Mood) => void;
  /** Resolves once `count` mails are there; throws after ten seconds. */
  waitFor: (count: number) => Promise<void>;
  stop: () => Promise<void>;
}

const refusal = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode });

export async function startSmtpCatcher(): Promise<SmtpCatcher> {
  const mails: ParsedMail[] = [];
  const sockets = new Set<Socket>();
  let mood: Mood = 'kind';
  const hangUp = () => {
    for (const socket of sockets) socket.destroy();
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onMailFrom(_address, _session, callback) {
      if (mood === 'hangs_up_before_message') return hangUp();
      callback();
    },
    onRcptTo(_address, _session, callback) {
      if (mood === 'knows_nobody') return callback(refusal(550, 'No such user'));
      if (mood === 'greylists') return callback(refusal(450, 'Come back later'));
      callback();
    },
    async onData(stream, _session, callback) {
      const mail = await simpleParser(stream).catch(() => null); // Null: the sender died in the middle.
      if (!mail) return callback(refusal(451, 'Incomplete'));
      if (mood === 'dislikes_content') return callback(refusal(554, 'Looks like spam'));
      mails.push(mail);
      if (mood === 'hangs_up_after_message') return hangUp();
      callback();
    },
  });
  server.server.on('connection', (socket: unknown) => {
    if (!(socket instanceof Socket)) return;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('error', () => undefined); // Ends of connections that a test cut.
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    setMood: (next) => {
      mood = next;
    },
    waitFor: async (count) => {
      const deadline = Date.now() + 120_000;
      while (mails.length < count) {
        if (Date.now() > deadline) throw new Error(`waited for ${count} mails, saw ${mails.length}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    stop: () =>
      new Promise((resolve) => {
        hangUp();
        server.close(() => resolve());
      }),
  };
}
