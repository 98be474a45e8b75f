import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { eraseTickets } from '../../tickets/projection/erase-tickets.ts';
import type { Agent } from '../identity/agent.ts';
import { type ActionsFixture, createActionsFixture, LENA, T1, T2, WAREHOUSE } from './testing/actions-fixture.ts';

let database: TestDatabase;
let fixture: ActionsFixture;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.clear();
  fixture = createActionsFixture(database);
  await fixture.placed(42);
});
afterAll(() => database.drop());

const READER: Agent = { ...LENA, may: { edit: false, editTags: false, assignTo: 'any_group' } };
const WITHOUT_TAGS: Agent = { ...LENA, may: { ...LENA.may, editTags: false } };
const inGroups = (...groupIds: number[]): Agent => ({
  ...LENA,
  groupIds,
  may: { ...LENA.may, assignTo: 'own_groups' },
});
const refused = (error: string) => ({ kind: 'refused', refusal: { error }, status: 403 });
const done = { kind: 'done' };

test('an agent who may only read can perform no action', async () => {
  await fixture.corrects(42, 'bug');
  const [correction] = await fixture.corrections(42);
  const before = [await fixture.row(42), await fixture.effects()];
  expect(await fixture.corrects(42, 'refunds', READER)).toMatchObject(refused('read_only'));
  expect(await fixture.undoes(42, READER)).toMatchObject(refused('read_only'));
  expect(await fixture.ticks(42, 'thank-them', true, READER)).toMatchObject(refused('read_only'));
  expect(await fixture.escalates(42, 't2', { agent: READER })).toMatchObject(refused('read_only'));
  expect(await fixture.escalates(42, 'warehouse', { agent: READER })).toMatchObject(refused('read_only'));
  expect(await fixture.refunds(42, 100, { agent: READER })).toMatchObject(refused('read_only'));
  expect([await fixture.row(42), await fixture.effects()]).toEqual(before);
  expect(await fixture.corrections(42)).toEqual([correction]);
  expect(await fixture.ticked()).toEqual([]);
  expect(await fixture.escalations()).toEqual([]);
});

test('an erased ticket accepts no action and stores no new text', async () => {
  await database.db.transaction((tx) => eraseTickets(tx, { ids: [42], now: new Date(), gone: false, hooks: [] }));
  const before = await fixture.effects();
  const erased = {
    kind: 'refused',
    status: 409,
    refusal: { error: 'closed', message: expect.stringContaining('erased') },
  };
  expect(await fixture.corrects(42, 'bug')).toMatchObject(erased);
  expect(await fixture.ticks(42, 'thank-them', true)).toMatchObject(erased);
  expect(await fixture.escalates(42, 't2')).toMatchObject(erased);
  expect(await fixture.refunds(42, 100)).toMatchObject(erased);
  expect(await fixture.effects()).toEqual(before);
  expect(await fixture.escalations()).toEqual([]);
});

test('an agent who may not edit tags cannot correct the category, but can mark steps and escalate', async () => {
  expect(await fixture.corrects(42, 'bug', WITHOUT_TAGS)).toMatchObject(refused('read_only'));
  expect(await fixture.ticks(42, 'thank-them', true, WITHOUT_TAGS)).toEqual(done);
  expect(await fixture.escalates(42, 't2', { agent: WITHOUT_TAGS })).toEqual(done);
});

test('a ticket can be moved only to groups that the agent may assign to', async () => {
  const refusal = { kind: 'refused', status: 403, refusal: { error: 'group_not_allowed', group: 'Support Tier 2' } };
  expect(await fixture.escalates(42, 't2', { agent: inGroups(T1) })).toMatchObject(refusal);
  expect(await fixture.escalates(42, 'warehouse', { agent: inGroups(T1) })).toMatchObject({
    refusal: { error: 'group_not_allowed', group: 'Warehouse' },
  });
  expect(await fixture.escalations()).toEqual([]);
  expect(
    await fixture.escalates(42, 'warehouse', { agent: inGroups(T1, WAREHOUSE), fields: { parcel: '17' } }),
  ).toEqual(done);
});

test('a correction that would move the ticket needs permission to assign to that group, and so does its undo', async () => {
  expect(await fixture.corrects(42, 'bug', inGroups(T1))).toMatchObject(refused('group_not_allowed'));
  expect(await fixture.corrections(42)).toEqual([]);
  expect(await fixture.corrects(42, 'bug', inGroups(T1, T2))).toEqual(done);
  expect(await fixture.undoes(42, inGroups(T2))).toMatchObject(refused('group_not_allowed'));
  expect(await fixture.undoes(42, inGroups(T1))).toEqual(done);
});

test('a correction that moves nothing needs no such permission', async () => {
  await fixture.byHand(42, { assignee_id: LENA.id });
  expect(await fixture.corrects(42, 'bug', inGroups(T1))).toEqual(done);
});
