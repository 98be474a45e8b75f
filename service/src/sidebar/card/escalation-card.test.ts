import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { outbox } from '../../platform/outbox/tables.ts';
import { ticketMoves, tickets } from '../../tickets/tables.ts';
import { categoryCorrections, escalations } from '../tables.ts';
import { aCardPolicy, aDirectory, cardFixture, hoursAgo, LENA, ROBIN } from './testing/card-fixture.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => database.clear());
afterAll(() => database.drop());

const { cardOf, ticket, says, person } = cardFixture(() => database);
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

const T1 = { id: 't1', name: 'Tier 1', missingGroup: null, closedGroup: null };
const T2 = { id: 't2', name: 'Tier 2', missingGroup: null, closedGroup: null };
const T3 = { id: 't3', name: 'Tier 3', missingGroup: null, closedGroup: null };
const NOWHERE = { from: null, next: null, back: [], criteria: [] };

describe('the next destination', () => {
  it('is the next tier, and none from the last tier', async () => {
    await ticket();
    await ticket({ id: 43, tier: 't3' });
    expect((await escalationOf()).next).toEqual(T2);
    expect(await escalationOf(43)).toMatchObject({ from: { id: 't3' }, next: null });
  });

  it('depends on the tier whose group has the ticket, whatever its tag says', async () => {
    await ticket({ groupId: 12 });
    await ticket({ id: 43, groupId: 13 });
    expect(await escalationOf()).toMatchObject({ from: { id: 't2', name: 'Tier 2' }, next: T3, back: [T1] });
    expect(await escalationOf(43)).toMatchObject({ from: { id: 't3', name: 'Tier 3' }, next: null, back: [T1] });
  });

  it('is the tier of its tag when that is above the next one', async () => {
    await ticket({ tier: 't3', groupId: 11 });
    expect(await escalationOf()).toMatchObject({ from: { id: 't1' }, next: T3, back: [] });
  });

  it('depends on the group of a pending move, until that is done or dead-lettered', async () => {
    const wanted = { category: 'refunds', tier: 't2', priority: null, tags: [], groupId: 12 };
    await ticket({ tier: 't2', groupId: 11, wanted });
    const payload = { cause: 'agent', change: { groupId: 12 } };
    await database.db.insert(outbox).values({ kind: 'ticket_change', key: 'escalation:1', ticketId: 42, payload });
    expect(await escalationOf()).toMatchObject({ from: { id: 't2' }, next: T3, back: [T1] });
    await database.db.update(outbox).set({ state: 'parked' });
    expect(await escalationOf()).toMatchObject({ from: { id: 't1' }, next: T2, back: [] });
  });

  it.each([
    ['solved', { status: 'solved', waitingSince: null }],
    ['closed', { status: 'closed', waitingSince: null }],
    ['deleted', { gone: 'deleted' as const }],
    ['unsorted', { category: null, tier: null }],
  ])('is none for a ticket that is %s', async (what, row) => {
    const policy = aCardPolicy(`
departments: [{ id: warehouse, name: Warehouse, group: Warehouse }]
escalation: { criteria: [{ tier: t2, when: [{ text: Always }] }] }
`);
    await ticket({ groupId: 12, ...row });
    await moved(11, 12);
    const { escalation, departments } = await cardOf(42, { policy });
    expect(escalation).toMatchObject(NOWHERE);
    expect(departments).toHaveLength(what === 'unsorted' ? 1 : 0);
  });

  it('is not offered when its group is missing in Zendesk, and the group is named', async () => {
    const policy = aCardPolicy('departments: [{ id: legal, name: Legal, group: Legal team }]');
    const groupId = (name: string) => (name === 'Support Tier 2' ? null : aDirectory.groupId(name));
    await ticket({ groupId: 11 });
    const { escalation, departments } = await cardOf(42, { policy, deps: { directory: { ...aDirectory, groupId } } });
    expect(escalation.next).toEqual({ ...T2, missingGroup: 'Support Tier 2' });
    expect(departments[0]).toMatchObject({ id: 'legal', missingGroup: 'Legal team' });
    const early = await cardOf(42, { policy, deps: { directory: null } });
    expect([early.escalation.next, early.departments[0]]).toMatchObject([
      { missingGroup: null },
      { missingGroup: null },
    ]);
  });

  it('includes lower tiers that had the ticket before, whoever moved it', async () => {
    await ticket({ tier: 't3' });
    await escalated({ fromTier: 't2', target: 't3' });
    await moved(11, 12);
    await moved(99, 11);
    expect((await escalationOf()).back).toEqual([T1, T2]);
  });

  it("includes the ticket's own tier from a department, unless somebody moved it there", async () => {
    await ticket({ groupId: 21 });
    await escalated({ kind: 'department', target: 'warehouse' });
    expect((await escalationOf()).back).toEqual([T1]);
    await database.db.update(tickets).set({ groupId: 11 });
    expect((await escalationOf()).back).toEqual([]);
  });

  it('from a department is that of the tier that last had the ticket', async () => {
    const policy = aCardPolicy('departments: [{ id: warehouse, name: Warehouse, group: Warehouse }]');
    const directory = {
      ...aDirectory,
      groupId: (name: string) => (name === 'Warehouse' ? 21 : aDirectory.groupId(name)),
    };
    await ticket({ groupId: 21 });
    await moved(11, 12);
    await moved(12, 21);
    expect(await escalationOf(42, { policy, deps: { directory } })).toMatchObject({
      from: { id: 't2' },
      next: T3,
      back: [T1, T2],
    });
  });

  it('does not include a tier above, or one that never had the ticket', async () => {
    await ticket({ tier: 't2' });
    await escalated({ fromTier: 't3', target: 't2' });
    expect((await escalationOf()).back).toEqual([]);
    await escalated({ fromTier: null, kind: 'department', target: 'warehouse' });
    expect((await escalationOf()).back).toEqual([T2]);
  });
});

describe('when to escalate', () => {
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

  it('says of each criterion whether it holds now, and leaves to people what cannot be known', async () => {
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

  it('evaluates criteria on names and fields', async () => {
    await ticket({ customFields: { '77': 250 }, brandId: null });
    const { criteria } = await escalationOf(42, { policy });
    expect(criteria.slice(3).map(({ holds }) => holds)).toEqual([false, true]);
  });

  it('depends on the tier that has the ticket', async () => {
    await ticket({ tier: 't2' });
    await ticket({ id: 43, tier: 't1', groupId: 12 });
    expect((await escalationOf(42, { policy })).criteria).toEqual([{ text: 'Code must change', holds: null }]);
    expect((await escalationOf(43, { policy })).criteria).toEqual([{ text: 'Code must change', holds: null }]);
  });
});

describe('the history of moves', () => {
  it('counts every move and lists escalations, newest first, with names', async () => {
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
      { id: 2, how: 'hand_off', from: null, to: 'Warehouse', by: '#8', at: hoursAgo(2).toISOString(), said: [] },
      {
        id: 1,
        how: 'up',
        from: 'Tier 1',
        to: 'Tier 2',
        by: 'Lena Moor',
        at: hoursAgo(2).toISOString(),
        said: [{ label: 'Summary', text: 'It leaks' }],
      },
    ]);
  });

  const corrected = (movedTo: number, undoneAt: Date | null) =>
    database.db.insert(categoryCorrections).values({
      ticketId: 42,
      agentId: LENA,
      before: { category: 'refunds', tier: 't1', placedBy: 'policy', groupId: 11, movedTo },
      toCategory: 'bug',
      toTier: 't2',
      undoneAt,
    });

  it('does not count the move of an undone correction, but those made by people', async () => {
    await ticket();
    await corrected(12, hoursAgo(1));
    expect((await escalationOf()).moves).toBe(0);
    await moved(11, 12);
    await moved(12, 11);
    expect((await escalationOf()).moves).toBe(0);
    await moved(11, 12);
    await moved(12, 11);
    expect((await escalationOf()).moves).toBe(2);
  });

  it('counts a correction apart from the moves that people wanted', async () => {
    await ticket({ groupId: 12 });
    await corrected(12, null);
    await moved(11, 12);
    expect(await escalationOf()).toMatchObject({ moves: 0, corrections: 1 });
    await moved(12, 13);
    expect(await escalationOf()).toMatchObject({ moves: 1, corrections: 1 });
  });

  it('offers no way back to a tier that had the ticket by an undone correction only', async () => {
    await ticket({ category: 'bug', tier: 't2', groupId: 12 });
    await database.db.insert(categoryCorrections).values({
      ticketId: 42,
      agentId: LENA,
      before: { category: 'bug', tier: 't2', placedBy: 'policy', groupId: 12, movedTo: 11 },
      toCategory: 'refunds',
      toTier: 't1',
      undoneAt: hoursAgo(1),
    });
    await moved(12, 11);
    await moved(11, 12);
    expect(await escalationOf()).toMatchObject({ moves: 0, corrections: 0, back: [] });
  });

  it('lists a ticket returned by a department as handed back, with its name', async () => {
    const policy = aCardPolicy('departments: [{ id: warehouse, name: Warehouse, group: Warehouse }]');
    const directory = {
      ...aDirectory,
      groupId: (name: string) => (name === 'Warehouse' ? 21 : aDirectory.groupId(name)),
    };
    await ticket({ groupId: 11 });
    await escalated({ fromTier: 't2', fromGroupId: 12, target: 't1' });
    await escalated({ fromTier: 't1', fromGroupId: 21, target: 't1' });
    const { history } = await escalationOf(42, { policy, deps: { directory } });
    expect(history).toMatchObject([
      { how: 'back', from: 'Warehouse', to: 'Tier 1' },
      { how: 'back', from: 'Tier 2', to: 'Tier 1' },
    ]);
  });

  it('shows the fields of the policy, by default the summary, the steps and the impact', async () => {
    await ticket();
    expect((await escalationOf()).fields.map(({ id }) => id)).toEqual(['summary', 'steps_tried', 'customer_impact']);
  });

  it('looks for questions in the last fifty public comments of agents', async () => {
    await ticket();
    await says('agent', 'Is this too long ago?', 99);
    for (let n = 0; n < 49; n++) await says('agent', 'We are on it.', 50 - n);
    await says('customer', 'Hello?', 1);
    expect((await escalationOf()).asked).toHaveLength(1);
    await says('agent', 'Is it there now?', 0.5);
    expect((await escalationOf()).asked.map(({ text }) => text)).toEqual(['Is it there now?']);
  });

  it('lists questions that agents asked in public, with their author', async () => {
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
