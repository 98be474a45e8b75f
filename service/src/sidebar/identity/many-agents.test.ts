// Checks what 500 open sidebars cost the account, and how soon an agent who lost a right is refused.
import { silentLogger } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { savePeople } from '../../directory/people-store.ts';
import { startRealFixture } from '../../zendesk/testing/zendesk-fixtures.ts';
import { createFindAgent, type FindAgent } from './create-find-agent.ts';

const AGENTS = 500;
const HEARTBEAT_MS = 20_000;

let database: TestDatabase;
let fixture: Awaited<ReturnType<typeof startRealFixture>>;
let calls = 0;
let ids: number[];
let groups: number[];
beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await startRealFixture({
    fetch: (...request) => {
      calls += 1;
      return fetch(...request);
    },
  });
  const { account, ownerId } = { account: fixture.local.account, ownerId: fixture.local.account.ownerId };
  const by = { id: ownerId };
  const made = <T>(result: { ok: true; value: T } | { ok: false }): T => {
    if (!result.ok) throw new Error('The local Zendesk refused what a test set up');
    return result.value;
  };
  groups = ['Care', 'Repairs', 'Orders'].map((name) => made(account.groups.create({ name }, by)).id);
  ids = Array.from({ length: AGENTS }, (_, n) => {
    const email = `agent${n}@northwind.test`;
    const { id } = made(account.users.create({ name: `Agent ${n}`, email, role: 'agent' }, by));
    for (const group of [groups[n % 2], groups[2]])
      if (group !== undefined && !account.groups.isMember(id, group)) made(account.groups.addMember(id, group, by));
    return id;
  });
  // As the directory does when the service starts.
  await savePeople(database.db, await fixture.zendesk.listAgents(), new Date());
});
/** Goes on from test to test, as a reading may still be under way when one ends. */
let now = Date.UTC(2026, 10, 26, 9);
beforeEach(() => {
  now += 3_600_000;
});
afterAll(async () => {
  await fixture.stop();
  await database.drop();
});

/** Two web processes on one clock; every agent's sidebar is open in one of them. */
function twoProcesses() {
  const start = now;
  const aProcess = () =>
    createFindAgent({
      db: database.db,
      zendesk: fixture.zendesk,
      clock: () => now,
      logger: silentLogger,
      // A reading ends before the clock goes on, however slow the machine.
      maxWaitMs: 120_000,
      briefWaitMs: 120_000,
    });
  const processes = [aProcess(), aProcess()] as const;
  const of = (n: number): FindAgent => processes[n % 2 === 0 ? 0 : 1];
  return {
    elapsedMs: () => now - start,
    /** All open sidebars show a sign of life, one after another within the time between two. */
    heartbeat: async () => {
      const ten = Array.from({ length: 10 }, (_, n) => n);
      for (const part of ten) {
        await Promise.all(ids.flatMap((id, n) => (n % 10 === part ? [of(n)(id)] : [])));
        now += HEARTBEAT_MS / 10;
      }
    },
    find: (n: number) => of(n)(ids[n] ?? 0),
  };
}

test('500 open sidebars cost 20 calls a minute at most, the first minute included', async () => {
  const { heartbeat, find } = twoProcesses();
  const perMinute: number[] = [];
  for (let minute = 0; minute < 6; minute++) {
    const before = calls;
    for (let n = 0; n < 3; n++) await heartbeat();
    perMinute.push(calls - before);
  }
  expect(Math.max(...perMinute)).toBeLessThanOrEqual(20);
  expect(Math.min(...perMinute)).toBeGreaterThan(0);
  expect(await find(4)).toMatchObject({
    kind: 'agent',
    agent: { name: 'Agent 4', groupIds: [groups[0], groups[2]], sees: 'all' },
  });
});

test('a new agent is signed in at once, with few calls', async () => {
  const { heartbeat, find } = twoProcesses();
  await heartbeat();
  const { account } = fixture.local;
  const made = account.users.create(
    { name: 'New', email: 'new@northwind.test', role: 'agent' },
    { id: account.ownerId },
  );
  if (!made.ok) throw new Error('not made');
  ids.push(made.value.id);
  const before = calls;
  expect(await find(ids.length - 1)).toMatchObject({ kind: 'agent', agent: { name: 'New' } });
  expect(calls - before).toBeLessThanOrEqual(3);
  ids.pop();
});

const users = () => fixture.local.account.users;
const owner = () => ({ id: fixture.local.account.ownerId });

test.each([
  ['who is suspended', 10, (id: number) => users().update(id, { suspended: true }, owner()), { reason: 'suspended' }],
  ['who is deleted', 11, (id: number) => users().delete(id, owner()), { reason: 'unknown' }],
  [
    'who is no agent any more',
    12,
    (id: number) => users().update(id, { role: 'end-user' }, owner()),
    { reason: 'end_user' },
  ],
  [
    'who may see fewer tickets',
    13,
    (id: number) => users().update(id, { ticket_restriction: 'assigned' }, owner()),
    { agent: { sees: 'assigned' } },
  ],
  [
    'who left a group',
    14,
    (id: number) => {
      const { groups: all } = fixture.local.account;
      const left = all.memberships({ user_id: id, group_id: groups[2] ?? 0 })[0];
      return all.removeMember(left?.id ?? 0, owner());
    },
    { agent: { groupIds: [expect.any(Number)] } },
  ],
  [
    'whose role lets them read only',
    15,
    (id: number) => {
      const { account, clock } = fixture.local;
      const role = account.customRoles.create(
        { name: 'Light', description: '', light_agent: true, ticket_access: 'all' },
        clock.now(),
      );
      return users().update(id, { custom_role_id: role.id }, owner());
    },
    { agent: { may: { edit: false } } },
  ],
] as const)('an agent %s is treated so within two minutes, in every process', async (_who, n, change, then) => {
  const { heartbeat, find, elapsedMs } = twoProcesses();
  await heartbeat();
  expect(await find(n)).toMatchObject({ kind: 'agent', agent: { may: { edit: true } } });
  change(ids[n] ?? 0);
  const changedAt = elapsedMs();
  while (elapsedMs() - changedAt < 100_000) await heartbeat();
  expect(await find(n)).toMatchObject(then);
  expect(await find(n + 1)).toMatchObject({ kind: 'agent' });
});
