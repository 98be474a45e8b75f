import { eq } from 'drizzle-orm';
import { readWhatHoldsSurveys } from '../cli/explain/describe-survey.ts';
import { recordActivation } from '../platform/outbox/activation.ts';
import { tickets } from '../tickets/tables.ts';
import { hashAddress } from './hash-address.ts';
import { pauseSurveys, resumeSurveys } from './pause.ts';
import { sweepInvitations } from './send-due-invitations.ts';
import { hashSurveyToken } from './survey-links.ts';
import { campaigns, invitations, unsubscribed } from './tables.ts';
import { createSendingFixture, type SendingFixture } from './testing/sending-fixture.ts';
import { aPolicy, aRequester, givenInvitation, MONDAY_NOON } from './testing/survey-fixtures.ts';

const DAY = 86_400_000;
const OLD_HASH = hashAddress('old@example.com');

let fixture: SendingFixture;
beforeAll(async () => {
  fixture = await createSendingFixture();
});
afterAll(() => fixture.database.drop());
beforeEach(() => fixture.reset());
afterEach(() => fixture.close());

test('a due survey reaches the customer, with a link whose hash is stored', async () => {
  await fixture.givenDue();
  await expect(fixture.send()).resolves.toMatchObject({ sent: 1, cancelled: 0, failed: 0 });

  const [row] = await fixture.stored();
  expect(row).toMatchObject({
    state: 'sent',
    recipient: 'customer-501@example.com',
    locale: 'en-US',
    sentAt: MONDAY_NOON,
    expiresAt: new Date(MONDAY_NOON.getTime() + 14 * DAY),
  });
  const token = /https:\/\/surveys\.northwind\.test\/s\/([\w-]{43})\?score=4/.exec(
    String(fixture.smtp().mails[0]?.html),
  )?.[1];
  expect(row?.tokenHash).toEqual(hashSurveyToken(String(token)));
  expect(JSON.stringify(row)).not.toContain(token);
});

test('an invitation that is not due yet stays, and a second run sends nothing again', async () => {
  await fixture.givenDue(7, { dueAt: new Date(MONDAY_NOON.getTime() + 1) });
  await expect(fixture.send()).resolves.toMatchObject({ sent: 0 });
  fixture.setTime(1);
  await expect(fixture.send()).resolves.toMatchObject({ sent: 1 });
  await expect(fixture.send()).resolves.toMatchObject({ sent: 0 });
  expect(fixture.smtp().mails).toHaveLength(1);
});

test('while surveys pause none is sent, and what fell due meanwhile is sent afterwards, however long it took', async () => {
  const { db } = fixture.database;
  await fixture.givenDue(7, { dueAt: new Date(MONDAY_NOON.getTime() + DAY) });
  await pauseSurveys(db, MONDAY_NOON);
  fixture.setTime(6 * DAY);
  await expect(fixture.send()).resolves.toMatchObject({ sent: 0, cancelled: 0 });
  expect(await readWhatHoldsSurveys(db)).toContain(`surveys have been paused since ${MONDAY_NOON.toISOString()}`);
  await resumeSurveys(db, fixture.now());
  await expect(fixture.send()).resolves.toMatchObject({ sent: 1, cancelled: 0 });
  expect(await readWhatHoldsSurveys(db)).toBeNull();
});

test('what belongs to a paused campaign keeps its times when surveys go on', async () => {
  const { db } = fixture.database;
  const settings = { survey: 'nps', repeats: true, startsAt: MONDAY_NOON, endsAt: MONDAY_NOON, who: 'ana' } as const;
  const [campaign] = await db
    .insert(campaigns)
    .values({ ...settings, state: 'paused', pausedAt: MONDAY_NOON })
    .returning();
  const dueAt = new Date(MONDAY_NOON.getTime() + DAY);
  await givenInvitation(db, { ticketId: null, survey: 'nps', cause: 'campaign', campaignId: campaign?.id ?? 0, dueAt });
  await pauseSurveys(db, MONDAY_NOON);
  fixture.setTime(6 * DAY);
  await resumeSurveys(db, fixture.now());
  await expect(fixture.stored()).resolves.toMatchObject([{ state: 'scheduled', dueAt }]);
});

test('a ticket that was reopened or merged since is not asked about, and the reason is recorded', async () => {
  await fixture.givenDue();
  await fixture.database.db.update(tickets).set({ status: 'open' });
  await expect(fixture.send()).resolves.toMatchObject({ sent: 0, cancelled: 1 });
  await expect(fixture.stored()).resolves.toMatchObject([
    { state: 'cancelled', reason: 'reopened', tokenHash: null, sentAt: null },
  ]);
});

test('an agent, a suspended customer, one without an address and an unknown one get no mail', async () => {
  fixture.people.set(502, aRequester({ id: 502, role: 'agent' }));
  fixture.people.set(503, aRequester({ id: 503, suspended: true }));
  fixture.people.set(504, aRequester({ id: 504, email: null }));
  for (const [index, requesterId] of [502, 503, 504, 505].entries()) await fixture.givenDue(index + 1, { requesterId });

  await expect(fixture.send()).resolves.toMatchObject({ sent: 0, cancelled: 4 });
  const reasons = (await fixture.stored()).map(({ reason }) => reason);
  expect(reasons).toEqual(['requester_is_agent', 'requester_suspended', 'no_email', 'requester_unknown']);
});

test('a customer who unsubscribed gets none, however the address is written', async () => {
  fixture.people.set(501, aRequester({ email: 'Ana@Example.com' }));
  await fixture.database.db.insert(unsubscribed).values({ email: 'ana@example.com' });
  await fixture.givenDue();
  await fixture.send();
  await expect(fixture.stored()).resolves.toMatchObject([{ state: 'cancelled', reason: 'unsubscribed' }]);
});

test.each([
  ['an unsubscription', { byCustomer: true }, {}, 'unsubscribed'],
  ['one whose address was erased', { email: OLD_HASH }, { recipient: OLD_HASH }, 'unsubscribed'],
  ['a complaint', { byCustomer: false }, { reason: 'complained' }, 'unsubscribed'],
  ['no bounce', { byCustomer: false }, { reason: 'bounced' }, null],
])('%s at a former address follows the customer to a new one', async (_name, refused, earlier, reason) => {
  fixture.people.set(501, aRequester({ email: 'new@example.com' }));
  await fixture.database.db.insert(unsubscribed).values({ email: 'old@example.com', ...refused });
  const long = { state: 'sent', sentAt: new Date(MONDAY_NOON.getTime() - 90 * DAY) } as const;
  await fixture.givenDue(7, { recipient: 'old@example.com', ...long, ...earlier });
  await fixture.givenDue(8);
  await fixture.send();
  expect((await fixture.stored()).at(-1)?.reason).toBe(reason);
});

test('another customer’s unsubscription holds for nobody else', async () => {
  await fixture.database.db.insert(unsubscribed).values({ email: 'old@example.com' });
  const long = { state: 'sent', sentAt: new Date(MONDAY_NOON.getTime() - 90 * DAY) } as const;
  await fixture.givenDue(7, { requesterId: 502, recipient: 'old@example.com', ...long });
  await fixture.givenDue(8);
  await expect(fixture.send()).resolves.toMatchObject({ sent: 1 });
});

test('a campaign’s survey about no ticket is sent with the scale of its kind, and named in no ticket', async () => {
  fixture.setPolicy(aPolicy({ nps: { every: '90d', expires: '14d', ask_again_after: '30d' } }));
  const about = { cause: 'campaign', survey: 'nps', requesterId: 501, dueAt: MONDAY_NOON } as const;
  await fixture.database.db.insert(invitations).values(about);
  await expect(fixture.send()).resolves.toMatchObject({ sent: 1 });
  const [mail] = fixture.smtp().mails;
  expect(mail?.subject).toBe('Would you recommend Northwind Outdoor?');
  const scores = [...(mail?.text ?? '').matchAll(/\?score=(\d+)$/gm)].map(([, score]) => Number(score));
  expect(scores).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(mail?.text).not.toContain('#');
});

test('a customer is contacted at most every 30 days, across surveys', async () => {
  await fixture.givenDue(7, { survey: 'csat' });
  await fixture.send();
  fixture.setTime(29 * DAY);
  await fixture.givenDue(8, { survey: 'ces', dueAt: fixture.now() });
  await fixture.send();
  fixture.setTime(31 * DAY);
  await fixture.givenDue(9, { survey: 'ces', dueAt: fixture.now() });
  await fixture.send();

  const seen = (await fixture.stored()).map(({ state, reason }) => [state, reason]);
  expect(seen).toEqual([
    ['sent', null],
    ['cancelled', 'contacted_recently'],
    ['sent', null],
  ]);
});

test('two surveys of one customer due at the same moment in four processes result in one mail', async () => {
  for (let ticketId = 1; ticketId <= 6; ticketId += 1) await fixture.givenDue(ticketId);
  await Promise.all([1, 2, 3, 4].map(() => fixture.send()));

  expect(fixture.smtp().mails).toHaveLength(1);
  const states = (await fixture.stored()).map(({ state, reason }) => `${state} ${reason ?? ''}`.trim()).toSorted();
  expect(states).toEqual([...Array(5).fill('cancelled contacted_recently'), 'sent']);
});

test('many processes share the work, and each mail goes out once', async () => {
  await fixture.givenDueFromMany(45);
  const summaries = await Promise.all([1, 2, 3].map(() => fixture.send()));

  expect(summaries.reduce((sum, { sent }) => sum + sent, 0)).toBe(45);
  expect(new Set(fixture.smtp().mails.map((one) => one.messageId)).size).toBe(45);
  expect(fixture.smtp().mails).toHaveLength(45);
});

test('a survey that the policy no longer has is not sent', async () => {
  await fixture.givenDue();
  fixture.setPolicy(aPolicy({ csat: undefined }));
  await fixture.send();
  const [row] = await fixture.database.db.select().from(invitations).where(eq(invitations.ticketId, 7));
  expect(row).toMatchObject({ state: 'cancelled', reason: 'survey_not_configured' });
});

describe("the ticket's requester at the time of sending", () => {
  beforeEach(() => {
    fixture.people.set(502, aRequester({ id: 502, email: 'right@example.com' }));
  });
  const recipients = () =>
    fixture.smtp().mails.flatMap(({ to }) => (Array.isArray(to) ? to : [to]).map((one) => one?.text));

  test('gets the mail, not the one before a correction', async () => {
    await fixture.givenDue();
    await fixture.database.db.update(tickets).set({ requesterId: 502 });
    await expect(fixture.send()).resolves.toMatchObject({ sent: 1 });
    expect(String(recipients())).toContain('right@example.com');
    await expect(fixture.stored()).resolves.toMatchObject([{ requesterId: 502, recipient: 'right@example.com' }]);
  });

  test('gets the mail even though no webhook reported the correction or merge; while Zendesk is unavailable, the survey waits', async () => {
    await fixture.givenDue();
    const away = async () => {
      throw new Error('Zendesk is away');
    };
    await expect(fixture.send({ ticketRequester: away })).resolves.toMatchObject({ sent: 0, retried: 1 });
    fixture.setTime(DAY / 2);
    await expect(fixture.send({ ticketRequester: async () => 502 })).resolves.toMatchObject({ sent: 1 });
    expect(String(recipients())).toContain('right@example.com');
  });

  test('was asked recently at the same address under another id', async () => {
    await fixture.givenDue();
    await fixture.send();
    fixture.people.set(502, aRequester({ id: 502, email: 'Customer-501@example.com' }));
    await fixture.givenDue(8, { requesterId: 502 });
    await expect(fixture.send()).resolves.toMatchObject({ sent: 0, cancelled: 1 });
  });
});

describe('while Deskwright does not act on everything', () => {
  const enqueued = async () => {
    const jobs: unknown[] = [];
    const enqueue = async (job: unknown) => void jobs.push(job);
    const { db } = fixture.database;
    await sweepInvitations({ db, clock: () => fixture.now().getTime() })({ enqueue, enqueueMany: enqueue } as never);
    return jobs.length;
  };

  test('a survey outside of it ends with a reason, and no later sweep finds it', async () => {
    const { db } = fixture.database;
    await recordActivation(db, { mode: 'act', scope: 'group', groupId: 5, groupName: 'Tier 1', who: 'test' });
    await fixture.givenDueFromMany(2);
    await db.update(tickets).set({ groupId: 5 }).where(eq(tickets.id, 1));
    await fixture.givenDue(3, { dueAt: new Date(MONDAY_NOON.getTime() + DAY) });

    expect(await enqueued()).toBe(1);
    await expect(fixture.send()).resolves.toMatchObject({ sent: 1 });
    await expect(fixture.stored()).resolves.toMatchObject([
      { ticketId: 1, state: 'sent' },
      { ticketId: 2, state: 'cancelled', reason: 'not_activated' },
      { ticketId: 3, state: 'scheduled' },
    ]);
    expect(await enqueued()).toBe(0);
  });

  test('while it only watches, surveys wait without being looked at again and again', async () => {
    const { db } = fixture.database;
    await recordActivation(db, { mode: 'observe', who: 'test' });
    await fixture.givenDue();
    await fixture.send();
    await expect(fixture.stored()).resolves.toMatchObject([{ state: 'scheduled', attempts: 0 }]);
    expect(await enqueued()).toBe(0);
    await recordActivation(db, { mode: 'act', who: 'test' });
    expect(await enqueued()).toBe(1);
  });
});
