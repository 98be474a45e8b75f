import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { aTicket as factsOf } from '../../decide/testing/builders.ts';
import { tickets } from '../../tickets/tables.ts';
import { categoryCorrections, escalations } from '../tables.ts';
import { aCardPolicy, anAgent, cardFixture, hoursAgo, LENA } from './testing/card-fixture.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => database.clear());
afterAll(() => database.drop());

const { cardOf, ticket, person, decided } = cardFixture(() => database);
const REFUND = factsOf({ description: 'I want my money back' });
const BUG = factsOf({ description: 'It crashes' });

const tierOf = async () => (await cardOf()).tier;
const corrects = (part: Partial<typeof categoryCorrections.$inferInsert> = {}) =>
  database.db.insert(categoryCorrections).values({
    ticketId: 42,
    agentId: LENA,
    before: { category: 'refunds', tier: 't1', placedBy: 'policy', groupId: 11 },
    toCategory: 'bug',
    toTier: 't2',
    correctedAt: hoursAgo(1),
    ...part,
  });
const CORRECTED = { category: 'bug', tier: 't2', placedBy: 'human' } as const;

describe('the tier and its reason', () => {
  it('contain the trigger, each condition with the value found, and one sentence', async () => {
    await ticket();
    await decided(REFUND);
    expect(await tierOf()).toMatchObject({
      category: { id: 'refunds', name: 'Refund' },
      tier: { id: 't1', name: 'Tier 1', handles: 'General questions' },
      sentence: 'Refund, Tier 1: the text says "money back" (trigger "Asks for money back")',
      reason: {
        by: 'trigger',
        triggerId: 'money-back',
        conditions: [{ field: 'text', saw: ['money back'], held: true }],
      },
      placedBy: 'policy',
      decidedAt: hoursAgo(1).toISOString(),
      correction: null,
    });
  });

  it('name the trigger that came closest to admins', async () => {
    const policy = aCardPolicy(`
  - id: late
    title: Is late
    conditions: { all: [{ field: text, operator: includes_any, value: [parcel] }, { field: text, operator: includes_any, value: [late] }] }
    actions: { category: refunds }
`);
    await ticket({ category: 'other' });
    await decided(factsOf({ description: 'About my parcel' }), {}, policy);
    const { tier } = await cardOf(42, { agent: anAgent({ role: 'admin' }) });
    expect(tier?.nearestMiss).toMatchObject({ triggerId: 'late', missedBy: [{ wanted: ['late'] }] });
  });

  it('use the last decision that set the category, not later ones for a solved or unchanged ticket', async () => {
    await ticket();
    await decided(BUG);
    await decided(REFUND);
    await decided(BUG, { outcome: 'not_open' });
    await decided(BUG, { outcome: 'left_to_human' });
    expect((await tierOf())?.reason).toMatchObject({ triggerId: 'money-back' });
  });

  it('give no reason that belongs to another category', async () => {
    await ticket({ category: 'other' });
    await decided(REFUND);
    expect(await tierOf()).toMatchObject({
      reason: { by: 'nothing' },
      sentence: 'Other, Tier 1: the policy says nothing about it',
      nearestMiss: null,
    });
  });

  it('say that a person set it', async () => {
    await ticket(CORRECTED);
    await decided(REFUND);
    expect(await tierOf()).toMatchObject({
      reason: { by: 'human' },
      sentence: 'Bug, Tier 2: a person decided (category or group)',
      nearestMiss: null,
      placedBy: 'human',
    });
  });

  it("show the policy's decision for a ticket with an override, and for no other", async () => {
    await ticket(CORRECTED);
    expect((await tierOf())?.policySaid).toBeNull();
    await decided(REFUND);
    await decided(BUG, { outcome: 'left_to_human' });
    expect((await tierOf())?.policySaid).toMatchObject({
      category: { id: 'refunds', name: 'Refund' },
      reason: { by: 'trigger', triggerId: 'money-back' },
    });
    await ticket({ id: 43 });
    await decided(REFUND, { ticketId: 43 });
    expect((await cardOf(43)).tier?.policySaid).toBeNull();
  });

  it.each([
    [11, null],
    [12, { id: 't2', name: 'Tier 2' }],
    [13, { id: 't3', name: 'Tier 3' }],
    [99, null],
    [null, null],
  ])('say which other tier has it, by its group: %s', async (groupId, heldBy) => {
    await ticket({ groupId });
    expect((await tierOf())?.heldBy).toEqual(heldBy);
  });

  it('say which agent has it', async () => {
    await person(LENA, 'Lena Moor', { role: 'agent' });
    await ticket({ assigneeId: LENA });
    await ticket({ id: 43, assigneeId: 8 });
    await ticket({ id: 44 });
    const names = await Promise.all([42, 43, 44].map(async (id) => (await cardOf(id)).tier?.assignee));
    expect(names).toEqual(['Lena Moor', '#8', null]);
  });

  it('list every category with the tier it leads to, in the order of the policy', async () => {
    await ticket();
    expect((await tierOf())?.categories).toEqual([
      { id: 'refunds', name: 'Refund', tierName: 'Tier 1' },
      { id: 'bug', name: 'Bug', tierName: 'Tier 2' },
      { id: 'other', name: 'Other', tierName: 'Tier 1' },
    ]);
  });
});

describe('an escalation', () => {
  const escalated = (part: Partial<typeof escalations.$inferInsert> = {}) =>
    database.db.insert(escalations).values({
      ticketId: 42,
      requestId: `r${Math.random()}`,
      agentId: LENA,
      kind: 'tier',
      fromTier: 't1',
      target: 't2',
      said: [],
      escalatedAt: hoursAgo(2),
      ...part,
    });
  const UP = { tier: 't2', groupId: 12, placedBy: 'human' } as const;
  const passedOn = async () => (await tierOf())?.passedOn;

  it('is the reason for where the ticket is, with its author', async () => {
    await person(LENA, 'Lena Moor', { role: 'agent' });
    await ticket(UP);
    await escalated();
    expect(await passedOn()).toMatchObject({ how: 'up', to: 'Tier 2', by: 'Lena Moor' });
  });

  it('is shown for a hand-off as long as the group is unknown', async () => {
    const policy = aCardPolicy('departments: [{ id: warehouse, name: Warehouse, group: Warehouse }]');
    await ticket({ groupId: 21, placedBy: 'human' });
    await escalated({ kind: 'department', target: 'warehouse' });
    const { tier } = await cardOf(42, { policy });
    expect(tier?.passedOn).toMatchObject({ how: 'hand_off', to: 'Warehouse' });
  });

  it('is no longer the reason once somebody has moved or corrected the ticket', async () => {
    await ticket({ ...UP, groupId: 13 });
    await escalated();
    expect(await passedOn()).toBeNull();
    await database.db.update(tickets).set({ groupId: 12, category: 'bug' });
    expect(await passedOn()).toMatchObject({ to: 'Tier 2' });
    await corrects();
    expect(await passedOn()).toBeNull();
  });

  it('is not the reason for a ticket placed by the policy', async () => {
    await ticket({ ...UP, placedBy: 'policy' });
    await escalated();
    expect(await passedOn()).toBeNull();
  });
});

describe('a correction', () => {
  it('is shown with its author', async () => {
    await ticket(CORRECTED);
    await person(LENA, 'Lena Moor', { role: 'agent' });
    await corrects();
    expect((await tierOf())?.correction).toEqual({
      id: 1,
      from: { id: 'refunds', name: 'Refund' },
      to: { id: 'bug', name: 'Bug' },
      by: 'Lena Moor',
      at: hoursAgo(1).toISOString(),
    });
  });

  it('shows an agent without a known name by id', async () => {
    await ticket(CORRECTED);
    await corrects();
    expect((await tierOf())?.correction?.by).toBe('#2');
  });

  it('that was undone is no longer shown', async () => {
    await ticket();
    await corrects({ undoneAt: hoursAgo(0.5), undoneBy: LENA });
    expect((await tierOf())?.correction).toBeNull();
  });

  it('is no longer shown once somebody chose another category in Zendesk', async () => {
    await ticket({ ...CORRECTED, category: 'other' });
    await corrects();
    expect((await tierOf())?.correction).toBeNull();
  });
});

describe('what the category may be changed to', () => {
  const movesTo = async () => (await tierOf())?.movesTo;

  it('says which tier the ticket would move to', async () => {
    await ticket({ groupId: 11 });
    expect(await movesTo()).toEqual({ bug: 'Tier 2' });
  });

  it.each([
    ['an agent has it', { groupId: 11, assigneeId: LENA }],
    ['it is in that tier’s group already', { groupId: 12 }],
  ])('says of no move where %s', async (_, part) => {
    await ticket(part);
    expect(await movesTo()).toEqual({});
  });

  it('says of no move of an escalated ticket to a lower tier', async () => {
    await ticket({ tier: 't3', groupId: 13, placedBy: 'human' });
    await database.db.insert(escalations).values({
      ticketId: 42,
      requestId: 'request-1',
      agentId: LENA,
      kind: 'tier',
      fromTier: 't1',
      target: 't3',
      said: [],
    });
    expect(await movesTo()).toEqual({});
  });
});
