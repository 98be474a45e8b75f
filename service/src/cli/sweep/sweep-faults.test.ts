// Tries a sweep and its undo while Zendesk fails: the command says what waits and how to go on, and both finish once it answers again.
import { pipelineDeps } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { listSweeps } from '../../tickets/index.ts';
import { createSweepRunner } from '../../tickets/redecide/run-sweeps.ts';
import { createOutboxFixture, performEffects } from '../../tickets/write/testing/outbox-fixture.ts';
import type { ZendeskClient } from '../../zendesk/create-zendesk.ts';
import { zendeskFrom } from '../open-account.ts';
import { FAULTS, type Fault, type FaultyZendesk, startFaultyZendesk } from '../testing/faulty-zendesk.ts';
import { followSweep } from './follow-sweep.ts';
import { runSweep, runUndo, type SweepDeps } from './sweep.ts';

let faulty: FaultyZendesk;
let database: TestDatabase;
beforeAll(async () => {
  [faulty, database] = await Promise.all([startFaultyZendesk(), createTestDatabase()]);
});
beforeEach(() => database.clear());
afterEach(() => faulty.heal());
afterAll(async () => {
  await faulty.stop();
  await database.drop();
});

const CHECK_LOGIN = /Zendesk refuses our login\. Check the login: ZENDESK_OAUTH_CLIENT_ID/;
const { signal } = new AbortController();
const said = (run: () => Promise<number>): Promise<number | string> =>
  run().catch((error: unknown) => (error instanceof Error ? error.message : String(error)));

/** The tickets are those of a Zendesk in memory; while it is broken, calls go to the one that fails. */
function aService() {
  const fixture = createOutboxFixture(database.db);
  let calls: ZendeskClient | null = null;
  const zendesk = new Proxy(fixture.zendesk, {
    get: (whole, name) => Reflect.get(calls ?? whole, name),
  });
  const work = async (): Promise<void> => {
    const stop = new AbortController();
    const onEffect = async () => {
      await performEffects({ ...fixture.deps, zendesk });
      if (calls !== null) stop.abort();
    };
    await createSweepRunner({ ...pipelineDeps(database.db), signal: stop.signal, onEffect })();
  };
  const deps: SweepDeps = {
    db: database.db,
    json: false,
    out: () => undefined,
    err: () => undefined,
    who: 'ana@support',
    follow: async (id, until) => {
      await work();
      return followSweep(database.db, id, { until, stream: process.stderr, signal, silentMs: 0 });
    },
  };
  return {
    fixture,
    deps,
    fail: (fault: Fault) => {
      faulty.breakAt(fault, '/api/v2/tickets');
      calls = zendeskFrom(faulty.env, faulty.limits());
    },
    heal: async () => {
      faulty.heal();
      calls = null;
      await fixture.letTimePass();
      await performEffects({ ...fixture.deps, zendesk });
    },
  };
}

const options = {
  ticketIds: null,
  category: null,
  tier: null,
  group: null,
  why: null,
  policyPath: 'none.yaml',
  dryRun: false,
  wait: true,
  ask: async () => true,
};

test.each(FAULTS)('%s while it runs, and while it is undone', async (fault) => {
  const { fixture, deps, fail, heal } = aService();
  for (const id of [1, 2]) await fixture.aTicket(id, { subject: 'A refund, please', status: 'open', tags: [] });
  const tagsOf = () => [...fixture.zendesk.account.tickets.values()].map(({ tags }) => tags.includes('money'));

  const stopped = said(() =>
    runSweep(deps, {
      ...options,
      ask: async () => {
        fail(fault);
        return true;
      },
    }),
  );
  expect(await stopped).toMatch(
    /^Nothing happened for a minute: .*\nSweep \d+ runs: 2 changed\.\n2 changes wait to be/,
  );
  expect(await stopped).toMatch(/continues as soon as it can\. To check: deskwright sweep status \d+$/);
  expect(await stopped).toMatch(fault === 401 ? CHECK_LOGIN : /^/);
  expect(tagsOf()).toEqual([false, false]);
  const id = (await listSweeps(database.db))[0]!.id;
  await heal();
  expect(await deps.follow(id, ['done'])).toMatchObject({ state: 'done', tickets: { changed: 2 } });
  expect(tagsOf()).toEqual([true, true]);

  fail(fault);
  const stuck = await said(() => runUndo(deps, id, options));
  expect(stuck).toMatch(
    /^Nothing happened for a minute: .*\nSweep \d+ is being undone: 2 restored\.\n2 changes wait to be/,
  );
  expect(stuck).toMatch(fault === 401 ? CHECK_LOGIN : /^/);
  expect(tagsOf()).toEqual([true, true]);
  await heal();
  expect(await runUndo(deps, id, options)).toBe(0);
  expect(tagsOf()).toEqual([false, false]);
});
