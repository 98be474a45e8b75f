import { AGENT, aZendesk, GROUPS, ME, pipelineDeps } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { storeBatch } from '../receive/inbox.ts';
import { readDelivery } from '../receive/read-delivery.ts';
import { anEnvelope } from '../receive/testing/an-envelope.ts';
import { rereadTicket } from '../sync/reread-ticket.ts';
import type { PipelineDeps } from './deps.ts';
import { processBatch } from './process-batch.ts';
import { aRestTicket, at, CUSTOMER, change, comment, NEW, pipelineFixture } from './testing/pipeline-fixture.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());
const { hear, ticket, log, effects, heard, surveys } = pipelineFixture(() => database);

test('a new ticket is decided from its event alone: one effect, no read of Zendesk', async () => {
  await hear(pipelineDeps(database.db), {});

  expect(await ticket()).toMatchObject({
    category: 'refunds',
    tier: 't1',
    waitingSince: new Date('2025-01-08T10:12:07Z'),
    placedBy: 'policy',
  });
  expect(await effects()).toEqual([
    expect.objectContaining({
      kind: 'ticket_change',
      state: 'waiting',
      payload: expect.objectContaining({
        cause: 'decision',
        change: expect.objectContaining({
          addTags: ['category__refunds', 'tier__t1', 'money'],
          groupId: GROUPS['Support Tier 1'],
          priority: 'high',
          note: expect.stringContaining('money back'),
        }),
      }),
    }),
  ]);
  expect(await log()).toEqual([
    expect.objectContaining({ outcome: 'acted', trigger: 'ticket.created', category: 'refunds', survey: 'ces' }),
  ]);
  expect(await heard()).toEqual([expect.objectContaining({ state: 'decided', outcome: 'acted' })]);
});

test('processing the same batch again decides nothing twice', async () => {
  const deps = pipelineDeps(database.db);
  await hear(deps, {});

  await processBatch(deps, 1);

  expect(await log()).toHaveLength(1);
});

test('the events of our own write are recorded and start nothing', async () => {
  const deps = pipelineDeps(database.db);
  await hear(deps, {});

  await hear(
    deps,
    change(8, 'ticket.tags_changed', {
      actor_id: String(ME),
      tags: ['category__refunds', 'tier__t1', 'money'],
      group_id: '11',
    }),
  );

  expect((await heard()).at(-1)).toMatchObject({ state: 'ignored', outcome: 'own_write' });
  expect(await log()).toHaveLength(1);
  expect(await ticket()).toMatchObject({
    tags: ['category__refunds', 'tier__t1', 'money'],
    groupId: 11,
    placedBy: 'policy',
  });
});

test('an event of our own with an unknown status is processed fully, so that the survey is not missed', async () => {
  const deps = pipelineDeps(database.db);
  await hear(deps, {});

  await hear(
    deps,
    change(30, 'ticket.tags_changed', {
      actor_id: String(ME),
      status: 'SOLVED',
      tags: ['category__refunds', 'tier__t1'],
      group_id: '11',
    }),
  );

  expect(await ticket()).toMatchObject({ status: 'solved' });
  expect(await surveys()).toHaveLength(1);
});

test('an older event of our own does not overwrite newer data', async () => {
  const deps = pipelineDeps(database.db);
  await hear(deps, change(20, 'ticket.created', { tags: ['newer'] }));

  await hear(deps, change(10, 'ticket.tags_changed', { actor_id: String(ME), tags: ['older'] }));

  expect(await ticket()).toMatchObject({ tags: ['newer'] });
  expect((await heard()).at(-1)).toMatchObject({ state: 'ignored' });
});

test("follow-up comments do not change a customer's place", async () => {
  const deps = pipelineDeps(database.db);
  await hear(deps, {});

  await hear(deps, comment(20, '71', CUSTOMER), comment(40, '72', CUSTOMER));

  expect((await ticket())?.waitingSince).toEqual(new Date('2025-01-08T10:12:07Z'));
});

test('an answer ends the wait and the next customer comment starts it again, whatever the order of events', async () => {
  const deps = pipelineDeps(database.db);
  await hear(deps, {}, comment(40, '73', CUSTOMER), comment(30, '72', String(AGENT)), comment(20, '71', CUSTOMER));

  expect((await ticket())?.waitingSince).toEqual(new Date(at(40).time));

  await hear(deps, comment(50, '74', String(AGENT)));
  expect((await ticket())?.waitingSince).toBeNull();
});

test('an answer by a person under our own login ends the wait too', async () => {
  const deps = pipelineDeps(database.db);
  await hear(deps, {});

  await hear(deps, comment(50, '74', String(ME)));

  expect((await ticket())?.waitingSince).toBeNull();
});

test('a late event does not overwrite a newer one', async () => {
  const deps = pipelineDeps(database.db);
  await hear(
    deps,
    {},
    change(30, 'ticket.status_changed', { status: 'PENDING' }, { current: 'PENDING', previous: 'NEW' }),
  );

  await hear(deps, change(20, 'ticket.priority_changed', { status: 'NEW', priority: 'LOW' }));

  expect(await ticket()).toMatchObject({ status: 'pending' });
});

test('a solved refund ticket gets a CES survey after two hours; reopening cancels it with the reason', async () => {
  const deps = pipelineDeps(database.db);
  await hear(
    deps,
    {},
    change(30, 'ticket.status_changed', { status: 'SOLVED' }, { current: 'SOLVED', previous: 'NEW' }),
  );

  const [invitation] = await surveys();
  expect(invitation).toMatchObject({ survey: 'ces', state: 'scheduled', requesterId: 900 });
  expect(invitation?.dueAt.toISOString()).toMatch(/^2025-01-08T12:12:30/);

  await hear(deps, change(40, 'ticket.status_changed', { status: 'OPEN' }, { current: 'OPEN', previous: 'SOLVED' }));
  expect((await surveys())[0]).toMatchObject({ state: 'cancelled', reason: 'reopened' });
});

test('a solve reported twice leads to one invitation', async () => {
  const deps = pipelineDeps(database.db);
  const solve = change(30, 'ticket.status_changed', { status: 'SOLVED' }, { current: 'SOLVED', previous: 'NEW' });
  await hear(deps, {}, solve);

  await hear(deps, { ...solve, id: 'another-envelope' });

  expect(await surveys()).toHaveLength(1);
});

describe('events without ticket data', () => {
  const hint = async (deps: PipelineDeps) => {
    const { batch } = await storeBatch(database.db.$client, [readDelivery(Buffer.from('{"ticket_id": 7}'), 'inv-7')!]);
    await processBatch(deps, batch);
  };

  test('cost one read', async () => {
    await hint(pipelineDeps(database.db, { zendesk: aZendesk({ showTicket: async () => aRestTicket({ id: 7 }) }) }));

    expect(await ticket(7)).toMatchObject({ category: 'refunds' });
  });

  test('of a deleted ticket are finished without a retry', async () => {
    await hint(pipelineDeps(database.db, { zendesk: aZendesk({ showTicket: async () => null }) }));

    expect(await heard()).toEqual([expect.objectContaining({ state: 'decided', outcome: 'not_open' })]);
  });
});

test('an event that fails by itself is dead-lettered after five tries, and the rest of its batch is processed', async () => {
  const broken = pipelineDeps(database.db, { zendesk: aZendesk() });
  const deliveries = [
    readDelivery(Buffer.from('{"ticket_id": 7}'), 'inv-7')!,
    readDelivery(Buffer.from(JSON.stringify(anEnvelope({ detail: NEW }))), null)!,
  ];
  const { batch } = await storeBatch(database.db.$client, deliveries);

  for (let attempt = 1; attempt < 5; attempt++)
    await expect(processBatch(broken, batch)).rejects.toThrow('Unexpected call');
  await processBatch(broken, batch);

  expect((await heard()).map((row) => row.state)).toEqual(['parked', 'decided']);
});

test('after a conflict the ticket is read again, and the new effect replaces the previous one', async () => {
  const deps = pipelineDeps(database.db);
  await hear(deps, {});

  const now = aRestTicket({
    id: 5158,
    subject: 'The app crashes',
    description: 'error',
    group_id: 99,
    updated_at: '2025-01-08T10:13:00Z',
  });
  await rereadTicket(pipelineDeps(database.db, { zendesk: aZendesk({ showTicket: async () => now }) }), 5158);

  expect((await effects()).map((effect) => effect.state)).toEqual(['cancelled', 'waiting']);
  expect((await log()).at(-1)).toMatchObject({ trigger: 'reread', category: 'bug' });
  expect((await effects())[1]?.payload).not.toHaveProperty('change.groupId');
});
