// Follows tickets through the pipeline while part of the policy is in shadow, on a real database and a Zendesk in memory.
import { loadPolicy } from '@deskwright/shared';
import { eq } from 'drizzle-orm';
import { pipelineDeps } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { explainTicket } from '../../cli/explain-ticket.ts';
import { compilePolicy } from '../../decide/compile-policy.ts';
import { isInShare } from '../../decide/share.ts';
import { readHistory } from '../../history/testing/history-fixture.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import { aZendeskTicket } from '../../zendesk/testing/a-zendesk-ticket.ts';
import { eraseTickets } from '../projection/erase-tickets.ts';
import { createSweepRunner } from '../redecide/run-sweeps.ts';
import { planSweep } from '../redecide/sweeps.ts';
import { sweepTickets } from '../redecide/tables.ts';
import { createOutboxFixture, type OutboxFixture, performEffects } from '../write/testing/outbox-fixture.ts';
import { change, NEW, pipelineFixture } from './testing/pipeline-fixture.ts';

let database: TestDatabase;
let fixture: OutboxFixture;
let inForce: PolicyInForce;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.clear();
  fixture = createOutboxFixture(database.db);
});
afterAll(() => database.drop());
const { hear, ticket, log, effects, surveys } = pipelineFixture(() => database);

function aPolicy({ ofTrigger = 'act', ofFile = 'act', notes = false }): PolicyInForce {
  const text = `
version: 1
company: Northwind Outdoor
mode: ${ofFile}
time_zone: America/New_York
tiers: [{ id: t1, name: Tier 1, group: Support Tier 1, escalates_to: t2 }, { id: t2, name: Tier 2, group: Support Tier 2 }]
categories: [{ id: refunds, name: Refund, tier: t2, survey: ces }, { id: order, name: Order, tier: t1 }, { id: other, name: Other, tier: t1 }]
default_category: other
zendesk: { decision_note: ${notes} }
triggers:
  - { id: money-back, title: Money back, mode: ${ofTrigger}, conditions: { any: [{ field: text, operator: includes_any, value: [refund, money back] }] }, actions: { category: refunds, priority: urgent, add_tags: [money] } }
  - { id: order, title: Order, conditions: { any: [{ field: text, operator: includes_any, value: [order, money] }] }, actions: { category: order, priority: low, add_tags: [order] } }
surveys: { csat: { delay: 24h, expires: 14d }, ces: { delay: 2h, expires: 14d } }
`;
  const loaded = loadPolicy(text, 'policy.yaml');
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return { policy: loaded.policy, compiled: compilePolicy(loaded.policy), hash: loaded.hash };
}

const deps = () => pipelineDeps(database.db, { policy: { current: () => inForce } });
const isNew = (id: number, text: string) => ({
  ticketId: id,
  type: 'ticket.created',
  detail: { ...NEW, id: String(id), subject: 'Hello', description: text },
});
const SHADOW = {
  from: { category: 'order', tier: 't1', priority: 'low', survey: 'csat' },
  to: { category: 'refunds', tier: 't2', priority: 'urgent', survey: 'ces' },
  tags: ['money'],
  triggers: ['money-back'],
};

test('a trigger in shadow writes nothing, and what it would have done is recorded beside the decision', async () => {
  inForce = aPolicy({ ofTrigger: 'shadow' });
  fixture.zendesk.account.tickets.set(7, aZendeskTicket({ id: 7, tags: [], group_id: null }));
  await hear(deps(), isNew(7, 'I want my money back for this order'));
  expect(await ticket(7)).toMatchObject({
    category: 'order',
    tier: 't1',
    wanted: { priority: 'low', tags: ['order'] },
  });
  expect(await log()).toMatchObject([{ outcome: 'acted', category: 'order', shadow: SHADOW }]);
  await performEffects(fixture.deps);
  expect(JSON.stringify(await effects())).not.toMatch(/refunds|urgent|"money"|t2/);
  expect(fixture.zendesk.account.tickets.get(7)).toMatchObject({ priority: 'low', group_id: 11 });
  expect(fixture.zendesk.account.tickets.get(7)?.tags.toSorted()).toEqual(['category__order', 'order', 'tier__t1']);
});

test('nothing is recorded where the trigger changes nothing', async () => {
  inForce = aPolicy({ ofTrigger: 'shadow' });
  await hear(deps(), isNew(7, 'Where is my order?'));
  expect(await log()).toMatchObject([{ category: 'order', shadow: null }]);
});

test('a tag or priority that the ticket has already is no change', async () => {
  inForce = aPolicy({ ofTrigger: 'shadow' });
  const { detail, ...event } = isNew(7, 'a refund please');
  await hear(deps(), { ...event, detail: { ...detail, priority: 'URGENT', tags: ['money'] } });
  const [row] = await log();
  expect(row?.shadow).toEqual({
    from: { category: 'other', tier: 't1', priority: 'urgent', survey: 'csat' },
    to: SHADOW.to,
    tags: [],
    triggers: ['money-back'],
  });
});

test('a share acts for the tickets in it, and is in shadow for the others', async () => {
  inForce = aPolicy({ ofTrigger: '30%' });
  const ids = Array.from({ length: 12 }, (_, at) => at + 1);
  await hear(deps(), ...ids.map((id) => isNew(id, 'money back')));
  const inside = new Map(ids.map((id) => [id, isInShare(30, 'money-back', id)]));
  expect(new Set(inside.values()).size).toBe(2);
  const rows = await log();
  expect(rows).toHaveLength(ids.length);
  for (const { ticketId, category, shadow } of rows)
    expect([category, shadow?.to.category ?? null]).toEqual(
      inside.get(ticketId) ? ['refunds', null] : ['order', 'refunds'],
    );
});

test('with the file in shadow no ticket is changed, no history is made and no survey asked, and all is recorded', async () => {
  inForce = aPolicy({ ofFile: 'shadow' });
  await hear(deps(), isNew(7, 'money back'));
  await hear(deps(), { ticketId: 7, ...change(30, 'ticket.status_changed', { id: '7', status: 'SOLVED', tags: [] }) });
  expect(await ticket(7)).toMatchObject({ status: 'solved', category: null, tier: null, wanted: null });
  expect(await effects()).toEqual([]);
  expect(await surveys()).toEqual([]);
  expect((await log())[0]).toMatchObject({
    outcome: 'in_shadow',
    category: 'refunds',
    shadow: { from: { category: null, tier: null }, to: SHADOW.to, triggers: ['money-back', 'order'] },
  });
  const kinds = (await readHistory(database.db, [7])).map(({ kind }) => kind);
  expect(kinds).toContain('created');
  expect(kinds).not.toContain('category');
});

test('what was not written yet when the file goes into shadow is written when it acts again, with its note', async () => {
  fixture.zendesk.account.tickets.set(7, aZendeskTicket({ id: 7, tags: [], group_id: null }));
  inForce = aPolicy({ notes: true });
  const { detail, ...event } = isNew(7, 'Where is my order?');
  const changed = (second: number, status: string) => ({
    ticketId: 7,
    ...change(second, 'ticket.status_changed', { ...detail, status, tags: [] }),
  });
  await hear(deps(), { ...event, detail });
  inForce = aPolicy({ ofFile: 'shadow', notes: true });
  await hear(deps(), changed(30, 'OPEN'));
  await performEffects(fixture.deps);
  expect(fixture.zendesk.account.tickets.get(7)).toMatchObject({ tags: [], group_id: null });

  inForce = aPolicy({ notes: true });
  await hear(deps(), changed(45, 'PENDING'));
  await performEffects(fixture.deps);
  expect(fixture.zendesk.account.tickets.get(7)).toMatchObject({ priority: 'low', group_id: 11 });
  expect(fixture.zendesk.account.tickets.get(7)?.tags.toSorted()).toEqual(['category__order', 'order', 'tier__t1']);
  expect(fixture.zendesk.account.comments.get(7)).toMatchObject([
    { body: expect.stringContaining('Order'), public: false },
  ]);
});

test('a sweep plans what acts, and nothing for what is in shadow', async () => {
  await fixture.aTicket(7, { description: 'money back', status: 'open' });
  await fixture.aTicket(8, { description: 'an order', status: 'open' });
  const planned = async (policy: PolicyInForce) => {
    inForce = policy;
    const sweepId = await planSweep(database.db, { origin: 'operator', who: 'ana', why: null, filter: {} });
    const signal = new AbortController().signal;
    await createSweepRunner({ ...deps(), signal, onEffect: async () => undefined })();
    const rows = await database.db.select().from(sweepTickets).where(eq(sweepTickets.sweepId, sweepId));
    return rows.map(({ ticketId, trigger, after }) => [ticketId, trigger, after.category]);
  };
  expect(await planned(aPolicy({ ofTrigger: 'shadow' }))).toEqual([
    [7, 'order', 'order'],
    [8, 'order', 'order'],
  ]);
  expect(await planned(aPolicy({ ofTrigger: 'act' }))).toEqual([
    [7, 'money-back', 'refunds'],
    [8, 'order', 'order'],
  ]);
  expect(await planned(aPolicy({ ofFile: 'shadow' }))).toEqual([]);
});

test('explain says what would have been set', async () => {
  inForce = aPolicy({ ofTrigger: 'shadow' });
  await hear(deps(), isNew(7, 'money back'));
  const lines: string[] = [];
  const readRules = async () => ({ changes: [], missing: null });
  await explainTicket({
    db: database.db,
    ticketId: 7,
    json: false,
    words: null,
    readRules,
    out: (line) => lines.push(line),
  });
  expect(lines.join('\n')).toContain(
    'in shadow: would have set category refunds, tier t2 and priority urgent and added tag money (trigger money-back)',
  );
});

test('what is recorded has no words of customers, and stays when a ticket is forgotten, as its category does', async () => {
  inForce = aPolicy({ ofTrigger: 'shadow' });
  await hear(deps(), isNew(7, 'money back, says Robin'));
  await database.db.transaction((tx) => eraseTickets(tx, { ids: [7], now: new Date(), gone: false, hooks: [] }));
  expect((await log())[0]?.shadow).toEqual(SHADOW);
});

test('a move that was not written yet when the file goes into shadow is made when it acts again', async () => {
  fixture.zendesk.account.tickets.set(7, aZendeskTicket({ id: 7, tags: [], group_id: null }));
  inForce = aPolicy({ ofTrigger: 'shadow' });
  const { detail, ...event } = isNew(7, 'I want my money back for this order');
  await hear(deps(), { ...event, detail });
  await performEffects(fixture.deps);
  expect(fixture.zendesk.account.tickets.get(7)).toMatchObject({ group_id: 11 });
  const placed = { tags: ['category__order', 'order', 'tier__t1'], group_id: '11', priority: 'LOW' };
  // After the write.
  const changed = (second: number, status: string) => ({
    ticketId: 7,
    ...change(second, 'ticket.status_changed', {
      ...detail,
      ...placed,
      status,
      updated_at: `2026-11-24T10:00:${second}Z`,
    }),
    time: `2026-11-24T10:00:${second}.000Z`,
  });
  inForce = aPolicy({});
  await hear(deps(), changed(30, 'OPEN'));
  expect(await ticket(7)).toMatchObject({ groupId: 11, wanted: { tier: 't2', groupId: 12 } });
  inForce = aPolicy({ ofFile: 'shadow' });
  await hear(deps(), changed(40, 'PENDING'));
  await performEffects(fixture.deps);
  expect(fixture.zendesk.account.tickets.get(7)).toMatchObject({ group_id: 11 });

  inForce = aPolicy({});
  await hear(deps(), changed(50, 'OPEN'));
  await performEffects(fixture.deps);
  expect(fixture.zendesk.account.tickets.get(7)).toMatchObject({ priority: 'urgent', group_id: 12 });
  expect(fixture.zendesk.account.tickets.get(7)?.tags.toSorted()).toEqual([
    'category__refunds',
    'money',
    'order',
    'tier__t2',
  ]);
});
