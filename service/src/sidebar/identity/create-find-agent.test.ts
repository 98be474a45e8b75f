import { silentLogger } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { until } from '../../platform/testing/until.ts';
import { createFakeZendesk } from '../../zendesk/create-fake-zendesk.ts';
import { type ZendeskAgent, ZendeskError } from '../../zendesk/zendesk.ts';
import { createFindAgent } from './create-find-agent.ts';

const LENA = {
  id: 7,
  name: 'Lena',
  email: 'Lena@Northwind.test',
  role: 'agent',
  suspended: false,
  locale: 'de',
} as const;
const MINUTE = 60_000;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());

/** Waits for Zendesk as long as a busy machine needs; a test about one that hangs says how long. */
function aFixture(rights: Partial<ZendeskAgent> = {}, maxWaitMs = 120_000) {
  const zendesk = createFakeZendesk(Date.now);
  const { role = 'agent', suspended = false, ...rest } = rights;
  zendesk.account.users.push({ ...LENA, role, suspended });
  zendesk.account.agentRights.set(7, rest);
  let now = Date.UTC(2026, 10, 26, 9);
  let asked = 0;
  zendesk.faults.before('showAgent', () => {
    asked += 1;
  });
  const findAgent = createFindAgent({
    db: database.db,
    zendesk,
    clock: () => now,
    logger: silentLogger,
    maxWaitMs,
    briefWaitMs: maxWaitMs,
  });
  const away = () =>
    zendesk.faults.next('showAgent', new ZendeskError('unavailable', 'GET users/7 answered 503', 503), { times: 99 });
  return { zendesk, findAgent, away, wait: (ms: number) => (now += ms), now: () => now, asked: () => asked };
}

test('an agent comes with groups, locale and access rights in Zendesk', async () => {
  const { findAgent } = aFixture({ group_ids: [11, 12], ticket_restriction: 'groups', organization_id: 5 });
  expect(await findAgent(7)).toEqual({
    kind: 'agent',
    agent: {
      id: 7,
      name: 'Lena',
      email: 'lena@northwind.test',
      role: 'agent',
      locale: 'de',
      organizationId: 5,
      groupIds: [11, 12],
      sees: 'groups',
      may: { edit: true, editTags: true, assignTo: 'own_groups' },
    },
  });
});

test.each([
  [{}, 'all'],
  [{ ticket_restriction: 'assigned' }, 'assigned'],
  [{ ticket_restriction: 'requested' }, 'requested'],
  [{ ticket_restriction: 'organization' }, 'organization'],
  [{ custom_role_id: 9, ticket_access: 'all' }, 'all'],
  [{ custom_role_id: 9, ticket_access: 'assigned-only' }, 'assigned'],
  [{ custom_role_id: 9, ticket_access: 'within-groups' }, 'groups'],
  [{ custom_role_id: 9, ticket_access: 'within-groups-and-public-groups' }, 'groups'],
  [{ custom_role_id: 9, ticket_access: 'within-organization' }, 'organization'],
  // A role that nobody shows us: the narrowest we know of.
  [{ custom_role_id: 9, ticket_access: null }, 'assigned'],
  [{ custom_role_id: 9, ticket_access: null, ticket_restriction: 'groups' }, 'groups'],
  [{ role: 'admin', ticket_restriction: 'groups' }, 'all'],
] as const)('%j sees %s', async (rights, sees) => {
  expect(await aFixture(rights as never).findAgent(7)).toMatchObject({ kind: 'agent', agent: { sees } });
});

test.each([
  [{ role: 'end-user' }, 'end_user'],
  [{ suspended: true }, 'suspended'],
  [{ active: false }, 'unknown'],
] as const)('%j is refused as %s', async (rights, reason) => {
  expect(await aFixture(rights as never).findAgent(7)).toEqual({ kind: 'refused', reason });
});

test('an unknown user is refused', async () => {
  expect(await aFixture().findAgent(8)).toEqual({ kind: 'refused', reason: 'unknown' });
});

test('Zendesk is called once a minute, and once for concurrent requests', async () => {
  const { findAgent, wait, asked } = aFixture();
  await Promise.all([findAgent(7), findAgent(7), findAgent(7)]);
  wait(59_000);
  await findAgent(7);
  expect(asked()).toBe(1);
  wait(1_000);
  await findAgent(7);
  expect(asked()).toBe(2);
});

test('a suspended agent is refused a minute later', async () => {
  const { zendesk, findAgent, wait } = aFixture();
  await findAgent(7);
  Object.assign(zendesk.account.users[1]!, { suspended: true });
  wait(MINUTE);
  expect(await findAgent(7)).toEqual({ kind: 'refused', reason: 'suspended' });
});

test('while Zendesk is unavailable a copy is used for ten minutes', async () => {
  const { findAgent, away, wait } = aFixture();
  await findAgent(7);
  away();
  wait(9 * MINUTE);
  expect(await findAgent(7)).toMatchObject({ kind: 'agent' });
  wait(MINUTE);
  expect(await findAgent(7)).toEqual({ kind: 'unavailable' });
});

test('requests do not wait for a hanging Zendesk', async () => {
  const { zendesk, findAgent } = aFixture({}, 500);
  zendesk.faults.before('showAgent', () => new Promise(() => undefined));
  expect(await findAgent(7)).toEqual({ kind: 'unavailable' });
});

test('with a recently expired copy, requests hardly wait for a hanging Zendesk', async () => {
  const { zendesk, wait, now } = aFixture();
  // Far less patient with a copy that is only just old: waited for, the Zendesk that hangs would be away.
  const findAgent = createFindAgent({
    db: database.db,
    zendesk,
    clock: now,
    logger: silentLogger,
    maxWaitMs: 120_000,
    briefWaitMs: 50,
  });
  await findAgent(7);
  zendesk.faults.before('showAgent', () => new Promise(() => undefined));
  wait(MINUTE);
  expect(await findAgent(7)).toMatchObject({ kind: 'agent' });
});

test('a process that dies while it reads blocks the others for half a minute at most', async () => {
  const { zendesk, findAgent, wait, now } = aFixture({}, 1_000);
  const dies = createFindAgent({ db: database.db, zendesk, clock: now, logger: silentLogger });
  const begun = new Promise<void>((resolve) => {
    zendesk.faults.before('showAgent', () => {
      resolve();
      return new Promise(() => undefined);
    });
  });
  void dies(7);
  await begun;
  zendesk.faults.before('showAgent', () => undefined);
  expect(await findAgent(7)).toEqual({ kind: 'unavailable' });
  wait(30_000);
  await until(async () => (await findAgent(7)).kind === 'agent');
});
