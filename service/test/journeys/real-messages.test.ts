// A journey of real customers' messages, where the collection is at hand: as tickets, through webhooks, to decisions.
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { isNotNull, sql } from 'drizzle-orm';
import { tickets } from '../../src/platform/storage/schema.ts';
import { type FaultHouse, startFaultHouse } from '../../testing/fault-house.ts';
import { type ServiceProcess, startServiceProcess } from '../../testing/service-process.ts';
import { until } from '../../testing/start-house.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';

const FILE = new URL('../../../../shared/data/customer-messages.csv', import.meta.url);
const isThere = existsSync(FILE);
if (!isThere)
  process.stderr.write('skipped: ../shared/data/customer-messages.csv is not there, so no real messages are tried\n');

let house: FaultHouse;
let service: ServiceProcess;
let database: TestDatabase;
beforeAll(async () => {
  if (!isThere) return;
  database = await createTestDatabase();
  house = await startFaultHouse({ databaseUrl: database.url });
  // The built one, in a process of its own: inside Jest's sandbox deciding takes several times as long.
  service = startServiceProcess('all', house.env, house.directory);
  await until('the service is ready', house.isReady);
});
afterAll(async () => {
  await service?.kill();
  await house?.zendesk.stop();
  await database?.drop();
});

const whereItIs = isThere ? test : test.skip;
whereItIs(
  'every message becomes a decided ticket, at least 90 % of them in the category people gave them',
  async () => {
    const messages: { message: string; category: string }[] = parse(readFileSync(FILE), { columns: true });
    // Deciding is what is looked at: writes, and the three events each brings back, are put off.
    house.zendesk.faults.rest.add({ answer: 429, method: 'PUT', path: '/api/v2/tickets', retry_after: 3_600 });
    const { account } = house.zendesk;
    const customer = account.users.create(
      { name: 'Ida', email: 'ida@customer.test', role: 'end-user', verified: true },
      { id: -1 },
    );
    if (!customer.ok) throw new Error('no customer');
    const wanted = new Map<number, string>();
    for (const { message, category } of messages) {
      const opened = account.tickets.create(
        { subject: '', comment: { body: message, public: true }, requester_id: customer.value.id },
        { id: customer.value.id, channel: 'email' },
      );
      if (!opened.ok) throw new Error(JSON.stringify(opened));
      wanted.set(opened.value.ticket.id, category.toLowerCase());
      if (wanted.size % 200 === 0)
        await until('the webhooks keep up', () => house.zendesk.webhooks.unfinished() < 500, 300_000);
    }

    await until(
      'every ticket is decided',
      async () => (await database.db.$count(tickets, isNotNull(tickets.decidedAt))) === wanted.size,
      1_500_000,
      1_000,
    );
    const { rows: decided } = await database.db.execute<{ ticket_id: string; category: string }>(
      sql`SELECT DISTINCT ON (ticket_id) ticket_id, category FROM decisions ORDER BY ticket_id, id`,
    );

    const right = decided.filter(({ ticket_id, category }) => wanted.get(Number(ticket_id)) === category).length;
    expect(right / wanted.size).toBeGreaterThanOrEqual(0.9);
  },
  1_800_000,
);
