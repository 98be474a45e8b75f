import { asc, sql } from 'drizzle-orm';
import { silentLogger } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { inbox as inboxTable } from '../tables.ts';
import { listWaiting, readBatch } from './batches.ts';
import { beginHandling, deadLetterEvent, listDeadLetteredEvents, retryDeadLetteredEvents } from './event-handling.ts';
import { createInbox, type InboxDeps, UnstorableError } from './inbox.ts';
import { parseTicketEvent } from './parse-ticket-event.ts';
import { readDelivery } from './read-delivery.ts';
import { anEnvelope, type EnvelopeParts } from './testing/an-envelope.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());

function anInbox(parts: Partial<InboxDeps> = {}) {
  const announced: number[] = [];
  const commits: { rows: number; duplicates: number }[] = [];
  const warnings: unknown[] = [];
  const quiet = () => undefined;
  const logger = {
    debug: quiet,
    info: quiet,
    error: quiet,
    warn: (...said: unknown[]) => warnings.push(said),
    child: () => logger,
  };
  const inbox = createInbox({
    pool: database.db.$client,
    announce: async (batches) => {
      announced.push(...batches);
    },
    onCommit: (commit) => commits.push(commit),
    stopwatch: () => performance.now(),
    logger,
    ...parts,
  });
  return { inbox, announced, commits, warnings };
}

function aDelivery(parts: EnvelopeParts & { invocation?: string } = {}) {
  const delivery = readDelivery(Buffer.from(JSON.stringify(anEnvelope(parts))), parts.invocation ?? null);
  if (!delivery) throw new Error('not JSON');
  return delivery;
}

const rows = () => database.db.select().from(inboxTable).orderBy(asc(inboxTable.id));

test('deliveries that arrive together become one batch with one job', async () => {
  const { inbox, announced } = anInbox();
  await Promise.all([1, 2, 3].map((ticketId) => inbox.receive(aDelivery({ ticketId }))));
  await inbox.drained();

  const stored = await rows();
  expect(stored.map((row) => row.ticketId)).toEqual([1, 2, 3]);
  expect(new Set(stored.map((row) => row.batch)).size).toBe(1);
  expect(announced).toEqual([stored[0]?.batch]);
});

test('rows stored until the queue is called again form one batch, announced once when all are stored', async () => {
  const calls: { batches: readonly number[]; stored: number }[] = [];
  let go = (): void => undefined;
  const first = new Promise<void>((resolve) => {
    go = resolve;
  });
  const inbox = createInbox({
    pool: database.db.$client,
    announce: async (batches) => {
      calls.push({ batches, stored: (await rows()).filter(({ batch }) => batches.includes(batch)).length });
      await first;
    },
    stopwatch: () => performance.now(),
    logger: silentLogger,
  });
  for (let ticketId = 1; ticketId <= 10; ticketId += 1) await inbox.receive(aDelivery({ ticketId }));
  go();
  await inbox.drained();

  const batches = (await rows()).map(({ batch }) => batch);
  expect(new Set(batches.slice(1)).size).toBe(1);
  expect(calls).toEqual([
    { batches: [batches[0]], stored: 1 },
    { batches: [batches[1]], stored: 9 },
  ]);
});

test('a stored row returns the event that was sent', async () => {
  const { inbox } = anInbox();
  await inbox.receive(aDelivery({ type: 'ticket.status_changed', event: { current: 'SOLVED', previous: 'OPEN' } }));

  const [row] = await rows();
  expect(row && parseTicketEvent(row)).toMatchObject({
    ticketId: 5158,
    occurredAt: new Date('2025-01-08T10:12:07.672Z'),
    change: { kind: 'status_changed', from: 'open', to: 'solved' },
  });
});

test.each([
  ['invocation id', { invocation: 'i-1', id: 'e-1' }, { invocation: 'i-1', id: 'e-2' }],
  ['envelope id', { invocation: 'i-1', id: 'e-1' }, { invocation: 'i-2', id: 'e-1' }],
])(
  'the same %s twice is stored once, in one group or later, and creates no second job',
  async (_name, first, second) => {
    const { inbox, announced, commits } = anInbox();
    await Promise.all([inbox.receive(aDelivery(first)), inbox.receive(aDelivery(second))]);
    await inbox.receive(aDelivery(second));
    await inbox.drained();

    expect(await rows()).toHaveLength(1);
    expect(announced).toHaveLength(1);
    expect(commits.map(({ rows: count, duplicates }) => [count, duplicates])).toEqual([
      [2, 1],
      [1, 1],
    ]);
  },
);

test('the same event at once from many requests is stored once', async () => {
  const here = anInbox();
  const there = anInbox();
  const same = aDelivery({ invocation: 'i-1', id: 'e-1' });
  await Promise.all(Array.from({ length: 50 }, (_, i) => (i % 2 ? here : there).inbox.receive(same)));
  await Promise.all([here.inbox.drained(), there.inbox.drained()]);

  expect(await rows()).toHaveLength(1);
  expect([...here.announced, ...there.announced]).toHaveLength(1);
});

test('deliveries without an id are all stored, because nothing says they are the same', async () => {
  const { inbox } = anInbox();
  const hint = readDelivery(Buffer.from('{"ticket_id": 9}'), null);
  if (!hint) throw new Error('not JSON');
  await Promise.all([inbox.receive(hint), inbox.receive(hint)]);

  expect((await rows()).map((row) => [row.type, row.ticketId])).toEqual([
    ['trigger', 9],
    ['trigger', 9],
  ]);
});

test('a body that PostgreSQL cannot store does not affect its group', async () => {
  const { inbox } = anInbox();
  const poison = readDelivery(Buffer.from('{"ticket_id": 1, "n": 1e999999}'), 'i-bad');
  if (!poison) throw new Error('not JSON');
  const outcomes = await Promise.allSettled([
    inbox.receive(aDelivery({ ticketId: 1 })),
    inbox.receive(poison),
    inbox.receive(aDelivery({ ticketId: 2 })),
  ]);

  expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(outcomes[1]).toMatchObject({ reason: expect.any(UnstorableError) });
  expect((await rows()).map((row) => row.ticketId)).toEqual(expect.arrayContaining([1, 2]));
});

test('loses nothing while the queue is unavailable: the event is stored, and the sweep finds its batch', async () => {
  const { inbox, warnings } = anInbox({ announce: () => Promise.reject(new Error('no queue')) });
  await inbox.receive(aDelivery());
  await inbox.drained();

  const [row] = await rows();
  expect(await listWaiting(database.db, new Date(Date.now() + 1_000), 10)).toMatchObject({ batches: [row?.batch] });
  expect(warnings).toHaveLength(1);
});

test('a commit that exceeds its time limit is abandoned', async () => {
  const lock = await database.db.$client.connect();
  await lock.query('BEGIN; LOCK TABLE inbox');
  const { inbox } = anInbox({ limits: { commitTimeoutMs: 50 } });

  await expect(inbox.receive(aDelivery())).rejects.toThrow('did not commit within 50 ms');
  await lock.query('ROLLBACK');
  lock.release();
});

describe('a batch', () => {
  async function aBatch(count: number) {
    const { inbox, announced } = anInbox();
    await Promise.all(Array.from({ length: count }, (_, i) => inbox.receive(aDelivery({ ticketId: i + 1 }))));
    await inbox.drained();
    return announced[0] ?? 0;
  }

  test('lists only unfinished rows', async () => {
    const batch = await aBatch(3);
    await database.db.execute(sql`UPDATE inbox SET state = 'decided' WHERE ticket_id = 2`);

    expect((await readBatch(database.db, batch)).events.map((row) => row.ticketId)).toEqual([1, 3]);
  });

  test('is listed for the sweep once, and not while it is recent', async () => {
    const batch = await aBatch(3);

    expect(await listWaiting(database.db, new Date(Date.now() + 1_000), 10)).toEqual({ batches: [batch], floods: [] });
    expect(await listWaiting(database.db, new Date(Date.now() - 60_000), 10)).toEqual({ batches: [], floods: [] });
  });

  test('loses a row that is dead-lettered with its reason, until the row is retried in a new batch', async () => {
    const batch = await aBatch(2);
    const [row] = (await readBatch(database.db, batch)).events;
    await beginHandling(database.db, [row?.id ?? 0]);
    await deadLetterEvent(database.db, row?.id ?? 0, 'Ticket 1 answers 422', new Date());
    expect(await listDeadLetteredEvents(database.db)).toEqual([
      expect.objectContaining({ id: row?.id, ticketId: 1, attempts: 0, error: 'Ticket 1 answers 422' }),
    ]);

    const replay = await retryDeadLetteredEvents(database.db, 'all');
    expect(replay.replayed).toBe(1);
    expect(
      (await readBatch(database.db, replay.batch ?? 0)).events.map(({ ticketId, attempts }) => [ticketId, attempts]),
    ).toEqual([[1, 0]]);
    expect(await listDeadLetteredEvents(database.db)).toEqual([]);
    expect(await retryDeadLetteredEvents(database.db, 'all')).toEqual({ batch: null, replayed: 0 });
  });

  test('retries only the given rows, all in one batch', async () => {
    const batch = await aBatch(3);
    const { events: claimed } = await readBatch(database.db, batch);
    for (const row of claimed) await deadLetterEvent(database.db, row.id, 'for some reason', new Date());
    const wanted = claimed.slice(0, 2).map((row) => row.id);

    const replay = await retryDeadLetteredEvents(database.db, wanted);
    expect((await readBatch(database.db, replay.batch ?? 0)).events.map((row) => row.id)).toEqual(wanted);
    expect(await listDeadLetteredEvents(database.db)).toHaveLength(1);
  });

  test('does not dead-letter a finished row', async () => {
    const batch = await aBatch(1);
    await database.db.execute(sql`UPDATE inbox SET state = 'decided'`);
    const [row] = await rows();
    await deadLetterEvent(database.db, row?.id ?? 0, 'too late', new Date());

    expect((await rows()).map(({ state, error }) => [state, error])).toEqual([['decided', null]]);
    expect(batch).toBeGreaterThan(0);
  });
});
