// The whole service with a database role that does not own the books: it starts, refunds, and can only add to them.
import { runMigrate } from '../../src/cli/migrate.ts';
import { createQueue } from '../../src/platform/jobs/create-queue.ts';
import { type Database, openDatabase } from '../../src/platform/storage/database.ts';
import { type LedgerLine, readLedger } from '../../src/refunds/ledger/ledger.ts';
import { customer } from '../../testing/people-at-zendesk.ts';
import { silentLogger } from '../../testing/pipeline-deps.ts';
import { installSidebar, signIn } from '../../testing/sign-in-to-sidebar.ts';
import { type Harness, startHarness, until } from '../../testing/start-harness.ts';
import { giveToOwner, type TwoRoles } from '../../testing/two-roles.ts';

const QUEUE = { logger: silentLogger, clock: Date.now };

let roles: TwoRoles;
let harness: Harness;
let asService: Database;
async function start(hasQueue: boolean) {
  harness = await startHarness({
    installApp: installSidebar,
    reachDatabase: async (url) => {
      // As where the service ran with one role before.
      if (hasQueue) await (await createQueue({ databaseUrl: url, redisUrl: null }, [], QUEUE)).stop({ graceMs: 0 });
      roles = await giveToOwner(url);
      await runMigrate({ ...roles, json: false, out: () => undefined });
      return roles.serviceUrl;
    },
  });
  asService = openDatabase(roles.serviceUrl);
}
afterEach(async () => {
  await asService.$client.end();
  await harness.stop();
  await roles.drop();
});

test.each([
  ['a new database', false],
  ['a database that the service used with one role', true],
])('with %s a refund and goodwill are recorded and noted, and the books cannot be changed', async (_, hasQueue) => {
  await start(hasQueue);
  const id = await customer(harness).opens('Money back', 'I want my money back for the tent.');
  const { call } = await signIn(harness, 'priya@northwind.test');
  await until('the ticket is decided', async () => (await call('GET', `/tickets/${id}/card`)).body.tier);
  const usd = (minor: number) => ({ minor, currency: 'USD' });
  const payment = { order: '77', paid: usd(9_000), paidOn: '2026-01-02' };
  const refund = { amount: usd(1_250), reason: 'Arrived broken', payment, requestId: 'refund-by-second-role' };
  expect(await call('POST', `/tickets/${id}/refunds`, refund)).toMatchObject({ status: 201 });
  const gift = { item: 'credit_10', value: usd(1_000), reason: 'Came late', requestId: 'gift-by-second-role' };
  expect(await call('POST', `/tickets/${id}/goodwill`, gift)).toMatchObject({ status: 201 });
  await until('the tag is on the ticket', () =>
    harness.zendesk.account.tickets.find(id)?.tags.includes('refund__done'),
  );

  const entries: LedgerLine[] = [];
  for await (const entry of readLedger(asService)) entries.push(entry);
  expect(entries.map(({ kind }) => kind)).toEqual(['payment', 'reserved', 'confirmed']);
  for (const statement of [
    'UPDATE ledger_entries SET amount_minor = 1',
    'DELETE FROM ledger_entries',
    'UPDATE goodwill_entries SET value_minor = 1',
    'DELETE FROM goodwill_entries',
  ])
    await expect(asService.$client.query(statement)).rejects.toMatchObject({ code: '42501' });
});
