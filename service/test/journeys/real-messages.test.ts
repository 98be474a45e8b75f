// A journey of real customers' messages, where the collection is at hand: as tickets, through webhooks, to decisions.
import { existsSync, readFileSync } from 'node:fs';
import { loadPolicy } from '@deskwright/shared';
import { parse } from 'csv-parse/sync';
import { isNotNull, sql } from 'drizzle-orm';
import { compilePolicy } from '../../src/decide/compile-policy.ts';
import { decide } from '../../src/decide/decide.ts';
import { factsFromMessage } from '../../src/past-tickets/index.ts';
import { tickets } from '../../src/tickets/tables.ts';
import { type FaultHarness, startFaultHarness } from '../../testing/fault-harness.ts';
import { examplePolicyText } from '../../testing/pipeline-deps.ts';
import { type ServiceProcess, startServiceProcess } from '../../testing/service-process.ts';
import { until } from '../../testing/start-harness.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';

const FILE = new URL('../../../../shared/data/customer-messages.csv', import.meta.url);
const isThere = existsSync(FILE);
if (!isThere)
  process.stderr.write('skipped: ../shared/data/customer-messages.csv is not there, so no real messages are tried\n');

let harness: FaultHarness;
let service: ServiceProcess;
let database: TestDatabase;
beforeAll(async () => {
  if (!isThere) return;
  database = await createTestDatabase();
  harness = await startFaultHarness({ databaseUrl: database.url });
  // The built one, in a process of its own: inside Jest's sandbox deciding takes several times as long.
  service = startServiceProcess('all', harness.env, harness.directory);
  await until('the service is ready', harness.isReady);
});
afterAll(async () => {
  await service?.kill();
  await harness?.zendesk.stop();
  await database?.drop();
});

/** One in so many goes all the way; `example-policy.test.ts` decides on every one, without the way. */
const EVERY = 20;

const whereItIs = isThere ? test : test.skip;
whereItIs(
  'every message becomes a ticket with the category that deciding on its words alone gives, at least 90 % of them that of people',
  async () => {
    const all: { message: string; category: string }[] = parse(readFileSync(FILE), { columns: true });
    const messages = all.filter((_, n) => n % EVERY === 0);
    const policy = loadPolicy(examplePolicyText(), 'config/deskwright.yaml');
    if (!policy.ok) throw new Error('The example policy is not valid');
    const compiled = compilePolicy(policy.policy);
    // Deciding is what is looked at: writes, and the three events each brings back, are put off.
    harness.zendesk.faults.rest.add({ answer: 429, method: 'PUT', path: '/api/v2/tickets', retry_after: 3_600 });
    const { account } = harness.zendesk;
    const customer = account.users.create(
      { name: 'Ida', email: 'ida@customer.test', role: 'end-user', verified: true },
      { id: -1 },
    );
    if (!customer.ok) throw new Error('no customer');
    const opened = new Map<number, { message: string; category: string }>();
    for (const one of messages) {
      const ticket = account.tickets.create(
        { subject: '', comment: { body: one.message, public: true }, requester_id: customer.value.id },
        { id: customer.value.id, channel: 'email' },
      );
      if (!ticket.ok) throw new Error(JSON.stringify(ticket));
      opened.set(ticket.value.ticket.id, one);
    }

    await until(
      'every ticket is decided',
      async () => (await database.db.$count(tickets, isNotNull(tickets.decidedAt))) === messages.length,
      300_000,
      200,
    );
    const { rows } = await database.db.execute<{ ticket_id: string; category: string }>(
      sql`SELECT DISTINCT ON (ticket_id) ticket_id, category FROM decisions ORDER BY ticket_id, id`,
    );
    const given = new Map(rows.map(({ ticket_id, category }) => [Number(ticket_id), category]));

    const wanted = [...opened].map(([id, one]): [number, string] => [
      id,
      decide(factsFromMessage(one, id), compiled).category.value,
    ]);
    expect([...given]).toEqual(wanted);
    const right = [...opened].filter(([id, { category }]) => given.get(id) === category.toLowerCase()).length;
    expect(right / messages.length).toBeGreaterThanOrEqual(0.9);
  },
  400_000,
);
