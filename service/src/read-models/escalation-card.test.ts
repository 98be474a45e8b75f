import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { escalations, ticketMoves, tickets } from '../storage/schema.ts';
import { aCardPolicy, cardRoom, hoursAgo, LENA, ROBIN } from './testing/card-room.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => database.clear());
afterAll(() => database.drop());

const { cardOf, ticket, says, person } = cardRoom(() => database);
const escalationOf = async (...args: Parameters<typeof cardOf>) => (await cardOf(...args)).escalation;

const escalated = (part: Partial<typeof escalations.$inferInsert> = {}) =>
  database.db.insert(escalations).values({
    ticketId: 42,
    requestId: `r${Math.random()}`,
    agentId: LENA,
    kind: 'tier',
    fromTier: 't1',
    target: 't2',
    said: [{ label: 'Summary', text: 'It leaks' }],
    escalatedAt: hoursAgo(2),
    ...part,
  });
const moved = (fromGroupId: number, toGroupId: number) =>
  database.db.insert(ticketMoves).values({ ticketId: 42, fromGroupId, toGroupId, movedAt: hoursAgo(1) });

describe('where a ticket can go', () => {
  it('is the next tier, and none from the last', async () => {
    await ticket();
    await ticket({ id: 43, tier: 't3' });
    expect((await escalationOf()).next).toEqual({ id: 't2', name: 'Tier 2' });
    expect((await escalationOf(43)).next).toBeNull();
  });

  it('is back to tiers below that held it before, whoever took it from them', async () => {
    await ticket({ tier: 't3' });
    await escalated({ fromTier: 't2', target: 't3' });
    await moved(11, 12);
    await moved(99, 11);
    expect((await escalationOf()).back).toEqual([
      { id: 't1', name: 'Tier 1' },
      { id: 't2', name: 'Tier 2' },
    ]);
  });

  it("is back to the ticket's own tier from a department, until somebody has brought it there", async () => {
    await ticket({ groupId: 21 });
    await escalated({ kind: 'department', target: 'warehouse' });
    expect((await escalationOf()).back).toEqual([{ id: 't1', name: 'Tier 1' }]);
    await database.db.update(tickets).set({ groupId: 11 });
    expect((await escalationOf()).back).toEqual([]);
  });

  it('is not back to a tier above, or to one that never held it', async () => {
    await ticket({ tier: 't2' });
    await escalated({ fromTier: 't3', target: 't2' });
    await escalated({ fromTier: null, kind: 'department', target: 'warehouse' });
    expect((await escalationOf()).back).toEqual([]);
  });
});

describe('when it should', () => {
  const policy = aCardPolicy(`
escalation:
  criteria:
    - tier: t1
      when:
        - { text: Somebody threatens with a lawyer, conditions: { any: [{ field: comment, operator: includes_any, value: [lawyer] }] } }
        - { text: It waits for two days, conditions: { all: [{ field: waiting_hours, operator: greater_than, value: 48 }] } }
        - { text: You do not know what to do }
        - { text: It is of the premium brand, conditions: { all: [{ field: brand, operator: is, value: Premium }] } }
        - { text: It is worth a lot, conditions: { all: [{ field: custom_field:77, operator: greater_than, value: 100 }] } }
    - { tier: t2, when: [{ text: Code must change }] }
`);

  it('says of each reason whether it holds now, and leaves to people what nobody can know', async () => {
    await ticket();
    await says('customer', 'I will call my lawyer', 3);
    await says('agent', 'Please do not.', 2);
    expect((await escalationOf(42, { policy })).criteria).toEqual([
      { text: 'Somebody threatens with a lawyer', holds: true },
      { text: 'It waits for two days', holds: false },
      { text: 'You do not know what to do', holds: null },
      // The names of brands and the custom fields were never told.
      { text: 'It is of the premium brand', holds: null },
      { text: 'It is worth a lot', holds: null },
    ]);
  });

  it('asks names and fields that are known', async () => {
    await ticket({ customFields: { '77': 250 }, brandId: null });
    const { criteria } = await escalationOf(42, { policy });
    expect(criteria.slice(3).map(({ holds }) => holds)).toEqual([false, true]);
  });

  it('goes by the tier the ticket is in', async () => {
    await ticket({ tier: 't2' });
    expect((await escalationOf(42, { policy })).criteria).toEqual([{ text: 'Code must change', holds: null }]);
  });
});

describe('what has happened', () => {
  it('counts every move and tells escalations, newest first, by name', async () => {
    const policy = aCardPolicy('departments: [{ id: warehouse, name: Warehouse, group: Warehouse }]');
    await ticket({ tier: 't1' });
    await person(LENA, 'Lena Moor', { role: 'agent' });
    await escalated();
    await escalated({ kind: 'department', target: 'warehouse', fromTier: null, agentId: 8, said: [] });
    await moved(11, 12);
    await moved(12, 11);
    const { moves, history } = await escalationOf(42, { policy });
    expect(moves).toBe(2);
    expect(history).toEqual([
      { id: 2, kind: 'department', from: null, to: 'Warehouse', by: '#8', at: hoursAgo(2).toISOString(), said: [] },
      {
        id: 1,
        kind: 'tier',
        from: 'Tier 1',
        to: 'Tier 2',
        by: 'Lena Moor',
        at: hoursAgo(2).toISOString(),
        said: [{ label: 'Summary', text: 'It leaks' }],
      },
    ]);
  });

  it('asks what the policy wants to know, by default the summary, the steps and the impact', async () => {
    await ticket();
    expect((await escalationOf()).fields.map(({ id }) => id)).toEqual(['summary', 'steps_tried', 'customer_impact']);
  });

  it('looks for questions in our last fifty public comments', async () => {
    await ticket();
    await says('agent', 'Is this too long ago?', 99);
    for (let n = 0; n < 49; n++) await says('agent', 'We are on it.', 50 - n);
    await says('customer', 'Hello?', 1);
    expect((await escalationOf()).asked).toHaveLength(1);
    await says('agent', 'Is it there now?', 0.5);
    expect((await escalationOf()).asked.map(({ text }) => text)).toEqual(['Is it there now?']);
  });

  it('lists what agents have asked in public, with who asked', async () => {
    await ticket();
    await person(LENA, 'Lena Moor', { role: 'agent' });
    await person(ROBIN, 'Robin Field');
    await says('customer', 'Why is it late?', 4);
    await says('agent', 'Hi Robin. Which order is it? Have a nice day!', 3);
    await says('agent', 'Did you get my mail? Which order is it?', 2);
    expect((await escalationOf()).asked).toEqual([
      { text: 'Which order is it?', by: 'Lena Moor', at: hoursAgo(3).toISOString() },
      { text: 'Did you get my mail?', by: 'Lena Moor', at: hoursAgo(2).toISOString() },
    ]);
  });
});
