import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { outbox } from '../../platform/outbox/tables.ts';
import { ticketMoves } from '../../tickets/tables.ts';
import { escalations } from '../tables.ts';
import { aCardPolicy, aDirectory, anAgent, cardFixture, hoursAgo, LENA } from './testing/card-fixture.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => database.clear());
afterAll(() => database.drop());

const { cardOf, ticket, says, person } = cardFixture(() => database);
const queueOf = async (...args: Parameters<typeof cardOf>) => (await cardOf(...args)).queue;

describe('the wait', () => {
  it('is given in calendar and in business time', async () => {
    // From Monday 10:00 to Tuesday 10:00 in New York.
    await ticket({ waitingSince: hoursAgo(24) });
    expect((await queueOf()).waiting).toMatchObject({
      since: hoursAgo(24).toISOString(),
      calendarMs: 24 * 3_600_000,
      businessMs: 9 * 3_600_000,
    });
  });

  it('has a place in the queue of the tier, which follow-up comments do not change', async () => {
    await ticket({ waitingSince: hoursAgo(3) });
    await ticket({ id: 41, waitingSince: hoursAgo(4), assigneeId: 7 });
    await ticket({ id: 43, waitingSince: hoursAgo(2) });
    await ticket({ id: 44, waitingSince: hoursAgo(9), tier: 't2' });
    await says('customer', 'Where is my parcel?', 3);
    await says('customer', 'Hello?', 2);
    await says('customer', 'HELLO?', 1);
    expect((await queueOf()).waiting).toMatchObject({ place: 2, of: 3, chasers: 2 });
  });

  it('counts follow-ups from the last answer on', async () => {
    await ticket({ waitingSince: hoursAgo(2) });
    await says('customer', 'Where is it?', 9);
    await says('customer', 'Hello?', 8);
    await says('agent', 'It is on its way.', 5);
    await says('customer', 'It is not.', 2);
    expect((await queueOf()).waiting?.chasers).toBe(0);
  });
});

describe('the target', () => {
  const policy = aCardPolicy('targets: [{ tier: t1, first_reply: 4bh, next_reply: 30m, because: We said so }]');

  it('is for the first reply until an agent has answered in public', async () => {
    await ticket({ waitingSince: hoursAgo(1) });
    await says('us', 'A note', 1, { public: false });
    expect((await queueOf(42, { policy })).waiting?.target).toEqual({
      kind: 'first_reply',
      within: '4bh',
      // Business hours begin at 14:00 UTC.
      dueAt: '2026-11-24T18:00:00.000Z',
      missed: false,
      because: 'We said so',
    });
  });

  it('is for the next reply from then on, and says when it was missed', async () => {
    await ticket({ waitingSince: hoursAgo(1) });
    await says('agent', 'Which order?', 2);
    await says('customer', 'Number 7', 1);
    expect((await queueOf(42, { policy })).waiting?.target).toMatchObject({
      kind: 'next_reply',
      dueAt: '2026-11-24T14:30:00.000Z',
      missed: true,
    });
  });

  it('is null if the policy sets none', async () => {
    await ticket({ tier: 't2' });
    expect((await queueOf(42, { policy })).waiting?.target).toBeNull();
  });
});

describe('the next oldest', () => {
  it('is the longest waiting unassigned ticket of the tier, and never this one', async () => {
    await ticket({ waitingSince: hoursAgo(9) });
    await ticket({ id: 43, waitingSince: hoursAgo(8), assigneeId: 7 });
    await ticket({ id: 44, waitingSince: hoursAgo(7), gone: 'spam' });
    await ticket({ id: 45, waitingSince: hoursAgo(6), tier: 't2' });
    await ticket({ id: 46, waitingSince: hoursAgo(5), subject: 'Boots' });
    await ticket({ id: 47, waitingSince: hoursAgo(4) });
    expect((await queueOf()).nextOldest).toEqual({
      ticketId: 46,
      subject: 'Boots',
      waitingSince: hoursAgo(5).toISOString(),
    });
  });

  it('is one that this agent may see', async () => {
    await ticket();
    await ticket({ id: 43, waitingSince: hoursAgo(8), groupId: 99 });
    await ticket({ id: 44, waitingSince: hoursAgo(7), groupId: null });
    await ticket({ id: 45, waitingSince: hoursAgo(6), groupId: 11 });
    expect((await queueOf(42, { agent: anAgent({ sees: 'groups' }) })).nextOldest?.ticketId).toBe(45);
  });

  it('is null when nobody is waiting', async () => {
    await ticket();
    expect((await queueOf()).nextOldest).toBeNull();
  });
});

describe('a ticket with a department', () => {
  const WAREHOUSE = 21;
  const policy = aCardPolicy(`
targets: [{ tier: t1, first_reply: 4bh }]
departments:
  - { id: warehouse, name: Warehouse, group: Warehouse team }
  - { id: finance, name: Finance, group: Finance team }
`);
  const directory = {
    ...aDirectory,
    // Zendesk has no group for Finance.
    groupId: (name: string) => (name === 'Warehouse team' ? WAREHOUSE : aDirectory.groupId(name)),
  };
  const queueAt = (ticketId = 42) => queueOf(ticketId, { policy, deps: { directory } });
  const handed = (hours: number, part: Partial<typeof escalations.$inferInsert> = {}) =>
    database.db.insert(escalations).values({
      ticketId: 42,
      requestId: `${hours} hours ago`,
      agentId: LENA,
      kind: 'department',
      target: 'warehouse',
      said: [],
      escalatedAt: hoursAgo(hours),
      ...part,
    });
  const moved = (fromGroupId: number, toGroupId: number, hours: number) =>
    database.db.insert(ticketMoves).values({ ticketId: 42, fromGroupId, toGroupId, movedAt: hoursAgo(hours) });
  const since = (hours: number) => ({ name: 'Warehouse', since: hoursAgo(hours).toISOString() });

  it('has no place or target in the queue of the tier, although the customer waits', async () => {
    await ticket({ groupId: WAREHOUSE, waitingSince: hoursAgo(3) });
    await ticket({ id: 43 });
    const { waiting, department } = await queueAt();
    expect(waiting).toMatchObject({ since: hoursAgo(3).toISOString(), calendarMs: 3 * 3_600_000, place: null });
    expect(waiting?.target).toBeNull();
    expect(department?.name).toBe('Warehouse');
    expect((await queueAt(43)).waiting).toMatchObject({ place: 1, of: 1 });
    const { departments } = await cardOf(42, { policy, deps: { directory } });
    expect(departments.map(({ hasTicket }) => hasTicket)).toEqual([true, false]);
  });

  it('is in the queue again once it is on its way back', async () => {
    await ticket({ id: 43 });
    await ticket({ id: 44, groupId: WAREHOUSE });
    await ticket({ groupId: WAREHOUSE, waitingSince: hoursAgo(0) });
    await database.db.insert(outbox).values({
      kind: 'ticket_change',
      key: 'escalation:1',
      ticketId: 42,
      payload: { cause: 'agent', change: { groupId: 11, unassign: true } },
    });
    const { waiting, department } = await queueAt();
    expect(department).toBeNull();
    expect(waiting).toMatchObject({ place: 2, of: 2 });
  });

  it('is shown when no customer is waiting, too', async () => {
    await ticket({ groupId: WAREHOUSE, waitingSince: null });
    await handed(2);
    expect(await queueAt()).toMatchObject({ waiting: null, department: since(2) });
  });

  it('is there since the last hand-off', async () => {
    await ticket({ groupId: WAREHOUSE });
    await handed(9);
    await moved(11, WAREHOUSE, 8);
    await moved(WAREHOUSE, 11, 7);
    await handed(5);
    await handed(4, { kind: 'tier', target: 'warehouse' });
    await handed(3, { target: 'finance' });
    await moved(11, WAREHOUSE, 2);
    expect((await queueAt()).department).toMatchObject(since(5));
  });

  it('shows the notes of the hand-off, with author and origin', async () => {
    await ticket({ groupId: WAREHOUSE });
    const said = [{ label: 'Which parcel?', text: '17' }];
    await handed(5, { fromTier: 't1', fromGroupId: 11, said });
    expect((await queueAt()).department?.handedOver).toEqual({
      id: expect.any(Number),
      how: 'hand_off',
      from: 'Tier 1',
      to: 'Warehouse',
      by: '#2',
      at: hoursAgo(5).toISOString(),
      said,
    });
  });

  it('is there since somebody moved it in Zendesk, if it was elsewhere since the last hand-off', async () => {
    await ticket({ groupId: WAREHOUSE });
    await handed(9);
    await moved(11, WAREHOUSE, 8);
    await moved(WAREHOUSE, 11, 7);
    await moved(11, WAREHOUSE, 6);
    expect((await queueAt()).department).toEqual({ ...since(6), handedOver: null });
  });

  it('is there since its last change when it was first seen there', async () => {
    await ticket({ groupId: WAREHOUSE, updatedAt: hoursAgo(4) });
    expect((await queueAt()).department).toMatchObject(since(4));
  });

  it('belongs to the tier again once it is in another group', async () => {
    await ticket({ groupId: 11 });
    await handed(9);
    await moved(11, WAREHOUSE, 8);
    await moved(WAREHOUSE, 11, 7);
    const { waiting, department } = await queueAt();
    expect(department).toBeNull();
    expect(waiting).toMatchObject({ place: 1, target: { kind: 'first_reply' } });
  });

  it('is not the next oldest of the tier', async () => {
    await ticket({ id: 43, groupId: WAREHOUSE, waitingSince: hoursAgo(9) });
    await ticket({ id: 44, groupId: null, waitingSince: hoursAgo(8) });
    await ticket({ id: 45, groupId: 11, waitingSince: hoursAgo(7) });
    await ticket();
    expect((await queueAt()).nextOldest?.ticketId).toBe(44);
    expect((await queueAt(44)).nextOldest?.ticketId).toBe(45);
  });

  it('is unknown while the groups are not loaded', async () => {
    await ticket({ groupId: null });
    await ticket({ id: 43, groupId: WAREHOUSE });
    expect((await queueAt()).department).toBeNull();
    expect(await queueOf(43, { policy, deps: { directory: null } })).toMatchObject({
      department: null,
      waiting: { place: 2 },
    });
  });
});

describe('who answered last', () => {
  const answered = async (asking?: Parameters<typeof cardOf>[1]) => (await cardOf(42, asking)).queue.answered;

  it('is the agent who asks, or another by name, or one whom we do not know', async () => {
    await ticket({ waitingSince: null });
    await says('customer', 'Where is it?', 20);
    await says('agent', 'On its way.', 15);
    const at = hoursAgo(15).toISOString();
    expect(await answered()).toEqual({ at, by: null, byYou: true });
    await person(LENA, 'Lena Moor', { role: 'agent' });
    expect(await answered({ agent: anAgent({ id: 3 }) })).toEqual({ at, by: 'Lena Moor', byYou: false });
  });

  it('is nobody when the customer wrote last, or only a note came after', async () => {
    await ticket({ waitingSince: null });
    await says('customer', 'Thanks!', 20);
    await says('agent', 'Note to self', 15, { public: false });
    expect(await answered()).toBeNull();
  });
});

test('when the customer last wrote in public is known, whoever wrote after', async () => {
  await ticket();
  expect((await queueOf()).lastMessageAt).toBeNull();
  await says('customer', 'Where is it?', 5);
  await says('customer', 'A private copy', 4, { public: false });
  await says('agent', 'On its way.', 3);
  expect((await queueOf()).lastMessageAt).toBe(hoursAgo(5).toISOString());
});
