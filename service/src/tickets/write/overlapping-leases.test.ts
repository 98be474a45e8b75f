import { eq, sql } from 'drizzle-orm';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { outbox } from '../../platform/outbox/tables.ts';
import type { Database } from '../../platform/storage/database.ts';
import { ZendeskError } from '../../zendesk/zendesk.ts';
import { createOutboxFixture, type OutboxFixture, performEffects } from './testing/outbox-fixture.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const LATE = { limits: { workMs: 0, backoffMs: 60_000 } };

/** What stands in the outbox and what Zendesk does before the slow process begins; its notes and tags must come true exactly once. */
const SITUATIONS: Record<string, { tickets: number; arrange: (fixture: OutboxFixture) => Promise<void> }> = {
  'one write': { tickets: 1, arrange: async () => {} },
  'a write whose answer is lost': {
    tickets: 1,
    arrange: async ({ zendesk }) =>
      zendesk.faults.next('updateTicket', new ZendeskError('unavailable', 'timed out', null), { when: 'after' }),
  },
  'a write that fails': {
    tickets: 1,
    arrange: async ({ zendesk }) => zendesk.faults.next('updateTicket', new ZendeskError('unavailable', '502', 502)),
  },
  'a write that Zendesk has no time for': {
    tickets: 1,
    arrange: async ({ zendesk }) => zendesk.faults.next('updateTicket', new ZendeskError('busy', '429', 429, 30_000)),
  },
  'a write whose answer is lost after another had no time for it': {
    tickets: 1,
    arrange: async ({ zendesk }) => {
      zendesk.faults.next('updateTicket', new ZendeskError('busy', '429', 429, 30_000));
      zendesk.faults.next('updateTicket', new ZendeskError('unavailable', 'timed out', null), { when: 'after' });
    },
  },
  'a write that is refused': {
    tickets: 1,
    arrange: async ({ zendesk }) => zendesk.faults.next('updateTicket', new ZendeskError('forbidden', '403', 403)),
  },
  'a ticket that has changed': {
    tickets: 1,
    arrange: async ({ zendesk }) => {
      Object.assign(zendesk.account.tickets.get(1) ?? {}, { updated_at: '2026-11-23T08:30:00Z' });
    },
  },
  'a write in doubt': {
    tickets: 1,
    arrange: async (fixture) => {
      fixture.zendesk.faults.next('updateTicket', new ZendeskError('unavailable', 'timed out', null), {
        when: 'after',
      });
      await performEffects(fixture.deps);
      await fixture.letTimePass();
    },
  },
  'a write in doubt of a ticket that has changed': {
    tickets: 1,
    arrange: async (fixture) => {
      fixture.zendesk.faults.next('updateTicket', new ZendeskError('unavailable', 'timed out', null));
      await performEffects(fixture.deps);
      await fixture.letTimePass();
      Object.assign(fixture.zendesk.account.tickets.get(1) ?? {}, { updated_at: '2026-11-23T08:30:00Z' });
    },
  },
  'two effects of which one is refused': {
    tickets: 1,
    arrange: async (fixture) => fixture.want(1, { priority: 'sky-high' as 'high' }, { key: 'refused' }),
  },
  'a bulk job': { tickets: 6, arrange: async () => {} },
  'a bulk job to look after': {
    tickets: 6,
    arrange: async (fixture) => {
      fixture.zendesk.holdJobs = true;
      await performEffects({ ...fixture.deps, ...LATE });
      fixture.zendesk.holdJobs = false;
      await fixture.letTimePass();
    },
  },
  'a bulk job with a ticket that has changed': {
    tickets: 6,
    arrange: async (fixture) => {
      Object.assign(fixture.zendesk.account.tickets.get(3) ?? {}, { updated_at: '2026-11-23T08:30:00Z' });
      await performEffects({ ...fixture.deps, ...LATE });
      await fixture.letTimePass();
    },
  },
};

describe.each(Object.entries(SITUATIONS))('%s', (_name, { tickets, arrange }) => {
  test('is written once, whenever the lease of a slow process expires and another takes over', async () => {
    for (let moment = 1; ; moment++) {
      await database.clear();
      const fixture = createOutboxFixture(database.db);
      for (let id = 1; id <= tickets; id++) {
        await fixture.aTicket(id);
        await fixture.want(id, { addTags: ['category__bug'], note: `Note ${id}` });
      }
      await arrange(fixture);
      const passed = await performSlowly(fixture, moment);
      await settleAll(fixture);

      for (let id = 1; id <= tickets; id++) {
        const notes = (fixture.zendesk.account.comments.get(id) ?? []).map(({ body }) => body);
        expect({ moment, notes }).toEqual({ moment, notes: [`Note ${id}`] });
        expect(fixture.zendesk.account.tickets.get(id)?.tags).toEqual(['tents', 'category__bug']);
      }
      const states = (await fixture.rows()).filter(({ key }) => key !== 'refused').map(({ state }) => state);
      expect({ moment, states }).toEqual({ moment, states: Array.from({ length: tickets }, () => 'done') });
      if (!passed) break;
      expect(moment).toBeLessThan(200);
    }
  });
});

/**
 * Runs the outbox once; before its `moment`th call to the database or to Zendesk its leases end, and another process works until
 * nothing is due. False: it came to its end before.
 */
async function performSlowly(fixture: OutboxFixture, moment: number): Promise<boolean> {
  let calls = 0;
  let passed = false;
  const atEachCall = async () => {
    if (++calls !== moment) return;
    passed = true;
    await fixture.letTimePass();
    await performEffects({ ...fixture.deps, ...LATE });
    await performEffects({ ...fixture.deps, ...LATE });
  };
  const zendesk = new Proxy(fixture.zendesk, {
    get(target, name, receiver) {
      const value = Reflect.get(target, name, receiver);
      if (typeof value !== 'function') return value;
      return async (...args: unknown[]) => {
        await atEachCall();
        const result = await value.apply(target, args).then(
          (answer: unknown) => () => answer,
          (error: unknown) => () => {
            throw error;
          },
        );
        // The answer, or the refusal, arrives late.
        await atEachCall();
        return result();
      };
    },
  });
  const reread = async (ticketId: number) => {
    await atEachCall();
    await fixture.deps.reread(ticketId);
    await atEachCall();
  };
  await performEffects({ ...fixture.deps, ...LATE, db: slowDatabase(database.db, atEachCall), zendesk, reread });
  return passed;
}

/** Calls `first` before each statement that stands by itself, and before each transaction. */
function slowDatabase(db: Database, first: () => Promise<void>): Database {
  return new Proxy(db, {
    get(target, name, receiver) {
      if (name === 'execute' || name === 'transaction')
        return async (...args: unknown[]) => {
          await first();
          return (Reflect.get(target, name, receiver) as (...given: unknown[]) => unknown).apply(target, args);
        };
      if (name === 'update' || name === 'select')
        return (...args: unknown[]) =>
          slowQuery(
            (Reflect.get(target, name, receiver) as (...given: unknown[]) => object).apply(target, args),
            first,
          );
      return Reflect.get(target, name, receiver);
    },
  });
}

/** A query of Drizzle's runs when it is awaited. */
function slowQuery<T extends object>(query: T, first: () => Promise<void>): T {
  return new Proxy(query, {
    get(target, name) {
      const value = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      if (name === 'then')
        return (done: never, failed: never) => first().then(() => value.call(target, done, failed), failed);
      return (...args: unknown[]) => {
        const next = value.apply(target, args);
        return typeof next === 'object' && next !== null ? slowQuery(next, first) : next;
      };
    },
  });
}

/** Lets time pass until nothing waits any more. */
async function settleAll(fixture: OutboxFixture): Promise<void> {
  for (let round = 0; round < 30; round++) {
    await fixture.letTimePass();
    await performEffects({ ...fixture.deps, ...LATE });
    const [open] = await database.db
      .select({ count: sql<number>`count(*)::int` })
      .from(outbox)
      .where(sql`${outbox.state} IN ('waiting', 'in_flight')`);
    if (open?.count === 0) return;
  }
  const stuck = await database.db.select().from(outbox).where(eq(outbox.state, 'in_flight'));
  throw new Error(`Not settled after 30 rounds: ${JSON.stringify(stuck)}`);
}
