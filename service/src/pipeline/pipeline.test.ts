import { asc, eq } from 'drizzle-orm';
import { AGENT, aZendesk, GROUPS, ME, pipelineDeps } from '../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { readDelivery } from '../inbox/read-delivery.ts';
import { storeBatch } from '../inbox/store-batch.ts';
import { anEnvelope, type EnvelopeWishes } from '../inbox/testing/an-envelope.ts';
import { decisions, inbox, invitations, outbox, tickets } from '../storage/schema.ts';
import type { ZendeskTicket } from '../zendesk/zendesk.ts';
import type { PipelineDeps } from './deps.ts';
import { importTickets } from './import-tickets.ts';
import { processBatch } from './process-batch.ts';
import { rereadTicket } from './reread-ticket.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());

const CUSTOMER = '900';
const NEW = {
  group_id: null,
  status: 'NEW',
  priority: null,
  tags: [],
  requester_id: CUSTOMER,
  submitter_id: CUSTOMER,
  actor_id: CUSTOMER,
};

/** Stores the events as one batch, as the webhook door does, and works it off. */
async function hear(deps: PipelineDeps, ...events: EnvelopeWishes[]): Promise<void> {
  const deliveries = events.map((event) =>
    readDelivery(Buffer.from(JSON.stringify(anEnvelope({ ...event, detail: { ...NEW, ...event.detail } }))), null),
  );
  const { batch } = await storeBatch(
    database.db.$client,
    deliveries.map((delivery) => delivery!),
  );
  await processBatch(deps, batch);
}

const ticket = async (id = 5158) => (await database.db.select().from(tickets).where(eq(tickets.id, id)))[0];
const log = () => database.db.select().from(decisions).orderBy(asc(decisions.id));
const effects = () => database.db.select().from(outbox).orderBy(asc(outbox.id));
const heard = () => database.db.select().from(inbox).orderBy(asc(inbox.id));

const at = (second: number, part = '000') => ({
  time: `2025-01-08T10:12:${String(second).padStart(2, '0')}.${part}Z`,
  updated_at: `2025-01-08T10:12:${String(second).padStart(2, '0')}Z`,
});
const change = (
  second: number,
  type: string,
  detail: Record<string, unknown> = {},
  event: Record<string, unknown> = {},
): EnvelopeWishes => ({
  type,
  time: at(second).time,
  detail: { updated_at: at(second).updated_at, ...detail },
  event,
});
const comment = (second: number, id: string, author: string, body = 'Hello?'): EnvelopeWishes =>
  change(
    second,
    'ticket.comment_added',
    { actor_id: author },
    { comment: { id, body, is_public: true, author: { id: author, name: 'x' } } },
  );

test('a new ticket is decided from its event alone: one wish, no read of Zendesk', async () => {
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

test('the same batch worked off again decides nothing twice', async () => {
  const deps = pipelineDeps(database.db);
  await hear(deps, {});

  await processBatch(deps, 1);

  expect(await log()).toHaveLength(1);
});

test('our own write coming back is noted and starts nothing', async () => {
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

test('an event of our own that shows a status we did not know goes the long way, so the survey is not missed', async () => {
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
  expect(await database.db.select().from(invitations)).toHaveLength(1);
});

test('an older event of our own does not undo what we know', async () => {
  const deps = pipelineDeps(database.db);
  await hear(deps, change(20, 'ticket.created', { tags: ['newer'] }));

  await hear(deps, change(10, 'ticket.tags_changed', { actor_id: String(ME), tags: ['older'] }));

  expect(await ticket()).toMatchObject({ tags: ['newer'] });
  expect((await heard()).at(-1)).toMatchObject({ state: 'ignored' });
});

test('a customer who chases keeps the place', async () => {
  const deps = pipelineDeps(database.db);
  await hear(deps, {});

  await hear(deps, comment(20, '71', CUSTOMER), comment(40, '72', CUSTOMER));

  expect((await ticket())?.waitingSince).toEqual(new Date('2025-01-08T10:12:07Z'));
});

test('an answer ends the waiting, and the next customer comment begins it anew, in whatever order the events arrive', async () => {
  const deps = pipelineDeps(database.db);
  await hear(deps, {}, comment(40, '73', CUSTOMER), comment(30, '72', String(AGENT)), comment(20, '71', CUSTOMER));

  expect((await ticket())?.waitingSince).toEqual(new Date(at(40).time));

  await hear(deps, comment(50, '74', String(AGENT)));
  expect((await ticket())?.waitingSince).toBeNull();
});

test('an event that arrives late does not undo a newer one', async () => {
  const deps = pipelineDeps(database.db);
  await hear(
    deps,
    {},
    change(30, 'ticket.status_changed', { status: 'PENDING' }, { current: 'PENDING', previous: 'NEW' }),
  );

  await hear(deps, change(20, 'ticket.priority_changed', { status: 'NEW', priority: 'LOW' }));

  expect(await ticket()).toMatchObject({ status: 'pending' });
});

test('a person who moves the ticket is respected, and the log says so', async () => {
  const deps = pipelineDeps(database.db);
  await hear(deps, {});
  await hear(
    deps,
    change(8, 'ticket.tags_changed', { actor_id: String(ME), tags: ['category__refunds', 'tier__t1'], group_id: '11' }),
  );

  await hear(
    deps,
    change(20, 'ticket.group_assignment_changed', {
      actor_id: String(AGENT),
      tags: ['category__refunds', 'tier__t1'],
      group_id: '13',
    }),
  );
  await hear(deps, {
    ...comment(30, '71', CUSTOMER, 'The app crashes too'),
    detail: {
      ...comment(30, '71', CUSTOMER).detail,
      tags: ['category__refunds', 'tier__t1'],
      group_id: '13',
      subject: 'The app crashes',
    },
  });

  expect((await log()).map((entry) => entry.outcome)).toEqual(['acted', 'left_to_human', 'left_to_human']);
  expect((await effects()).filter((effect) => effect.state === 'waiting')).toHaveLength(0);
});

test('a solved refund ticket is asked about effort after two hours; reopening cancels with the reason', async () => {
  const deps = pipelineDeps(database.db);
  await hear(
    deps,
    {},
    change(30, 'ticket.status_changed', { status: 'SOLVED' }, { current: 'SOLVED', previous: 'NEW' }),
  );

  const [invitation] = await database.db.select().from(invitations);
  expect(invitation).toMatchObject({ survey: 'ces', state: 'scheduled', requesterId: 900 });
  expect(invitation?.dueAt.toISOString()).toMatch(/^2025-01-08T12:12:30/);

  await hear(deps, change(40, 'ticket.status_changed', { status: 'OPEN' }, { current: 'OPEN', previous: 'SOLVED' }));
  expect((await database.db.select().from(invitations))[0]).toMatchObject({ state: 'cancelled', reason: 'reopened' });
});

test('the same solve told twice is one invitation', async () => {
  const deps = pipelineDeps(database.db);
  const solve = change(30, 'ticket.status_changed', { status: 'SOLVED' }, { current: 'SOLVED', previous: 'NEW' });
  await hear(deps, {}, solve);

  await hear(deps, { ...solve, id: 'another-envelope' });

  expect(await database.db.select().from(invitations)).toHaveLength(1);
});

test.each([
  ['ticket.merged', { status: 'CLOSED' }, 'merged'],
  ['ticket.marked_as_spam', {}, 'spam'],
  ['ticket.soft_deleted', { status: 'DELETED' }, 'deleted'],
  ['ticket.tags_changed', { status: 'CLOSED', tags: ['closed_by_merge'] }, 'merged'],
])('%s leaves the ticket alone and cancels the survey', async (type, detail, gone) => {
  const deps = pipelineDeps(database.db);
  await hear(
    deps,
    {},
    change(30, 'ticket.status_changed', { status: 'SOLVED' }, { current: 'SOLVED', previous: 'NEW' }),
  );

  await hear(deps, change(40, type, detail));

  expect(await ticket()).toMatchObject({ gone, waitingSince: null });
  expect((await database.db.select().from(invitations))[0]).toMatchObject({ state: 'cancelled', reason: gone });
});

describe('events that only say which ticket', () => {
  const hint = async (deps: PipelineDeps) => {
    const { batch } = await storeBatch(database.db.$client, [readDelivery(Buffer.from('{"ticket_id": 7}'), 'inv-7')!]);
    await processBatch(deps, batch);
  };

  test('cost one read', async () => {
    await hint(pipelineDeps(database.db, { zendesk: aZendesk({ showTicket: async () => aRestTicket({ id: 7 }) }) }));

    expect(await ticket(7)).toMatchObject({ category: 'refunds' });
  });

  test('about a ticket that is gone end there', async () => {
    await hint(pipelineDeps(database.db, { zendesk: aZendesk({ showTicket: async () => null }) }));

    expect(await heard()).toEqual([expect.objectContaining({ state: 'decided', outcome: 'not_open' })]);
  });
});

test('an event that fails for a reason of its own is parked after five tries, and the others of its batch are done', async () => {
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

function aRestTicket(part: Partial<ZendeskTicket> = {}): ZendeskTicket {
  return {
    id: 1,
    subject: 'Refund please',
    description: 'I want a refund',
    status: 'new',
    priority: null,
    type: null,
    via: { channel: 'email' },
    tags: [],
    group_id: null,
    assignee_id: null,
    requester_id: 900,
    organization_id: null,
    brand_id: 1,
    ticket_form_id: 1,
    custom_fields: [],
    created_at: '2025-01-08T10:12:07Z',
    updated_at: '2025-01-08T10:12:07Z',
    generated_timestamp: 1736331127,
    ...part,
  };
}

describe('the incremental export', () => {
  const page = (...list: ZendeskTicket[]) => ({ tickets: list, metricSets: [], cursor: 'c1', endOfStream: true });

  test('fills the projection at first, and a second look at the same tickets decides nothing', async () => {
    const exported = [
      aRestTicket({ id: 1 }),
      aRestTicket({ id: 2, status: 'solved' }),
      aRestTicket({ id: 3, subject: 'Hi', description: 'Where is my order' }),
    ];
    const deps = pipelineDeps(database.db, { zendesk: aZendesk({ exportTickets: async () => page(...exported) }) });

    expect(await importTickets(deps)).toMatchObject({ tickets: 3, decided: 2 });
    expect(await importTickets(deps)).toMatchObject({ tickets: 3, decided: 0 });

    expect(
      (await log())
        .map(({ ticketId, category, trigger }) => [ticketId, category, trigger].join())
        .toSorted((a, b) => a.localeCompare(b)),
    ).toEqual(['1,refunds,import', '3,other,import']);
  });

  test('repairs a solve that no webhook told of: the survey is asked', async () => {
    const deps = (...list: ZendeskTicket[]) =>
      pipelineDeps(database.db, { zendesk: aZendesk({ exportTickets: async () => page(...list) }) });
    await importTickets(deps(aRestTicket()));

    await importTickets(deps(aRestTicket({ status: 'solved', updated_at: '2025-01-08T11:00:00Z' })));

    expect(await database.db.select().from(invitations)).toEqual([
      expect.objectContaining({ survey: 'ces', state: 'scheduled' }),
    ]);
  });

  test('reads the comments of a ticket that somebody has answered, to know since when the customer waits', async () => {
    const answered = {
      ...page(aRestTicket()),
      metricSets: [
        {
          ticket_id: 1,
          replies: 1,
          reopens: 0,
          solved_at: null,
          latest_comment_added_at: '2025-01-08T10:40:00Z',
          requester_updated_at: null,
        },
      ],
    };
    const listComments = async () => [
      { id: 11, author_id: 900, body: 'I want a refund', public: true, created_at: '2025-01-08T10:12:07Z' },
      { id: 12, author_id: AGENT, body: 'Which order?', public: true, created_at: '2025-01-08T10:30:00Z' },
      { id: 13, author_id: 900, body: '#1042', public: true, created_at: '2025-01-08T10:40:00Z' },
    ];

    await importTickets(
      pipelineDeps(database.db, { zendesk: aZendesk({ exportTickets: async () => answered, listComments }) }),
    );

    expect((await ticket(1))?.waitingSince).toEqual(new Date('2025-01-08T10:40:00Z'));
  });
});

test('after a conflict the ticket is read anew, and the former wish gives way to the new one', async () => {
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
