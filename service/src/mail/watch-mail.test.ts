import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { createMetrics } from '../platform/metrics/create-metrics.ts';
import { until } from '../platform/testing/until.ts';
import { createSmtpMailSender } from './create-smtp-mail-sender.ts';
import type { Mail } from './mail-sender.ts';
import { readMailStatus } from './mail-status.ts';
import { SELF_SIGNED } from './testing/self-signed.ts';
import { watchMail } from './watch-mail.ts';

let database: TestDatabase;
let cleanUp: (() => unknown)[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => database.clear());
afterEach(async () => {
  for (const work of cleanUp) await work();
  cleanUp = [];
});
afterAll(() => database.drop());

const MAIL: Mail = {
  to: { name: 'Ana', address: 'ana@customer.test' },
  subject: 'How did we do?',
  html: '<p>Hello</p>',
  text: 'Hello',
  messageId: '<survey.1@northwind.test>',
  unsubscribeUrl: 'https://surveys.northwind.test/u/token',
  language: 'en',
};

/** A mail server on `port`, or a free one. */
async function aServer(options: SMTPServerOptions = {}, port = 0): Promise<number> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => {
      stream.resume().once('end', () => done());
    },
    ...options,
  });
  server.on('error', () => undefined); // Connections that the client closed.
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
  cleanUp.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return (server.server.address() as AddressInfo).port;
}

/** Answers each connection with `greeting`; null: says nothing. */
async function aPort(greeting: string | null): Promise<number> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    if (greeting !== null) socket.end(greeting);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  cleanUp.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return (server.address() as AddressInfo).port;
}

async function closedPort(): Promise<number> {
  const port = await aPort(null);
  await cleanUp.pop()?.();
  return port;
}

function watch(url: string | null, { isNeeded = true, timeoutMs = 120_000 } = {}) {
  let now = Date.parse('2026-11-29T10:00:00Z');
  const lines: { level: string; fields: Record<string, unknown>; message: string }[] = [];
  const log = (level: string) => (fields: object, message: string) =>
    void lines.push({ level, fields: fields as Record<string, unknown>, message });
  const logger = { info: log('info'), warn: log('warn') };
  const metrics = createMetrics({ db: database.db, logger: logger as never });
  const server = url === null ? null : createSmtpMailSender({ url, from: 'support@northwind.test', timeoutMs });
  cleanUp.unshift(() => server?.close());
  const mail = watchMail({
    db: database.db,
    server,
    isNeeded: () => isNeeded,
    metrics,
    clock: () => now,
    logger: logger as never,
  });
  return {
    mail,
    lines,
    pass: (ms: number) => (now += ms),
    metric: async (name: string) =>
      (await metrics.registry.metrics()).split('\n').filter((line) => line.startsWith(name)),
  };
}

/** The test of a server that says nothing waits for the time-out. */
const isSilent = (cause: RegExp) => cause.source.startsWith('does not answer');

const CAN = 'deskwright_mail_can_be_sent';

test.each<[string, string, () => Promise<string>, RegExp]>([
  [
    'a closed port',
    'connection',
    async () => `smtp://127.0.0.1:${await closedPort()}`,
    /^127\.0\.0\.1:\d+ \(SMTP_URL\) refuses the connection \(nothing listens/,
  ],
  [
    'an unknown host',
    'name',
    async () => 'smtp://nowhere.invalid:587',
    /^the host of SMTP_URL \(nowhere\.invalid:587\) is not known/,
  ],
  [
    'a port that says nothing',
    'connection',
    async () => `smtp://127.0.0.1:${await aPort(null)}`,
    /does not answer; if it expects TLS from the start.*smtps:\/\//,
  ],
  [
    'a certificate that nobody signed',
    'tls',
    async () => `smtps://127.0.0.1:${await aServer({ secure: true, ...SELF_SIGNED })}`,
    /no encrypted connection.*self-signed certificate.*NODE_EXTRA_CA_CERTS/,
  ],
  [
    'such a certificate after STARTTLS',
    'tls',
    async () => `smtp://127.0.0.1:${await aServer({ disabledCommands: [], ...SELF_SIGNED })}`,
    /no encrypted connection.*self-signed certificate/,
  ],
  [
    'TLS to a server without it',
    'tls',
    async () => `smtps://127.0.0.1:${await aServer()}`,
    /no encrypted connection.*write smtp:\/\/ in place of smtps/,
  ],
  [
    'a refused login',
    'login',
    async () =>
      `smtp://support:s3cret@127.0.0.1:${await aServer({ onAuth: (_auth, _session, done) => done(Object.assign(new Error('Authentication failed'), { responseCode: 535 })) })}`,
    /refuses the user or password of SMTP_URL.*535/,
  ],
  [
    'a server that is overloaded',
    'server',
    async () => `smtp://127.0.0.1:${await aPort('421 4.3.2 Try again later\r\n')}`,
    /takes no mail.*421/,
  ],
  [
    'a server that refuses everybody',
    'server',
    async () => `smtp://127.0.0.1:${await aPort('554 No SMTP service here\r\n')}`,
    /takes no mail.*554/,
  ],
])('%s is told once, by its cause, and without the password', async (_what, kind, start, cause) => {
  const { mail, lines, metric, pass } = watch(await start(), isSilent(cause) ? { timeoutMs: 1_000 } : {});
  await mail.check();
  pass(60_000);
  await mail.check();

  expect(lines).toEqual([
    {
      level: 'warn',
      fields: { problem: kind, cause: expect.stringMatching(cause) },
      message: expect.stringContaining('Mail cannot be sent'),
    },
  ]);
  expect(JSON.stringify(lines)).not.toMatch(/s3cret|\\n/);
  expect(await readMailStatus(database.db)).toEqual({
    problem: { kind, message: expect.stringMatching(cause) },
    since: new Date('2026-11-29T10:00:00Z'),
  });
  expect(mail.canSend()).toBe(false);
  expect(await metric(CAN)).toEqual([`${CAN} 0`]);
});

test('a server that comes back is told, with the time of the first mail', async () => {
  const port = await closedPort();
  const { mail, lines, metric, pass } = watch(`smtp://127.0.0.1:${port}`);
  expect(await mail.sender?.send(MAIL)).toMatchObject({ outcome: 'try_later', server: true });
  expect(mail.canSend()).toBe(false);
  await aServer({}, port);
  pass(60_000);
  await mail.check();

  expect(lines.map(({ message }) => message)).toEqual([
    'Mail cannot be sent: surveys and reports wait until it can',
    'Mail can be sent again',
  ]);
  expect(await readMailStatus(database.db)).toEqual({ problem: null, since: new Date('2026-11-29T10:01:00Z') });
  expect(await metric('deskwright_mail_sent')).toEqual(['deskwright_mail_sent_timestamp_seconds 0']);
  expect(mail.canSend()).toBe(true);
  expect(await mail.sender?.send(MAIL)).toEqual({ outcome: 'accepted' });
  expect(await metric('deskwright_mail')).toEqual([
    `${CAN} 1`,
    `deskwright_mail_sent_timestamp_seconds ${Date.parse('2026-11-29T10:01:00Z') / 1000}`,
    'deskwright_mails_total{result="connection"} 1',
    'deskwright_mails_total{result="accepted"} 1',
  ]);
});

test.each([450, 553])(
  'a sender that is refused with %d is a problem until a mail is taken, whatever the login',
  async (responseCode) => {
    let isRefused = true;
    const refuse = Object.assign(new Error('not for this domain'), { responseCode });
    const port = await aServer({ onMailFrom: (_from, _session, done) => done(isRefused ? refuse : null) });
    const { mail, pass } = watch(`smtp://127.0.0.1:${port}`);
    await mail.check();
    await mail.sender?.send(MAIL);
    await mail.check();

    expect((await readMailStatus(database.db))?.problem).toEqual({
      kind: 'sender',
      message: expect.stringMatching(/does not accept mail from the address of MAIL_FROM.*not for this domain/),
    });
    expect([mail.canSend(), mail.canSend()]).toEqual([true, false]);
    pass(60_000);
    expect(mail.canSend()).toBe(true);
    isRefused = false;
    await mail.sender?.send(MAIL);
    expect((await readMailStatus(database.db))?.problem).toBeNull();
  },
);

test('one mail that is refused says nothing of the others', async () => {
  const refuse = Object.assign(new Error('no such user'), { responseCode: 550 });
  const { mail, metric } = watch(
    `smtp://127.0.0.1:${await aServer({ onRcptTo: (_to, _session, done) => done(refuse) })}`,
  );
  await mail.sender?.send(MAIL);
  expect(mail.canSend()).toBe(true);
  expect(await readMailStatus(database.db)).toBeNull();
  expect(await metric('deskwright_mails')).toEqual(['deskwright_mails_total{result="recipient_refused"} 1']);
});

test('without SMTP_URL it is told only while the policy asks customers', async () => {
  await watch(null).mail.check();
  expect((await readMailStatus(database.db))?.problem).toEqual({ kind: 'not_set', message: 'SMTP_URL is not set' });
  const { mail, lines } = watch(null, { isNeeded: false });
  await mail.check();
  expect(await readMailStatus(database.db)).toBeNull();
  expect(lines).toEqual([]);
});

test('since when it cannot be sent stays, while the cause changes and over a restart', async () => {
  const { mail, pass } = watch(`smtp://127.0.0.1:${await closedPort()}`);
  await mail.check();
  pass(300_000);
  const restarted = watch(`smtp://127.0.0.1:${await aPort('554 no\r\n')}`);
  restarted.pass(600_000);
  await restarted.mail.check();
  expect(await readMailStatus(database.db)).toEqual({
    problem: { kind: 'server', message: expect.stringContaining('554') },
    since: new Date('2026-11-29T10:00:00Z'),
  });
});

test('it is checked from the start on until the service stops', async () => {
  const { mail, lines } = watch(`smtp://127.0.0.1:${await aServer()}`);
  const stopping = new AbortController();
  const checking = mail.keepChecking(stopping.signal);
  await until(() => lines.length > 0);
  expect(lines).toMatchObject([{ level: 'info', message: 'The mail server can be reached' }]);
  stopping.abort();
  await checking;
});
