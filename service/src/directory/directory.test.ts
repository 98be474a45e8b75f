import { silentLogger } from '../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { createFakeZendesk } from '../zendesk/create-fake-zendesk.ts';
import { type NameKind, openDirectory } from './directory.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());

const LENA = { id: 2, name: 'Lena', email: 'lena@northwind.test', suspended: false, locale: null };

async function aDirectory() {
  const zendesk = createFakeZendesk(Date.now);
  zendesk.account.users.push({ ...LENA, role: 'agent' });
  zendesk.account.groups.push({ id: 11, name: 'Support' });
  let now = 0;
  const kinds = new Set<NameKind>();
  const directory = await openDirectory({
    db: database.db,
    zendesk,
    clock: () => now,
    logger: silentLogger,
    kinds: () => kinds,
  });
  return { zendesk, directory, kinds, wait: (ms: number) => (now += ms) };
}

test("a former agent, and a group's former name, are dropped at the next read", async () => {
  const { zendesk, directory, wait } = await aDirectory();
  expect([directory.isAgent(2), directory.groupId('Support')]).toEqual([true, 11]);
  expect(directory.names()).toEqual({
    groups: ['Support'],
    agentEmails: ['desk@northwind.test', 'lena@northwind.test'],
    brands: null,
  });

  Object.assign(zendesk.account.users[1]!, { role: 'end-user' });
  Object.assign(zendesk.account.groups[0]!, { name: 'Care' });
  wait(3_600_000);
  await directory.refresh();

  expect([directory.isAgent(2), directory.groupId('Support'), directory.groupId('Care')]).toEqual([false, null, 11]);
  expect(directory.names()).toEqual({ groups: ['Care'], agentEmails: ['desk@northwind.test'], brands: null });
});

test('a changed policy gets its names at once, and an unknown id is read at most once a minute', async () => {
  const { zendesk, directory, kinds } = await aDirectory();
  zendesk.account.groups.push({ id: 12, name: 'Care' });

  await directory.refresh('unknown');
  expect(directory.groupId('Care')).toBeNull();

  await directory.refresh('policy');
  expect(directory.groupId('Care')).toBe(12);
  expect([directory.hasRead('group'), directory.hasRead('form')]).toEqual([true, false]);

  kinds.add('form');
  let isDown = true;
  zendesk.faults.before('listNames', () => {
    if (isDown) throw new Error('down');
  });
  await directory.refresh('policy');
  expect(directory.hasRead('form')).toBe(false);
  isDown = false;
  await directory.refresh('policy');
  expect(directory.hasRead('form')).toBe(true);
});

test('a read that failed is repeated after a minute, not after an hour', async () => {
  const { zendesk, directory, kinds, wait } = await aDirectory();
  kinds.add('form');
  let isDown = true;
  zendesk.faults.before('listNames', () => {
    if (isDown) throw new Error('down');
  });
  await directory.refresh('policy');
  isDown = false;
  wait(59_000);
  await directory.refresh();
  expect(directory.hasRead('form')).toBe(false);
  wait(1_000);
  await directory.refresh();
  expect(directory.hasRead('form')).toBe(true);
});

test('a person is read once, however many callers wait', async () => {
  const { zendesk, directory } = await aDirectory();
  zendesk.account.users.push({ ...LENA, id: 900, name: 'Robin', role: 'end-user' });
  let asked = 0;
  zendesk.faults.before('showUsers', () => void asked++);

  const found = await Promise.all([directory.person(900), directory.person(900), directory.person(901)]);
  expect(found.map((person) => person?.name)).toEqual(['Robin', 'Robin', undefined]);
  expect(asked).toBe(2);

  expect(await directory.person(901)).toBeNull();
  expect(asked).toBe(3);
});

test("a customer's ids at the provider of payments are known from their profile, and no other field", async () => {
  const { zendesk, directory } = await aDirectory();
  const user = (id: number, given: object) => ({ ...LENA, id, name: 'Robin', role: 'end-user' as const, ...given });
  zendesk.account.users.push(
    user(900, { external_id: ' cus_N1 ', user_fields: { stripe: 'cus_n2', again: 'cus_N1', plan: 'gold', since: 7 } }),
    user(901, { external_id: 'shop-77', user_fields: { note: 'see cus_N1', card: 'ch_1' } }),
    user(902, { external_id: null }),
  );

  const found = await Promise.all([900, 901, 902].map((id) => directory.person(id)));
  expect(found.map((person) => person?.customerIds)).toEqual([['cus_N1', 'cus_n2'], [], []]);
});
