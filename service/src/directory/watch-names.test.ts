import { EventEmitter, once } from 'node:events';
import { setImmediate as pause } from 'node:timers/promises';
import { loadPolicy } from '@deskwright/shared';
import { policyTextWith } from '../../../shared/testing/policy-text.ts';
import { silentLogger } from '../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import type { Logger } from '../platform/logging/logger.ts';
import { until } from '../platform/testing/until.ts';
import { createFakeZendesk } from '../zendesk/create-fake-zendesk.ts';
import type { Directory } from './directory.ts';
import { startDirectory, watchNames } from './start-directory.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());

function aPolicy(replace: string, by: string) {
  const loaded = loadPolicy(policyTextWith({ replace, by }), 'policy.yaml');
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.policy;
}

const RIGHT = aPolicy('Northwind', 'Northwind');
const WRONG = aPolicy('group: Support Tier 2', 'group: Suport Tier 2');

/** A watched account with the groups of the policy; for its directory, a minute passes each time it reads the clock. */
async function aWatch(first = RIGHT) {
  const zendesk = createFakeZendesk(Date.now);
  zendesk.account.groups.push({ id: 11, name: 'Support Tier 1' }, { id: 12, name: 'Support Tier 2' });
  const logged: unknown[] = [];
  const logger = {
    info: (_: unknown, message: string) => logged.push(message),
    warn: (fields: { names: string[] }) => logged.push(fields.names),
  } as unknown as Logger;
  const stopping = new AbortController();
  let now = 0;
  const deps = { db: database.db, zendesk, logger, clock: () => (now += 60_000), kinds: () => new Set<never>() };
  const directory = startDirectory(deps, stopping.signal);
  let policy = first;
  const watch = watchNames({ directory, policy: () => policy, logger, signal: stopping.signal, everyMs: 5 });
  await directory.opened();
  return {
    zendesk,
    logged,
    watch,
    use: async (other: typeof RIGHT) => {
      policy = other;
      await watch.policyChanged();
    },
    stop: async () => {
      stopping.abort();
      await watch.ended;
    },
  };
}

const MISSPELT = [
  expect.stringMatching(/^tiers\[1\].group, tier t2: .*"Suport Tier 2". Did you mean "Support Tier 2"\?/),
];
const MENDED = 'All groups, agents and brands that the policy names exist in Zendesk again';

test('a policy with a group that Zendesk does not have is logged once, and again when it is fixed', async () => {
  const { logged, watch, use, stop } = await aWatch();
  expect(watch.unknown()).toEqual([]);

  await use(WRONG);
  expect(watch.unknown()).toMatchObject([{ place: 'tiers[1].group', by: 'tier t2', didYouMean: 'Support Tier 2' }]);
  await use(aPolicy('group: Support Tier 2', 'group: Suport Tier 2 '));
  await use(RIGHT);

  expect(watch.unknown()).toEqual([]);
  expect(logged).toEqual([MISSPELT, MENDED]);
  await stop();
});

test('a missing group is reported from the start until it is created in Zendesk', async () => {
  const { zendesk, logged, watch, stop } = await aWatch(WRONG);
  await until(() => logged.length > 0);
  let reads = 0;
  zendesk.faults.before('listNames', () => void reads++);
  await until(() => reads > 3);
  expect(logged).toEqual([MISSPELT]);

  zendesk.account.groups.push({ id: 13, name: 'Suport Tier 2' });
  await until(() => logged.length > 1);
  expect([watch.unknown(), logged]).toEqual([[], [MISSPELT, MENDED]]);
  await stop();
});

test('a group that is renamed in Zendesk is reported at the next read of the directory', async () => {
  const { zendesk, logged, stop } = await aWatch();
  Object.assign(zendesk.account.groups[1]!, { name: 'Support Tier 3' });
  await until(() => logged.length > 0);
  expect(logged).toEqual([[expect.stringMatching(/no group "Support Tier 2"/)]]);
  await stop();
});

test('at stop, a read in progress is awaited and no new one starts', async () => {
  const answer = new EventEmitter();
  const done: string[] = [];
  const account = {
    names: () => ({ groups: [], agentEmails: [], brands: null }),
    refresh: async (because?: string) => {
      if (because !== 'policy') return;
      done.push('begun');
      if (done.length === 1) await once(answer, 'came');
      done.push('read');
    },
  } as unknown as Directory;
  const stopping = new AbortController();
  const directory = { current: () => account, opened: async () => account };
  const watch = watchNames({ directory, policy: () => RIGHT, logger: silentLogger, signal: stopping.signal });
  void watch.policyChanged();

  stopping.abort();
  const stopped = watch.ended.then(() => done.push('stopped'));
  await pause();
  answer.emit('came');
  await stopped;
  await watch.policyChanged();
  expect(done).toEqual(['begun', 'read', 'stopped']);
});

test('until Zendesk accepts our login, nothing is reported as missing', async () => {
  const stopping = new AbortController();
  const directory = { current: () => null, opened: async () => null };
  const logger = {} as Logger;
  const watch = watchNames({ directory, policy: () => WRONG, logger, signal: stopping.signal });
  await watch.ended;
  await watch.policyChanged();
  expect(watch.unknown()).toEqual([]);
});
