import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { ZendeskError } from '../../zendesk/zendesk.ts';
import { tickets } from '../tables.ts';
import { createOutboxFixture, type OutboxFixture, performEffects } from './testing/outbox-fixture.ts';

let database: TestDatabase;
let fixture: OutboxFixture;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.clear();
  fixture = createOutboxFixture(database.db);
  fixture.deps.limits = { workMs: 0, backoffMs: 60_000 };
});
afterAll(() => database.drop());

const perform = () => performEffects(fixture.deps);
const failed = (kind: 'unavailable' | 'forbidden' | 'rejected', status: number | null) =>
  new ZendeskError(kind, `PUT ticket answered ${status}`, status);
const tagsOf = (id: number) => fixture.zendesk.account.tickets.get(id)?.tags;

async function performAgainAndAgain(rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    await perform();
    await fixture.letTimePass();
  }
}

/** Every call of the fake, from now on, goes through `answer` first. */
function eachCall(answer: (method: string, ...args: unknown[]) => void): void {
  const { zendesk } = fixture;
  fixture.deps.zendesk = new Proxy(zendesk, {
    get: (target, name, receiver) => {
      const value = Reflect.get(target, name, receiver);
      if (typeof value !== 'function') return value;
      return async (...args: unknown[]) => {
        answer(String(name), ...args);
        return value.apply(target, args);
      };
    },
  });
}

describe('tries are not used up by', () => {
  test.each(['updateTicket', 'listAuditMetadata'] as const)('an outage during %s', async (method) => {
    await fixture.aTicket(42);
    await fixture.want(42, { note: 'Bug.' });
    if (method === 'listAuditMetadata') {
      fixture.zendesk.faults.next('updateTicket', failed('unavailable', 502));
      fixture.zendesk.faults.next('me', failed('unavailable', 502));
      await perform();
    }
    eachCall(() => {
      throw failed('unavailable', 503);
    });
    await performAgainAndAgain(40);
    expect(await fixture.rows()).toMatchObject([{ state: 'in_flight', attempts: 0 }]);

    fixture.deps.zendesk = fixture.zendesk;
    fixture.zendesk.faults.next('updateTicket', failed('unavailable', 500));
    await performAgainAndAgain(2);
    expect(await fixture.states()).toEqual(['done']);
    expect(fixture.zendesk.account.comments.get(42)).toHaveLength(1);
  });

  test('an outage while a changed ticket is read again', async () => {
    await fixture.aTicket(42);
    await database.db.delete(tickets);
    await fixture.want(42, { addTags: ['a'] });
    const { reread } = fixture.deps;
    fixture.deps.reread = () => Promise.reject(failed('unavailable', 503));
    eachCall(() => {
      throw failed('unavailable', 503);
    });
    await performAgainAndAgain(40);
    expect(await fixture.rows()).toMatchObject([{ state: 'waiting', attempts: 0 }]);
    fixture.deps = { ...fixture.deps, reread, zendesk: fixture.zendesk };
    await performAgainAndAgain(2);
    expect(tagsOf(42)).toContain('a');
  });

  test('a budget that is used up', async () => {
    await fixture.aTicket(42);
    await fixture.aTicket(43);
    fixture.deps.writesPerMinute = () => 0.001;
    // One after the other: two that wait together would go as one job, which is one write.
    await fixture.want(42, { addTags: ['a'] });
    await performAgainAndAgain(1);
    await fixture.want(43, { addTags: ['a'] });
    await performAgainAndAgain(40);
    expect(await fixture.rows()).toMatchObject([
      { state: 'done', attempts: 0 },
      { state: 'waiting', attempts: 0 },
    ]);
  });

  test('another ticket of the same bulk job', async () => {
    for (let id = 1; id <= 8; id++) {
      await fixture.aTicket(id);
      await fixture.want(id, { addTags: ['a'] });
    }
    fixture.zendesk.faults.next('updateTickets', failed('rejected', 422));
    await performAgainAndAgain(1);
    const attempts = (await fixture.rows()).map((row) => row.attempts);
    expect(attempts).toEqual(attempts.map(() => 0));
    await performAgainAndAgain(3);
    expect(new Set(await fixture.states())).toEqual(new Set(['done']));
  });

  test('processes that die during a write', async () => {
    await fixture.aTicket(42);
    await fixture.want(42, { note: 'Bug.' });
    for (let death = 0; death < 4; death++) {
      await expect(performEffects(dyingAt(42))).rejects.toThrow('killed');
      await fixture.letTimePass();
    }
    expect(await fixture.rows()).toMatchObject([{ state: 'in_flight', attempts: 0, unfinished: 4 }]);
    await perform();
    expect(await fixture.rows()).toMatchObject([{ state: 'done', attempts: 0, unfinished: 0 }]);
  });
});

describe('a lost database connection', () => {
  const broken = () => Object.assign(new Error('Connection terminated unexpectedly'), { code: '57P01' });

  test('during a write, again and again, dead-letters nothing', async () => {
    await fixture.aTicket(42);
    await fixture.want(42, { note: 'Bug.' });
    for (let round = 0; round < 12; round++) {
      await expect(performEffects(dyingAt(42, '', broken))).rejects.toThrow('Connection terminated');
      await fixture.letTimePass();
    }
    expect(await fixture.rows()).toMatchObject([{ state: 'in_flight', attempts: 0 }]);
    await perform();
    expect(await fixture.rows()).toMatchObject([{ state: 'done', attempts: 0, unfinished: 0 }]);
  });

  test('that recovers before the write is settled uses up no try', async () => {
    await fixture.aTicket(42);
    await fixture.want(42, { note: 'Bug.' });
    fixture.zendesk.faults.next('updateTicket', broken());
    await perform();
    expect(await fixture.rows()).toMatchObject([{ state: 'in_flight', attempts: 0 }]);
  });
});

test('a write during which the process dies five times is dead-lettered before the sixth, and no other is', async () => {
  for (let id = 1; id <= 5; id++) {
    await fixture.aTicket(id);
    await fixture.want(id, { note: `Note ${id}` });
  }
  await fixture.want(3, { addTags: ['csat__5'] }, { cause: 'answer' });
  let deaths = 0;
  for (let round = 0; round < 20; round++) {
    await performEffects(dyingAt(3, 'Note 3')).catch((error: Error) => {
      if (error.message !== 'killed') throw error;
      deaths += 1;
    });
    await fixture.letTimePass();
  }
  expect(deaths).toBe(5);
  const rows = await fixture.rows();
  expect(rows.filter((row) => row.state === 'parked')).toMatchObject([
    { ticketId: 3, payload: { cause: 'decision' }, lastError: expect.stringContaining('the service ended 5 times') },
  ]);
  expect(rows.filter((row) => row.state !== 'parked').map((row) => row.state)).toEqual(Array(5).fill('done'));
  expect(tagsOf(3)).toContain('csat__5');
});

describe('errors of one ticket', () => {
  test('a 403 is retried a limited number of times, while other tickets are written', async () => {
    await fixture.aTicket(42);
    await fixture.aTicket(43);
    await fixture.want(42, { addTags: ['a'] });
    let tries = 0;
    eachCall((method, id) => {
      if (method !== 'updateTicket' || id !== 42) return;
      tries += 1;
      throw failed('forbidden', 403);
    });
    await performAgainAndAgain(5);
    await fixture.want(43, { addTags: ['a'] });
    await performAgainAndAgain(40);
    expect(await fixture.rows()).toMatchObject([
      { state: 'parked', attempts: 20, lastError: 'PUT ticket answered 403' },
      { state: 'done' },
    ]);
    expect(tries).toBe(20);
  });

  test('so is a ticket that always causes a 500', async () => {
    await fixture.aTicket(42);
    await fixture.want(42, { addTags: ['a'] });
    eachCall((method) => {
      if (method === 'updateTicket') throw failed('unavailable', 500);
    });
    await performAgainAndAgain(40);
    expect(await fixture.rows()).toMatchObject([{ state: 'parked', attempts: 20 }]);
  });

  test('a redirect dead-letters nothing at once', async () => {
    await fixture.aTicket(42);
    await fixture.want(42, { addTags: ['a'] });
    fixture.zendesk.faults.next('updateTicket', failed('unavailable', 302));
    await perform();
    expect(await fixture.states()).toEqual(['in_flight']);
    await performAgainAndAgain(3);
    expect(await fixture.states()).toEqual(['done']);
  });
});

describe('a refused login', () => {
  test('uses no tries and little of the limit, and writes continue within seconds once it works again', async () => {
    for (let id = 1; id <= 30; id++) {
      await fixture.aTicket(id);
      await fixture.want(id, { addTags: ['a'] });
    }
    const calls: string[] = [];
    eachCall((method) => {
      calls.push(method);
      throw failed('forbidden', 401);
    });
    expect((await perform()).againInMs).toBeLessThanOrEqual(5_000);
    await perform();
    expect(calls).toHaveLength(1);
    for (let probe = 1; probe <= 40; probe++) {
      await fixture.letTimePass();
      expect((await perform()).againInMs).toBeLessThanOrEqual(5_000);
      expect(calls.slice(1)).toEqual(Array(probe).fill('me'));
    }
    const rows = await fixture.rows();
    expect(new Set(rows.map(({ state, attempts, alone }) => `${state} ${attempts} ${alone}`))).toEqual(
      new Set(['waiting 0 false']),
    );

    fixture.deps.zendesk = fixture.zendesk;
    await performAgainAndAgain(3);
    expect(new Set(await fixture.states())).toEqual(new Set(['done']));
  });

  test('whose scope is missing is tried with one ticket at a time', async () => {
    for (let id = 1; id <= 30; id++) {
      await fixture.aTicket(id);
      await fixture.want(id, { addTags: ['a'] });
    }
    let writes = 0;
    eachCall((method) => {
      if (!method.startsWith('update')) return;
      writes += 1;
      throw new ZendeskError('forbidden', 'PUT answered 403 (scope missing)', 403, null, true);
    });
    await performAgainAndAgain(10);
    expect(writes).toBe(10);
    expect(new Set((await fixture.rows()).map(({ state, attempts }) => `${state} ${attempts}`))).toEqual(
      new Set(['waiting 0']),
    );
  });
});

/** The deps of a process that is killed when it writes ticket `id` (with a note that contains `words`): from then on it does nothing more. */
function dyingAt(id: number, words = '', error = () => new Error('killed')): OutboxFixture['deps'] {
  let dead = false;
  const zendesk = new Proxy(fixture.zendesk, {
    get: (target, name, receiver) => {
      const value = Reflect.get(target, name, receiver);
      if (typeof value !== 'function') return value;
      return async (...args: unknown[]) => {
        if (name === 'updateTicket' && args[0] === id && JSON.stringify(args[1]).includes(words)) dead = true;
        // A process does not die between two writes that run side by side, but during both.
        await new Promise((resolve) => setImmediate(resolve));
        if (dead) throw error();
        return value.apply(target, args);
      };
    },
  });
  const db = new Proxy(database.db, {
    get(target, name, receiver) {
      if (dead && ['transaction', 'update', 'execute', 'select'].includes(String(name))) {
        return () => {
          throw error();
        };
      }
      return Reflect.get(target, name, receiver);
    },
  });
  return { ...fixture.deps, db, zendesk };
}
