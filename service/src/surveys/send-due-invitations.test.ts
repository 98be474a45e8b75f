import { eq } from 'drizzle-orm';
import { invitations, tickets, unsubscribed } from '../platform/storage/schema.ts';
import { hashSurveyToken } from './survey-token.ts';
import { openSendingRoom, type SendingRoom } from './testing/sending-room.ts';
import { aPolicy, aRequester, MONDAY_NOON } from './testing/survey-fixtures.ts';

const DAY = 86_400_000;

let room: SendingRoom;
beforeAll(async () => {
  room = await openSendingRoom();
});
afterAll(() => room.database.drop());
beforeEach(() => room.reset());
afterEach(() => room.tidy());

test('a due survey reaches the customer, and the link in it is the one we know', async () => {
  await room.givenDue();
  await expect(room.send()).resolves.toMatchObject({ sent: 1, cancelled: 0, parked: 0 });

  const [row] = await room.stored();
  expect(row).toMatchObject({
    state: 'sent',
    recipient: 'customer-501@example.com',
    locale: 'en-US',
    sentAt: MONDAY_NOON,
    expiresAt: new Date(MONDAY_NOON.getTime() + 14 * DAY),
  });
  const token = /https:\/\/surveys\.northwind\.test\/s\/([\w-]{43})\?score=4/.exec(
    String(room.smtp().mails[0]?.html),
  )?.[1];
  expect(row?.tokenHash).toEqual(hashSurveyToken(String(token)));
  expect(JSON.stringify(row)).not.toContain(token);
});

test('what is not due yet stays, and a second run sends nothing again', async () => {
  await room.givenDue(7, { dueAt: new Date(MONDAY_NOON.getTime() + 1) });
  await expect(room.send()).resolves.toMatchObject({ sent: 0 });
  room.setTime(1);
  await expect(room.send()).resolves.toMatchObject({ sent: 1 });
  await expect(room.send()).resolves.toMatchObject({ sent: 0 });
  expect(room.smtp().mails).toHaveLength(1);
});

test('a ticket that took another turn since is not asked about, and the reason stays', async () => {
  await room.givenDue();
  await room.database.db.update(tickets).set({ status: 'open' });
  await expect(room.send()).resolves.toMatchObject({ sent: 0, cancelled: 1 });
  await expect(room.stored()).resolves.toMatchObject([
    { state: 'cancelled', reason: 'reopened', tokenHash: null, sentAt: null },
  ]);
});

test('an agent, a suspended customer, one without an address and one nobody knows get no mail', async () => {
  room.people.set(502, aRequester({ id: 502, role: 'agent' }));
  room.people.set(503, aRequester({ id: 503, suspended: true }));
  room.people.set(504, aRequester({ id: 504, email: null }));
  for (const [index, requesterId] of [502, 503, 504, 505].entries()) await room.givenDue(index + 1, { requesterId });

  await expect(room.send()).resolves.toMatchObject({ sent: 0, cancelled: 4 });
  const reasons = (await room.stored()).map(({ reason }) => reason);
  expect(reasons).toEqual(['requester_is_agent', 'requester_suspended', 'no_email', 'requester_unknown']);
});

test('who unsubscribed gets none, however the address is written', async () => {
  room.people.set(501, aRequester({ email: 'Ana@Example.com' }));
  await room.database.db.insert(unsubscribed).values({ email: 'ana@example.com' });
  await room.givenDue();
  await room.send();
  await expect(room.stored()).resolves.toMatchObject([{ state: 'cancelled', reason: 'unsubscribed' }]);
});

test('a customer is contacted at most every 30 days, across surveys', async () => {
  await room.givenDue(7, { survey: 'csat' });
  await room.send();
  room.setTime(29 * DAY);
  await room.givenDue(8, { survey: 'ces', dueAt: room.now() });
  await room.send();
  room.setTime(31 * DAY);
  await room.givenDue(9, { survey: 'ces', dueAt: room.now() });
  await room.send();

  const seen = (await room.stored()).map(({ state, reason }) => [state, reason]);
  expect(seen).toEqual([
    ['sent', null],
    ['cancelled', 'contacted_recently'],
    ['sent', null],
  ]);
});

test('two surveys of one customer due at the same moment in four processes are one mail', async () => {
  for (let ticketId = 1; ticketId <= 6; ticketId += 1) await room.givenDue(ticketId);
  await Promise.all([1, 2, 3, 4].map(() => room.send()));

  expect(room.smtp().mails).toHaveLength(1);
  const states = (await room.stored()).map(({ state, reason }) => `${state} ${reason ?? ''}`.trim()).toSorted();
  expect(states).toEqual([...Array(5).fill('cancelled contacted_recently'), 'sent']);
});

test('many processes share the work, and each mail goes out once', async () => {
  await room.givenDueFromMany(45);
  const summaries = await Promise.all([1, 2, 3].map(() => room.send()));

  expect(summaries.reduce((sum, { sent }) => sum + sent, 0)).toBe(45);
  expect(new Set(room.smtp().mails.map((one) => one.messageId)).size).toBe(45);
  expect(room.smtp().mails).toHaveLength(45);
});

test('a survey the policy no longer has is not sent', async () => {
  await room.givenDue();
  room.setPolicy(aPolicy({ csat: undefined }));
  await room.send();
  const [row] = await room.database.db.select().from(invitations).where(eq(invitations.ticketId, 7));
  expect(row).toMatchObject({ state: 'cancelled', reason: 'survey_not_configured' });
});

describe('the requester whom the ticket has when it is sent', () => {
  beforeEach(() => {
    room.people.set(502, aRequester({ id: 502, email: 'right@example.com' }));
  });
  const recipients = () =>
    room.smtp().mails.flatMap(({ to }) => (Array.isArray(to) ? to : [to]).map((one) => one?.text));

  test('is asked, and not the one from before a correction', async () => {
    await room.givenDue();
    await room.database.db.update(tickets).set({ requesterId: 502 });
    await expect(room.send()).resolves.toMatchObject({ sent: 1 });
    expect(String(recipients())).toContain('right@example.com');
    await expect(room.stored()).resolves.toMatchObject([{ requesterId: 502, recipient: 'right@example.com' }]);
  });

  test('is asked even though no webhook told of the correction or merge; Zendesk away, the survey waits', async () => {
    await room.givenDue();
    const away = async () => {
      throw new Error('Zendesk is away');
    };
    await expect(room.send({ ticketRequester: away })).resolves.toMatchObject({ sent: 0, retried: 1 });
    room.setTime(DAY / 2);
    await expect(room.send({ ticketRequester: async () => 502 })).resolves.toMatchObject({ sent: 1 });
    expect(String(recipients())).toContain('right@example.com');
  });

  test('was asked lately at the same address under another id', async () => {
    await room.givenDue();
    await room.send();
    room.people.set(502, aRequester({ id: 502, email: 'Customer-501@example.com' }));
    await room.givenDue(8, { requesterId: 502 });
    await expect(room.send()).resolves.toMatchObject({ sent: 0, cancelled: 1 });
  });
});
