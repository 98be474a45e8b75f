// Tests what a department sees of a ticket it has, when its answer is due, and what the tier sees once it came back.
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { escalations } from '../tables.ts';
import { aCardPolicy, aDirectory, anAgent, cardFixture, hoursAgo, LENA, NOW } from './testing/card-fixture.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => database.clear());
afterAll(() => database.drop());

const WAREHOUSE = 21;
const ANA = 7;
const { cardOf, ticket, says, person } = cardFixture(() => database);
const policyWith = (within: string) =>
  aCardPolicy(
    `departments: [{ id: warehouse, name: Warehouse, group: Warehouse, answers_within: ${within}, hours: { weekdays: { mon-fri: "08:00-12:00" } } }]`,
    { refunds: { title: 'Refund', steps: 0, blocks: [] } },
  );
const directory = {
  ...aDirectory,
  groupId: (name: string) => (name === 'Warehouse' ? WAREHOUSE : aDirectory.groupId(name)),
};
const ana = anAgent({ id: ANA, groupIds: [WAREHOUSE] });
const card = (agent = anAgent(), within = '8bh') =>
  cardOf(42, { agent, policy: policyWith(within), deps: { directory } });
const passed = (hours: number, part: Partial<typeof escalations.$inferInsert> = {}) =>
  database.db.insert(escalations).values({
    ticketId: 42,
    requestId: `${hours} hours ago`,
    agentId: LENA,
    kind: 'department',
    target: 'warehouse',
    fromTier: 't1',
    fromGroupId: 11,
    said: [],
    escalatedAt: hoursAgo(hours),
    ...part,
  });
const cameBack = (hours: number, label = 'Answer') =>
  passed(hours, {
    agentId: ANA,
    kind: 'tier',
    target: 't1',
    fromGroupId: WAREHOUSE,
    said: [{ label, text: 'It is on the shelf.' }],
  });

describe('a ticket at a department', () => {
  it('asks its people for the answer alone, without the steps and ways of the tiers', async () => {
    await ticket({ groupId: WAREHOUSE });
    await passed(2);
    const { queue, escalation, guidance } = await card(ana);
    expect(queue.department).toMatchObject({ name: 'Warehouse', isYours: true });
    expect(escalation).toMatchObject({ answerTo: { id: 't1', name: 'Tier 1' }, from: null, next: null, back: [] });
    expect(guidance).toBeNull();
  });

  it('stays a ticket of the tier for everybody else', async () => {
    await ticket({ groupId: WAREHOUSE });
    await passed(2);
    const { queue, escalation, guidance } = await card();
    expect(queue.department?.isYours).toBeUndefined();
    expect(escalation).toMatchObject({ from: { id: 't1' }, back: [{ id: 't1' }] });
    expect(escalation.answerTo).toBeUndefined();
    expect(guidance).not.toBeNull();
  });

  // Handed off on Tuesday at 08:00, read at 10:00; the warehouse is there from 08:00 to 12:00.
  it.each([
    ['90m', '2026-11-24T14:30:00.000Z', true],
    ['3h', '2026-11-24T16:00:00.000Z', false],
    ['8bh', '2026-11-25T17:00:00.000Z', false],
  ])('has an answer due within %s, by the department’s own hours', async (within, dueAt, late) => {
    await ticket({ groupId: WAREHOUSE });
    await passed(2);
    for (const agent of [ana, anAgent()])
      expect((await card(agent, within)).queue.department?.answer).toEqual({ within, dueAt, late });
  });
});

describe('a ticket that came back', () => {
  it('shows the answer until an agent replies to the customer', async () => {
    await ticket({ groupId: 11 });
    await person(ANA, 'Ana Ruiz', { role: 'agent' });
    await passed(5);
    await says('agent', 'We are looking.', 4);
    await cameBack(1);
    expect((await card()).queue.departmentAnswer).toEqual({
      department: 'Warehouse',
      by: 'Ana Ruiz',
      at: new Date(NOW - 3_600_000).toISOString(),
      text: 'It is on the shelf.',
    });
    await says('agent', 'A note', 0.6, { public: false });
    await says('customer', 'And?', 0.5);
    expect((await card()).queue.departmentAnswer).toBeDefined();
    await says('agent', 'It is on the shelf.', 0.1);
    expect((await card()).queue.departmentAnswer).toBeUndefined();
  });

  it.each([
    ['is solved', { status: 'solved' }, 'Answer', false],
    ['was taken back with the usual form', {}, 'Summary', false],
    ['went on to another tier', {}, 'Answer', true],
  ])('shows none where it %s', async (_, part, label, wentOn) => {
    await ticket({ groupId: 11, ...part });
    await cameBack(1, label);
    if (wentOn) await passed(0.5, { kind: 'tier', target: 't2' });
    expect((await card()).queue.departmentAnswer).toBeUndefined();
  });

  it("shows none where it was taken back with the tier's form, whatever that calls its fields", async () => {
    await ticket({ groupId: 11 });
    const said = ['Answer', 'Summary'].map((label) => ({ label, text: 'No answer yet.' }));
    await passed(1, { kind: 'tier', target: 't1', fromGroupId: WAREHOUSE, said });
    expect((await card()).queue.departmentAnswer).toBeUndefined();
  });

  it('has its old place in the queue', async () => {
    await ticket({ groupId: WAREHOUSE, waitingSince: hoursAgo(5) });
    await ticket({ id: 43, waitingSince: hoursAgo(6) });
    await ticket({ id: 44, waitingSince: hoursAgo(4) });
    await passed(3);
    expect((await card()).queue.waiting?.place).toBeNull();
    await cameBack(1);
    await database.db.$client.query('UPDATE tickets SET group_id = 11 WHERE id = 42');
    expect((await card()).queue.waiting).toMatchObject({ since: hoursAgo(5).toISOString(), place: 2, of: 3 });
  });
});
