import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { tickets } from '../../tickets/tables.ts';
import type { Agent } from '../identity/agent.ts';
import { DONE, defineAction, type Permission, refuse } from './action.ts';
import { allActions } from './perform-action.ts';
import { type ActionsFixture, createActionsFixture, LENA, OMAR, T1, T2, T3 } from './testing/actions-fixture.ts';

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

/** Everything that a new action needs. */
const prioritise = (permission: Permission) =>
  defineAction({
    name: 'prioritise',
    method: 'put',
    path: '/priority',
    body: z.object({ priority: z.enum(['low', 'urgent']), because: z.string() }),
    permission,
    perform: async ({ tx, ticket }, { priority, because }) => {
      if (because === '') return refuse('fields_missing', 'Say why.', { fields: ['because'] });
      await tx.update(tickets).set({ priority }).where(eq(tickets.id, ticket.id));
      if (because === 'fail') await tx.execute(sql`SELECT 1 / 0`);
      return DONE;
    },
    audit: ({ priority }) => ({ priority }),
  });

const performs = (permission: Permission, agent: Agent, because = 'The customer is stranded.', ticketId = 42) =>
  fixture.performs(prioritise(permission), ticketId, agent, { priority: 'urgent', because });
const refused = (error: string, status = 403) => ({ kind: 'refused', refusal: { error }, status });
const inGroups = (...groupIds: number[]): Agent => ({ ...LENA, groupIds });
const may = (rights: Partial<Agent['may']>): Agent => ({ ...LENA, may: { ...LENA.may, ...rights } });

test.each<[string, Permission, Agent, object]>([
  ['who may edit tickets', { right: 'edit' }, may({ editTags: false }), DONE],
  ['nobody who may only read', { right: 'edit' }, may({ edit: false, editTags: false }), refused('read_only')],
  ['nobody whose role edits no tags', { right: 'edit_tags' }, may({ editTags: false }), refused('read_only')],
  ['who is in the tier', { right: 'edit', only: () => ({ tiers: ['t2'] }) }, inGroups(T1, T2), DONE],
  [
    'nobody of another tier',
    { right: 'edit', only: () => ({ tiers: ['t2'] }) },
    inGroups(T1, T3),
    refused('forbidden'),
  ],
  ['who is named', { right: 'edit', only: () => ({ agents: ['lena@northwind.test'] }) }, LENA, DONE],
  ['nobody else', { right: 'edit', only: () => ({ agents: ['lena@northwind.test'] }) }, OMAR, refused('forbidden')],
  [
    'who is named though in no tier',
    { right: 'edit', only: () => ({ tiers: ['t3'], agents: ['omar@northwind.test'] }) },
    OMAR,
    DONE,
  ],
  [
    'nobody who is named but may only read',
    { right: 'edit', only: () => ({ agents: ['lena@northwind.test'] }) },
    may({ edit: false }),
    refused('read_only'),
  ],
  ['nobody where the policy names nobody', { right: 'edit', only: () => ({}) }, LENA, refused('forbidden')],
  ['everybody where the policy does not say', { right: 'edit', only: () => null }, LENA, DONE],
  [
    'whom the policy in force names',
    { right: 'edit', only: ({ company }) => ({ agents: [`lena@${company.split(' ')[0]?.toLowerCase()}.test`] }) },
    LENA,
    DONE,
  ],
])('an action is for %s', async (_who, permission, agent, expected) => {
  expect(await performs(permission, agent)).toMatchObject(expected);
  expect((await fixture.row(42)).priority).toBe(expected === DONE ? 'urgent' : 'high');
});

test('an agent who may not see the ticket does not learn which actions are allowed', async () => {
  const stranger: Agent = { ...inGroups(T3), sees: 'groups', may: { ...LENA.may, edit: false } };
  expect(await performs({ right: 'edit' }, stranger)).toMatchObject({
    refusal: { message: 'Zendesk does not show you this ticket.' },
  });
  expect(await performs({ right: 'edit' }, stranger, 'x', 99)).toMatchObject(refused('forbidden'));
  expect(await performs({ right: 'edit' }, LENA, 'x', 99)).toMatchObject(refused('not_found', 404));
});

test('each action performed or refused is one record in the log, with ids and without text', async () => {
  await performs({ right: 'edit' }, LENA);
  await performs({ right: 'edit' }, LENA, '');
  await performs({ right: 'edit', only: () => ({ tiers: ['t3'] }) }, OMAR);
  const on = { action: 'prioritise', ticketId: 42 };
  expect(fixture.logged).toEqual([
    { ...on, agentId: LENA.id, priority: 'urgent', message: "An agent's action was performed" },
    { ...on, agentId: LENA.id, refusal: 'fields_missing', message: "An agent's action was refused" },
    { ...on, agentId: OMAR.id, refusal: 'forbidden', message: "An agent's action was refused" },
  ]);
});

test('the built-in actions are recorded too, and an escalation without the text of its form', async () => {
  await fixture.corrects(42, 'bug');
  await fixture.undoes(42);
  await fixture.ticks(42, 'thank-them');
  await fixture.escalates(42, 't2');
  await fixture.corrects(42, 'bug', may({ editTags: false }));
  expect(fixture.logged).toMatchObject([
    { action: 'correct_category', from: 'refunds', category: 'bug' },
    { action: 'undo_correction', correctionId: expect.any(Number) },
    { action: 'tick_step', stepId: 'thank-them', done: true },
    { action: 'escalate_ticket', to: 'tier t2' },
    { action: 'correct_category', refusal: 'read_only' },
  ]);
  expect(JSON.stringify(fixture.logged)).not.toContain('tent');
});

test('an action that fails leaves the ticket unchanged', async () => {
  await expect(performs({ right: 'edit' }, LENA, 'fail')).rejects.toThrow('SELECT 1 / 0');
  expect((await fixture.row(42)).priority).toBe('high');
});

test('two actions with the same name or address are refused', () => {
  const action = prioritise({ right: 'edit' });
  expect(allActions([action])).toContain(action);
  expect(() => allActions([action, { ...action, path: '/urgency' }])).toThrow('"prioritise"');
  expect(() => allActions([action, { ...action, name: 'hurry' }])).toThrow('"PUT /priority"');
});
