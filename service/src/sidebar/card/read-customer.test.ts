import type { SurveyKind } from '@deskwright/shared';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { invitations, responses } from '../../surveys/tables.ts';
import { aCardPolicy, anAgent, cardFixture, hoursAgo, LENA, ROBIN } from './testing/card-fixture.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => database.clear());
afterAll(() => database.drop());

const { cardOf, ticket, says, person } = cardFixture(() => database);
const customerOf = async (...args: Parameters<typeof cardOf>) => (await cardOf(...args)).customer;
const solved = { status: 'solved', waitingSince: null } as const;

const NO_WORDS = { drivers: [], comment: '', mayContact: null, doubtful: false, importedFrom: null };

async function answered(
  ticketId: number | null,
  survey: SurveyKind,
  score: number,
  hours: number,
  requesterId = ROBIN,
  said: Partial<typeof responses.$inferInsert> = {},
) {
  const [invitation] = await database.db
    .insert(invitations)
    .values({
      ticketId,
      solvedAt: hoursAgo(hours),
      survey,
      category: 'refunds',
      requesterId,
      state: 'answered',
      dueAt: hoursAgo(hours),
    })
    .returning({ id: invitations.id });
  const at = hoursAgo(hours);
  await database.db
    .insert(responses)
    .values({ invitationId: invitation?.id ?? 0, score, answeredAt: at, changedAt: at, ...said });
}

describe('the customer', () => {
  it('has a name if known, and their last answers, newest first', async () => {
    await ticket();
    await ticket({ id: 40, ...solved });
    await person(ROBIN, 'Robin Field');
    await answered(40, 'ces', 4, 30);
    await answered(40, 'csat', 4, 20);
    await answered(40, 'csat', 1, 10, 901);
    const { name, answers } = await customerOf();
    expect(name).toBe('Robin Field');
    expect(answers).toEqual([
      { survey: 'csat', score: 4, outOf: 5, good: true, at: hoursAgo(20).toISOString(), ticketId: 40, ...NO_WORDS },
      { survey: 'ces', score: 4, outOf: 7, good: false, at: hoursAgo(30).toISOString(), ticketId: 40, ...NO_WORDS },
    ]);
  });

  it('has answers that are about no ticket, and none that were promised to be anonymous', async () => {
    await ticket();
    await answered(null, 'nps', 9, 20);
    await answered(null, 'pulse', 2, 10);
    const { answers } = await customerOf();
    expect(answers).toEqual([
      { survey: 'nps', score: 9, outOf: 10, good: true, at: hoursAgo(20).toISOString(), ticketId: null, ...NO_WORDS },
    ]);
  });

  it('has the reasons and words of an answer, and whether it may be contacted', async () => {
    await ticket();
    const said = { drivers: ['friendliness', 'own'], comment: 'Kind', mayContact: true };
    await answered(null, 'nps', 9, 20, ROBIN, said);
    const [answer] = (await customerOf()).answers;
    expect(answer).toMatchObject({
      comment: 'Kind',
      mayContact: true,
      drivers: [{ en: 'How I was treated', es: 'El trato' }, { en: 'own' }],
    });
  });

  it('has other open tickets, the oldest five and how many there are, and the newest finished ones', async () => {
    await ticket();
    for (const n of [1, 2, 3, 4, 5, 6]) await ticket({ id: n, subject: `Open ${n}`, createdAt: hoursAgo(100 - n) });
    for (const n of [11, 12])
      await ticket({
        id: n,
        ...solved,
        solvedAt: hoursAgo(20 - n),
        updatedAt: hoursAgo(1),
        category: null,
        tier: null,
      });
    await ticket({ id: 21, requesterId: 901 });
    await ticket({ id: 22, gone: 'merged' });
    const { open, openCount, recent } = await customerOf();
    expect(open.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5]);
    expect(open[0]).toMatchObject({ subject: 'Open 1', status: 'open', categoryName: 'Refund' });
    expect(openCount).toBe(6);
    const finished = { subject: 'Tent leaks', status: 'solved', categoryName: null, waitingSince: null };
    expect(recent).toMatchObject([
      { id: 12, ...finished, finishedAt: hoursAgo(8).toISOString() },
      { id: 11, ...finished, finishedAt: hoursAgo(9).toISOString() },
    ]);
  });

  it('lists for each ticket when somebody changed it, not when we tagged it', async () => {
    await ticket();
    const tagged = { updatedAt: hoursAgo(0.25) };
    await ticket({ id: 1, createdAt: hoursAgo(90), waitingSince: hoursAgo(30), ...tagged });
    await ticket({ id: 2, createdAt: hoursAgo(80), waitingSince: null, status: 'pending', ...tagged });
    // Finished before we first saw it, which was later than its last change.
    await ticket({ id: 3, createdAt: hoursAgo(70), ...solved, updatedAt: hoursAgo(50), solvedAt: hoursAgo(2) });
    const { open, recent } = await customerOf();
    const moments = [...open, ...recent].map(({ id, openedAt, waitingSince, finishedAt }) => {
      return [id, openedAt, waitingSince, finishedAt];
    });
    const at = (hours: number) => hoursAgo(hours).toISOString();
    expect(moments).toEqual([
      [1, at(90), at(30), null],
      [2, at(80), null, null],
      [3, at(70), null, at(50)],
    ]);
  });
});

describe('promises', () => {
  const promised = async () => (await customerOf()).promises;

  it("are sentences with one of the policy's wordings, on any ticket of this customer, oldest first", async () => {
    await ticket();
    await ticket({ id: 40, ...solved });
    await ticket({ id: 41, requesterId: 901 });
    await person(LENA, 'Lena Moor', { role: 'agent' });
    await says('agent', 'Thanks. We will LET YOU  KNOW tomorrow. Bye!', 3);
    await says('agent', 'I will get back to you.', 9, { ticketId: 40, authorId: 8 });
    await says('agent', 'I will get back to you.', 9, { ticketId: 41 });
    expect(await promised()).toEqual([
      { text: 'I will get back to you.', by: null, at: hoursAgo(9).toISOString(), ticketId: 40 },
      { text: 'We will LET YOU KNOW tomorrow.', by: 'Lena Moor', at: hoursAgo(3).toISOString(), ticketId: 42 },
    ]);
  });

  it('stay open after comments of the customer and notes', async () => {
    await ticket();
    await says('agent', 'I will follow up.', 3);
    await says('customer', 'And?', 2);
    await says('agent', 'Ask the warehouse', 1, { public: false });
    expect(await promised()).toHaveLength(1);
  });

  test.each(['agent', 'us'] as const)('end with the next public comment of an agent (%s)', async (who) => {
    await ticket();
    await says('agent', 'I will follow up.', 3);
    await says(who, 'It was found.', 2);
    expect(await promised()).toEqual([]);
  });

  it('match whole words only', async () => {
    await ticket();
    await says('agent', 'Outlet you knowhow. Follow upstream.', 3);
    expect(await promised()).toEqual([]);
  });

  it('are not searched on closed or deleted tickets, nor without a wording in the policy', async () => {
    await ticket();
    await ticket({ id: 40, status: 'closed', waitingSince: null });
    await ticket({ id: 41, gone: 'deleted' });
    for (const ticketId of [40, 41]) await says('agent', 'I will follow up.', 3, { ticketId });
    expect(await promised()).toEqual([]);
    await says('agent', 'I will follow up.', 3);
    expect((await customerOf(42, { policy: aCardPolicy('promises: []') })).promises).toEqual([]);
  });
});

it('an agent who sees the tickets of some groups gets nothing from the others', async () => {
  await ticket({ groupId: 11 });
  await ticket({ id: 40, groupId: 99 });
  await ticket({ id: 41, groupId: 99, ...solved });
  await says('agent', 'I will follow up.', 3, { ticketId: 40 });
  await answered(41, 'csat', 1, 9);
  const { answers, open, openCount, recent, promises } = await customerOf(42, { agent: anAgent({ sees: 'groups' }) });
  expect({ answers, open, openCount, recent, promises }).toEqual({
    answers: [],
    open: [],
    openCount: 0,
    recent: [],
    promises: [],
  });
});
