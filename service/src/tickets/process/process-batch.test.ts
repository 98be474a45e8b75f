import { sql } from 'drizzle-orm';
import { aZendesk, ME, pipelineDeps } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { until } from '../../platform/testing/until.ts';
import { ZendeskError } from '../../zendesk/zendesk.ts';
import { storeBatch } from '../receive/inbox.ts';
import { readDelivery } from '../receive/read-delivery.ts';
import { anEnvelope, type EnvelopeParts } from '../receive/testing/an-envelope.ts';
import { createAnsweredHints } from './handle-events.ts';
import { processBatch, processFlood } from './process-batch.ts';
import { aRestTicket, at, CUSTOMER, change, comment, NEW, pipelineFixture } from './testing/pipeline-fixture.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());
const { hear, ticket, log, heard, surveys } = pipelineFixture(() => database);

const ODD = 666;
/** Stores bodies as one batch, as they would come in at once. */
async function store(...bodies: unknown[]): Promise<number> {
  const deliveries = bodies.map((body) => readDelivery(Buffer.from(JSON.stringify(body)), null));
  return (
    await storeBatch(
      database.db.$client,
      deliveries.flatMap((delivery) => delivery ?? []),
    )
  ).batch;
}
const hint = (ticketId: number) => ({ ticket_id: ticketId });
const event = (parts: EnvelopeParts) => anEnvelope({ ...parts, detail: { ...NEW, ...parts.detail } });
const away = () => Promise.reject(new ZendeskError('unavailable', 'GET ticket timed out', null));
const deps = (zendesk: Parameters<typeof aZendesk>[0] = {}) =>
  pipelineDeps(database.db, { zendesk: aZendesk(zendesk) });
const states = async () => (await heard()).map(({ state }) => state);

describe('tries', () => {
  test('are not used up by an outage of Zendesk, nor by waiting behind an event that meets it', async () => {
    const batch = await store(hint(7), event({ ticketId: 7, time: '2035-01-01T00:00:00Z' }));
    for (let tries = 0; tries < 12; tries += 1)
      await expect(processBatch(deps({ showTicket: away }), batch)).rejects.toThrow('timed out');
    expect((await heard()).map(({ attempts, unfinished }) => [attempts, unfinished])).toEqual([
      [0, 0],
      [0, 0],
    ]);

    const failing = deps({ showTicket: () => Promise.reject(new Error('an ordinary failure')) });
    await expect(processBatch(failing, batch)).rejects.toThrow('ordinary');
    expect(await states()).toEqual(['waiting', 'waiting']);
    await processBatch(deps({ showTicket: async () => aRestTicket({ id: 7 }) }), batch);
    expect(await states()).not.toContain('waiting');
  });

  test('are not used up by waiting behind a failing event: that one is dead-lettered, and the others are processed', async () => {
    const failing = deps({ showTicket: () => Promise.reject(new Error('broken')) });
    const batch = await store(hint(7), event({ ticketId: 7, time: '2035-01-01T00:00:00Z' }), event({ ticketId: 8 }));
    for (let tries = 1; tries < 5; tries += 1) await expect(processBatch(failing, batch)).rejects.toThrow('broken');
    expect((await heard()).map(({ attempts }) => attempts)).toEqual([4, 0, 0]);

    await processBatch(failing, batch);
    expect(await heard()).toEqual([
      expect.objectContaining({ state: 'parked', error: expect.stringContaining('broken') }),
      expect.objectContaining({ state: 'decided', attempts: 0 }),
      expect.objectContaining({ state: 'decided', attempts: 0 }),
    ]);
  });

  test('end after five for a ticket that alone is refused (403, 500): it is dead-lettered with the reason, and the others are read', async () => {
    for (const [kind, status] of [
      ['forbidden', 403],
      ['unavailable', 500],
    ] as const) {
      await database.clear();
      const refusing = deps({
        me: async () => ({
          id: ME,
          name: 'Deskwright',
          email: 'deskwright@northwind.test',
          role: 'admin',
          suspended: false,
          locale: 'en-US',
        }),
        showTicket: async (id) => {
          if (id === 7) throw new ZendeskError(kind, `GET ticket answered ${status}`, status);
          return aRestTicket({ id });
        },
      });
      const batch = await store(hint(7), hint(8), hint(9), hint(10), hint(11), hint(12));
      for (let tries = 1; tries < 5; tries += 1)
        await expect(processBatch(refusing, batch)).rejects.toThrow('answered');
      expect(await states()).toEqual(['waiting', ...Array.from({ length: 5 }, () => 'decided')]);
      await processBatch(refusing, batch);
      expect((await heard())[0]).toMatchObject({ state: 'parked', error: expect.stringContaining(String(status)) });
    }
  });

  test('are not used up while our login is refused', async () => {
    const refused = () => Promise.reject(new ZendeskError('forbidden', 'GET answered 403', 403));
    const batch = await store(hint(7));
    for (let tries = 0; tries < 8; tries += 1)
      await expect(processBatch(deps({ showTicket: refused, me: refused }), batch)).rejects.toThrow('403');

    expect(await heard()).toEqual([expect.objectContaining({ state: 'waiting', attempts: 0 })]);
  });

  test('end for an event that crashed five processes: it is dead-lettered before the next try, and no other is', async () => {
    const batch = await store(hint(7), event({ ticketId: 7, time: '2035-01-01T00:00:00Z' }), event({ ticketId: 8 }));
    await database.db.execute(sql`UPDATE inbox SET held_by = 'gone', unfinished = CASE id WHEN
      (SELECT min(id) FROM inbox) THEN 5 ELSE 4 END`);

    await processBatch(deps(), batch);

    expect(await heard()).toEqual([
      expect.objectContaining({ state: 'parked', error: expect.stringContaining('ended 5 times') }),
      expect.objectContaining({ state: 'decided' }),
      expect.objectContaining({ state: 'decided' }),
    ]);
  });

  test('an event that crashed a process is processed alone', async () => {
    const batch = await store(hint(7), hint(8), hint(9));
    const other = await store(hint(10));
    await database.db.execute(sql`UPDATE inbox SET held_by = 'gone', unfinished = 1 WHERE batch = ${batch}`);
    let reading = 0;
    let most = 0;
    const counting = deps({
      showTicket: async (id) => {
        reading += 1;
        most = Math.max(most, reading);
        await new Promise((resolve) => setTimeout(resolve, 20));
        reading -= 1;
        return aRestTicket({ id });
      },
    });

    await Promise.all([processBatch(counting, batch), processBatch(counting, other)]);

    expect(await states()).toEqual(['decided', 'decided', 'decided', 'decided']);
    expect(most).toBe(1);
  });

  test('an event in progress at shutdown does not count as crashing the process', async () => {
    const batch = await store(hint(7));
    const ending = new AbortController();
    let isReading = false;
    let answer = (): void => undefined;
    const slow = deps({
      showTicket: () => {
        isReading = true;
        return new Promise((resolve) => {
          answer = () => resolve(aRestTicket({ id: 7 }));
        });
      },
    });
    const work = processBatch({ ...slow, signal: ending.signal }, batch);
    await until(() => isReading);
    expect(await heard()).toEqual([expect.objectContaining({ unfinished: 1, heldBy: expect.any(String) })]);

    ending.abort();

    await until(async () => (await heard())[0]?.unfinished === 0);
    answer();
    await work;
  });
});

describe('many events of one ticket', () => {
  test('cause one decision, for the last, and each is applied and finished', async () => {
    const flood = Array.from({ length: 200 }, (_, n) =>
      event({
        type: 'ticket.comment_added',
        time: `2025-01-08T10:${String(13 + Math.floor(n / 60))}:${String(n % 60).padStart(2, '0')}.000Z`,
        detail: { updated_at: `2025-01-08T10:${String(13 + Math.floor(n / 60))}:${String(n % 60).padStart(2, '0')}Z` },
        event: { comment: { id: String(1_000 + n), body: `Comment ${n}`, is_public: true, author: { id: CUSTOMER } } },
      }),
    );
    const batch = await store(event({}), ...flood.toReversed(), event({ ticketId: 6000 }));

    await processBatch(deps(), batch);
    await processFlood(deps(), 5158);

    expect((await log()).map((decision) => [decision.ticketId, decision.trigger])).toEqual(
      expect.arrayContaining([
        [5158, 'ticket.comment_added'],
        [6000, 'ticket.created'],
      ]),
    );
    expect(await log()).toHaveLength(2);
    const rows = (await heard()).filter(({ ticketId }) => ticketId === 5158);
    expect(rows.filter(({ state }) => state === 'decided')).toHaveLength(1);
    expect(rows.filter(({ outcome }) => outcome === 'decided_with_later')).toHaveLength(200);
    const { rows: stored } = await database.db.execute(
      sql`SELECT count(*)::int AS n FROM comments WHERE ticket_id = 5158`,
    );
    expect(stored).toEqual([{ n: 201 }]);
    expect(await ticket()).toMatchObject({
      updatedAt: new Date('2025-01-08T10:16:19Z'),
      waitingSince: new Date('2025-01-08T10:12:07Z'),
    });
  });

  test('beyond fifty are left out of batches and processed separately, five hundred at a time', async () => {
    const batches: number[] = [];
    for (let n = 0; n < 120; n += 1) {
      const { time, updated_at } = at(n % 60, n < 60 ? '000' : '500');
      const five = Array.from({ length: 5 }, (_, k) => event({ time, detail: { updated_at, subject: `${n}-${k}` } }));
      batches.push(await store(...five, event({ ticketId: 6000 + n })));
    }
    const floods: number[] = [];
    const onFlood = async (ticketId: number) => void floods.push(ticketId);

    for (const batch of batches) await processBatch({ ...deps(), onFlood }, batch);
    expect((await log()).map(({ ticketId }) => ticketId)).toEqual(batches.map((_, n) => 6000 + n));
    expect(floods).toEqual(batches.map(() => 5158));

    expect(await processFlood(deps(), 5158)).toBe(true);
    expect((await heard()).filter(({ state }) => state === 'waiting')).toHaveLength(100);
    expect(await processFlood(deps(), 5158)).toBe(false);
    expect((await log()).filter(({ ticketId }) => ticketId === 5158)).toHaveLength(2);
    expect(await states()).not.toContain('waiting');
    expect(await processFlood(deps(), 5158)).toBe(false);
  });

  test('beyond fifty, one of which crashed five processes: it is dead-lettered, and the others are processed', async () => {
    const batch = await store(...Array.from({ length: 60 }, () => event({})));
    await database.db.execute(sql`UPDATE inbox SET held_by = 'gone', unfinished = CASE id WHEN
      (SELECT min(id) + 30 FROM inbox) THEN 5 ELSE 1 END`);

    await processBatch(deps(), batch);
    expect(new Set(await states())).toEqual(new Set(['waiting']));
    await processFlood(deps(), 5158);

    const rows = await heard();
    expect(rows[30]).toMatchObject({ state: 'parked', error: expect.stringContaining('ended 5 times') });
    expect(rows.filter(({ state }) => state === 'waiting' || state === 'parked')).toHaveLength(1);
  });

  test('in many small batches cause one decision too', async () => {
    const batches: number[] = [];
    for (let n = 0; n < 25; n++)
      batches.push(await store(event({ time: at(n).time }), event({ time: at(n + 25).time })));
    const other = await store(event({ ticketId: 6000 }));
    await processBatch(deps(), batches[0]!);
    expect((await log()).map(({ ticketId }) => ticketId)).toEqual([5158]);
    expect((await heard()).filter(({ state }) => state === 'waiting')).toHaveLength(1);
    for (const batch of [...batches, other]) await processBatch(deps(), batch);
    expect((await log()).map(({ ticketId }) => ticketId)).toEqual([5158, 6000]);
  });

  test('have the same effect as one after another: solving schedules the survey, reopening cancels it', async () => {
    const solve = change(30, 'ticket.status_changed', { status: 'SOLVED' }, { current: 'SOLVED', previous: 'NEW' });
    const reopen = change(40, 'ticket.status_changed', { status: 'OPEN' }, { current: 'OPEN', previous: 'SOLVED' });
    await hear(deps(), reopen, solve, {});

    expect(await surveys()).toEqual([
      expect.objectContaining({ survey: 'ces', state: 'cancelled', reason: 'reopened' }),
    ]);
    expect(await ticket()).toMatchObject({ status: 'open', category: 'refunds' });
    expect(await log()).toHaveLength(1);
  });

  test('of the same moment are applied by their position in the change', async () => {
    const one = (position: number, tags: string[]) =>
      change(20, 'ticket.tags_changed', { tags }, { meta: { sequence: { id: 'S', position, total: 3 } } });
    await hear(deps(), one(3, ['c']), one(1, ['a']), one(2, ['b']));

    expect(await ticket()).toMatchObject({ tags: ['c'] });
  });

  test('with our own writes among them still cause one decision', async () => {
    await hear(deps(), {});
    const own = change(20, 'ticket.tags_changed', { actor_id: String(ME), tags: ['category__refunds', 'tier__t1'] });
    await hear(deps(), own, comment(30, '71', CUSTOMER, 'The app crashes'), comment(40, '72', CUSTOMER, 'Really'));

    expect((await log()).map(({ trigger }) => trigger)).toEqual(['ticket.created', 'ticket.comment_added']);
    expect(await states()).not.toContain('waiting');
  });

  test('one of which fails: those before it are processed, and those after it once it is dead-lettered', async () => {
    const odd = event({ ticketId: 7, ...comment(20, '71', String(ODD)) });
    const batch = await store(
      event({ ticketId: 7, time: at(10).time }),
      odd,
      event({ ticketId: 7, time: at(30).time }),
    );
    // The one row that the database refuses, as it would a value out of range.
    await database.db.execute(
      sql`ALTER TABLE comments ADD CONSTRAINT odd CHECK (author_id <> ${sql.raw(String(ODD))})`,
    );
    try {
      for (let tries = 1; tries < 5; tries += 1)
        await expect(processBatch(deps(), batch)).rejects.toThrow('Failed query');
      expect((await heard()).map(({ state, attempts }) => [state, attempts])).toEqual([
        ['decided', 0],
        ['waiting', 4],
        ['waiting', 0],
      ]);
      await processBatch(deps(), batch);
      expect(await states()).toEqual(['decided', 'parked', 'ignored']);
    } finally {
      await database.db.execute(sql`ALTER TABLE comments DROP CONSTRAINT odd`);
    }
  });
});

describe('events without ticket data', () => {
  function reader() {
    const read: number[] = [];
    return { read, showTicket: async (id: number) => (read.push(id), aRestTicket({ id })) };
  }

  test('of one ticket in one batch cause one read and one decision', async () => {
    const { read, showTicket } = reader();
    const batch = await store(
      ...Array.from({ length: 50 }, (_, n) => hint(n % 3)).map((one) => ({ ticket_id: one.ticket_id + 7 })),
    );

    await processBatch(deps({ showTicket }), batch);

    expect(read).toHaveLength(3);
    expect(new Set(read)).toEqual(new Set([7, 8, 9]));
    expect(await log()).toHaveLength(3);
    expect(await states()).not.toContain('waiting');
  });

  test('received before a read of their ticket are finished by it', async () => {
    const { read, showTicket } = reader();
    const batches = [await store(hint(7)), await store(hint(7), hint(8)), await store(hint(7))];
    const answered = createAnsweredHints();
    for (const batch of batches) await processBatch({ ...deps({ showTicket }), answered }, batch);
    expect(read).toEqual([7, 8]);
    expect(await states()).not.toContain('waiting');

    await processBatch({ ...deps({ showTicket }), answered }, await store(hint(7)));
    expect(read).toEqual([7, 8, 7]);
  });

  test('are not finished by a read that failed', async () => {
    const { read, showTicket } = reader();
    const answered = createAnsweredHints();
    const batches = [await store(hint(7)), await store(hint(7))];
    await expect(processBatch({ ...deps({ showTicket: away }), answered }, batches[0] ?? 0)).rejects.toThrow(
      'timed out',
    );
    await processBatch({ ...deps({ showTicket }), answered }, batches[1] ?? 0);

    expect(read).toEqual([7]);
  });

  test('do not delay other tickets of their batch while Zendesk is unavailable', async () => {
    let asked = 0;
    const counting = deps({ showTicket: () => ((asked += 1), away()) });
    const batch = await store(...Array.from({ length: 60 }, (_, n) => hint(n + 100)), event({ ticketId: 8 }));

    await expect(processBatch(counting, batch)).rejects.toThrow('timed out');

    expect((await heard()).at(-1)).toMatchObject({ ticketId: 8, state: 'decided' });
    expect(asked).toBeLessThanOrEqual(4);
  });
});
