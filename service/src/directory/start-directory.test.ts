import { silentLogger } from '../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { until } from '../platform/testing/until.ts';
import { createFakeZendesk } from '../zendesk/create-fake-zendesk.ts';
import { ZendeskError } from '../zendesk/zendesk.ts';
import { startDirectory } from './start-directory.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const away = new ZendeskError('unavailable', 'GET users/me answered 503', 503);

function aKeeper() {
  const zendesk = createFakeZendesk(Date.now);
  zendesk.account.groups.push({ id: 11, name: 'Support' });
  const stopping = new AbortController();
  const deps = { db: database.db, zendesk, clock: Date.now, logger: silentLogger, kinds: () => new Set<never>() };
  return { zendesk, stopping, begin: () => startDirectory(deps, stopping.signal, 5) };
}

test('opens as soon as Zendesk accepts our login; until then its calls say why it is not open', async () => {
  const { zendesk, begin } = aKeeper();
  const seen: string[] = [];
  zendesk.faults.next('me', away, { times: 2 });
  const keeper = begin();
  zendesk.faults.before('me', () => void seen.push(keeper.trouble()));
  expect(keeper.current()).toBeNull();

  expect((await keeper.opened())?.groupId('Support')).toBe(11);
  expect(keeper.current()?.groupId('Support')).toBe(11);
  expect(seen.at(-1)).toBe('GET users/me answered 503');
});

test('logs a database error without personal data', async () => {
  const { zendesk, begin } = aKeeper();
  const priya = { id: 5, name: 'Priya\0', email: 'priya@northwind.test', suspended: false, locale: null };
  zendesk.account.users.push({ ...priya, role: 'agent' });
  const seen: string[] = [];
  const keeper = begin();
  zendesk.faults.before('me', () => void seen.push(keeper.trouble()));
  await until(() => seen.length > 1);
  zendesk.account.users.pop();
  await keeper.opened();
  expect(seen.at(-1)).not.toContain('priya');
});

test('stops waiting for Zendesk when the service stops', async () => {
  const { zendesk, stopping, begin } = aKeeper();
  zendesk.faults.next('me', away, { times: 1_000_000 });
  const keeper = begin();
  stopping.abort();
  expect(await keeper.opened()).toBeNull();
});
