import { randomBytes } from 'node:crypto';
import { asc, eq } from 'drizzle-orm';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { createSmtpMailSender } from '../mail/create-smtp-mail-sender.ts';
import type { MailSender } from '../mail/mail-sender.ts';
import { invitations, tickets, unsubscribed } from '../storage/schema.ts';
import { listParkedInvitations, replayParkedInvitations } from './parked-invitations.ts';
import type { Requester } from './requester.ts';
import type { SendDeps } from './send-deps.ts';
import { sendDueInvitations } from './send-due-invitations.ts';
import { hashSurveyToken } from './survey-token.ts';
import { type SmtpCatcher, startSmtpCatcher } from './testing/smtp-catcher.ts';
import { aPolicy, aRequester, givenInvitation, givenTicket, MONDAY_NOON } from './testing/survey-fixtures.ts';

const DAY = 86_400_000;
let database: TestDatabase;
let smtp: SmtpCatcher;
let mail: MailSender;
let now: Date;
let policy = aPolicy();
let people: Map<number, Requester>;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  smtp = await startSmtpCatcher();
  mail = createSmtpMailSender({ url: smtp.url, from: 'support@northwind.test', timeoutMs: 3_000 });
  now = MONDAY_NOON;
  policy = aPolicy();
  people = new Map([[501, aRequester()]]);
});
afterEach(async () => {
  mail.close();
  await smtp.stop();
  await database.clear();
});

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const deps = (parts: Partial<SendDeps> = {}): SendDeps => ({
  db: database.db,
  mail,
  person: async (id) => people.get(id) ?? null,
  policy: () => policy,
  publicUrl: 'https://surveys.northwind.test',
  clock: () => now.getTime(),
  randomBytes,
  logger: silent,
  ...parts,
});
const stored = () => database.db.select().from(invitations).orderBy(asc(invitations.id));
async function givenDue(ticketId = 7, parts: Partial<Parameters<typeof givenInvitation>[1]> = {}) {
  await givenTicket(database.db, { id: ticketId });
  return givenInvitation(database.db, { ticketId, ...parts });
}
/** Another customer for every ticket. */
async function givenDueFromMany(count: number) {
  for (let id = 1; id <= count; id += 1) {
    people.set(1_000 + id, aRequester({ id: 1_000 + id }));
    await givenDue(id, { requesterId: 1_000 + id });
  }
}

test('a due survey reaches the customer, and the link in it is the one we know', async () => {
  await givenDue();
  await expect(sendDueInvitations(deps())).resolves.toMatchObject({ sent: 1, cancelled: 0, parked: 0 });

  const [row] = await stored();
  expect(row).toMatchObject({
    state: 'sent',
    recipient: 'customer-501@example.com',
    locale: 'en-US',
    sentAt: MONDAY_NOON,
    expiresAt: new Date(MONDAY_NOON.getTime() + 14 * DAY),
  });
  const token = /https:\/\/surveys\.northwind\.test\/s\/([\w-]{43})\?score=4/.exec(String(smtp.mails[0]?.html))?.[1];
  expect(row?.tokenHash).toEqual(hashSurveyToken(String(token)));
  expect(JSON.stringify(row)).not.toContain(token);
});

test('what is not due yet stays, and a second run sends nothing again', async () => {
  await givenDue(7, { dueAt: new Date(MONDAY_NOON.getTime() + 1) });
  await expect(sendDueInvitations(deps())).resolves.toMatchObject({ sent: 0 });
  now = new Date(MONDAY_NOON.getTime() + 1);
  await expect(sendDueInvitations(deps())).resolves.toMatchObject({ sent: 1 });
  await expect(sendDueInvitations(deps())).resolves.toMatchObject({ sent: 0 });
  expect(smtp.mails).toHaveLength(1);
});

test('a ticket that took another turn since is not asked about, and the reason stays', async () => {
  await givenDue();
  await database.db.update(tickets).set({ status: 'open' });
  await expect(sendDueInvitations(deps())).resolves.toMatchObject({ sent: 0, cancelled: 1 });
  await expect(stored()).resolves.toMatchObject([
    { state: 'cancelled', reason: 'reopened', tokenHash: null, sentAt: null },
  ]);
});

test('an agent, a suspended customer, one without an address and one nobody knows get no mail', async () => {
  people.set(502, aRequester({ id: 502, role: 'agent' }));
  people.set(503, aRequester({ id: 503, suspended: true }));
  people.set(504, aRequester({ id: 504, email: null }));
  for (const [index, requesterId] of [502, 503, 504, 505].entries()) await givenDue(index + 1, { requesterId });

  await expect(sendDueInvitations(deps())).resolves.toMatchObject({ sent: 0, cancelled: 4 });
  const reasons = (await stored()).map(({ reason }) => reason);
  expect(reasons).toEqual(['requester_is_agent', 'requester_suspended', 'no_email', 'requester_unknown']);
});

test('who unsubscribed gets none, however the address is written', async () => {
  people.set(501, aRequester({ email: 'Ana@Example.com' }));
  await database.db.insert(unsubscribed).values({ email: 'ana@example.com' });
  await givenDue();
  await sendDueInvitations(deps());
  await expect(stored()).resolves.toMatchObject([{ state: 'cancelled', reason: 'unsubscribed' }]);
});

test('a customer is contacted at most every 30 days, across surveys', async () => {
  await givenDue(7, { survey: 'csat' });
  await sendDueInvitations(deps());
  now = new Date(MONDAY_NOON.getTime() + 29 * DAY);
  await givenDue(8, { survey: 'ces', dueAt: now });
  await sendDueInvitations(deps());
  now = new Date(MONDAY_NOON.getTime() + 31 * DAY);
  await givenDue(9, { survey: 'ces', dueAt: now });
  await sendDueInvitations(deps());

  const seen = (await stored()).map(({ state, reason }) => [state, reason]);
  expect(seen).toEqual([
    ['sent', null],
    ['cancelled', 'contacted_recently'],
    ['sent', null],
  ]);
});

test('two surveys of one customer due at the same moment in four processes are one mail', async () => {
  for (let ticketId = 1; ticketId <= 6; ticketId += 1) await givenDue(ticketId);
  await Promise.all([1, 2, 3, 4].map(() => sendDueInvitations(deps())));

  expect(smtp.mails).toHaveLength(1);
  const states = (await stored()).map(({ state, reason }) => `${state} ${reason ?? ''}`.trim()).toSorted();
  expect(states).toEqual([...Array(5).fill('cancelled contacted_recently'), 'sent']);
});

test('many processes share the work, and each mail goes out once', async () => {
  await givenDueFromMany(45);
  const summaries = await Promise.all([1, 2, 3].map(() => sendDueInvitations(deps())));

  expect(summaries.reduce((sum, { sent }) => sum + sent, 0)).toBe(45);
  expect(new Set(smtp.mails.map((one) => one.messageId)).size).toBe(45);
  expect(smtp.mails).toHaveLength(45);
});

test('with the mail server away the run ends early and everything waits, later and later', async () => {
  await givenDueFromMany(12);
  await smtp.stop();
  await expect(sendDueInvitations(deps())).resolves.toMatchObject({ sent: 0, mailServerAway: true });

  const rows = await stored();
  expect(rows.every(({ state, tokenHash, sentAt }) => state === 'scheduled' && !tokenHash && !sentAt)).toBe(true);
  const tried = rows.filter(({ attempts }) => attempts === 1);
  expect(tried.length).toBeGreaterThan(0);
  expect(tried.length).toBeLessThanOrEqual(4);
  expect(tried[0]?.claimedUntil).toEqual(new Date(MONDAY_NOON.getTime() + 60_000));
  expect(rows.filter(({ attempts }) => attempts === 0).every(({ claimedUntil }) => claimedUntil === null)).toBe(true);
});

test('a survey that could not be sent for three days is parked and can be replayed', async () => {
  await givenDue();
  smtp.setMood('greylists');
  await sendDueInvitations(deps());
  now = new Date(MONDAY_NOON.getTime() + 3 * DAY + 60_000);
  await expect(sendDueInvitations(deps())).resolves.toMatchObject({ parked: 1 });
  const parked = await listParkedInvitations(database.db, 'https://surveys.northwind.test');
  expect(parked).toMatchObject([{ ticketId: 7, reason: 'mail_undeliverable', detail: expect.stringContaining('450') }]);

  smtp.setMood('kind');
  await expect(replayParkedInvitations(database.db, now)).resolves.toBe(1);
  await expect(sendDueInvitations(deps())).resolves.toMatchObject({ sent: 1 });
});

test('a refused address ends the invitation and does not count as a contact', async () => {
  await givenDue(7);
  smtp.setMood('knows_nobody');
  await sendDueInvitations(deps());
  smtp.setMood('kind');
  await givenDue(8);
  await sendDueInvitations(deps());
  await expect(stored()).resolves.toMatchObject([
    { state: 'cancelled', reason: 'mail_recipient_refused', detail: expect.stringContaining('550') },
    { state: 'sent' },
  ]);
});

test('a mail in doubt is parked, not repeated, names its Message-ID, and counts as a contact', async () => {
  await givenDue(7);
  smtp.setMood('hangs_up_after_message');
  await expect(sendDueInvitations(deps())).resolves.toMatchObject({ parked: 1 });
  smtp.setMood('kind');
  await givenDue(8);
  await sendDueInvitations(deps());

  expect(smtp.mails).toHaveLength(1);
  const [parked] = await listParkedInvitations(database.db, 'https://surveys.northwind.test');
  expect(parked).toMatchObject({ reason: 'mail_in_doubt', messageId: smtp.mails[0]?.messageId });
  expect(parked?.sentence).toContain(`begins with survey.${parked?.id}.7.`);
  await expect(stored()).resolves.toMatchObject([{ state: 'parked' }, { reason: 'contacted_recently' }]);
});

test('a process that dies during the hand-over leaves a parked invitation, and no second mail', async () => {
  await givenDue();
  const dies: MailSender = {
    send: () => {
      throw new Error('the process ends here');
    },
    close: () => undefined,
  };
  await expect(sendDueInvitations(deps({ mail: dies }))).rejects.toThrow('the process ends here');
  await expect(stored()).resolves.toMatchObject([{ state: 'sending', tokenHash: expect.any(Buffer) }]);
  await expect(sendDueInvitations(deps())).resolves.toMatchObject({ sent: 0, parked: 0 });

  now = new Date(MONDAY_NOON.getTime() + 11 * 60_000);
  await expect(sendDueInvitations(deps())).resolves.toMatchObject({ sent: 0, parked: 1 });
  await expect(stored()).resolves.toMatchObject([
    { state: 'parked', reason: 'mail_in_doubt', tokenHash: expect.any(Buffer) },
  ]);
  expect(smtp.mails).toHaveLength(0);
});

test('a process that dies before the hand-over leaves the invitation to another', async () => {
  await givenDue();
  await database.db.update(invitations).set({ claimedUntil: new Date(MONDAY_NOON.getTime() + 60_000) });
  await expect(sendDueInvitations(deps())).resolves.toMatchObject({ sent: 0 });
  now = new Date(MONDAY_NOON.getTime() + 60_000);
  await expect(sendDueInvitations(deps())).resolves.toMatchObject({ sent: 1 });
});

test('while Zendesk cannot be asked about the customer, the survey waits', async () => {
  await givenDue();
  const away = async () => {
    throw new Error('503');
  };
  await expect(sendDueInvitations(deps({ person: away }))).resolves.toMatchObject({ retried: 1 });
  await expect(stored()).resolves.toMatchObject([{ state: 'scheduled', attempts: 1 }]);
  now = new Date(MONDAY_NOON.getTime() + 60_000);
  await expect(sendDueInvitations(deps())).resolves.toMatchObject({ sent: 1 });
});

test('at shutdown nothing new begins and nothing stays claimed', async () => {
  await givenDueFromMany(3);
  const shutdown = new AbortController();
  const person = async (id: number) => {
    shutdown.abort();
    return people.get(id) ?? null;
  };
  await sendDueInvitations(deps({ person, signal: shutdown.signal }));
  const rows = await stored();
  const untouched = rows.filter(({ state }) => state === 'scheduled');
  expect(untouched.every(({ claimedUntil }) => claimedUntil === null)).toBe(true);
  await expect(sendDueInvitations(deps())).resolves.toMatchObject({ sent: untouched.length });
});

test('a survey the policy no longer has is not sent', async () => {
  await givenDue();
  policy = aPolicy({ csat: undefined });
  await sendDueInvitations(deps());
  const [row] = await database.db.select().from(invitations).where(eq(invitations.ticketId, 7));
  expect(row).toMatchObject({ state: 'cancelled', reason: 'survey_not_configured' });
});
