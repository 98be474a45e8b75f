// Journeys in which nothing happens but that time passes.
import { writeFileSync } from 'node:fs';
import { asc, eq } from 'drizzle-orm';
import { explainTicket } from '../../src/cli/explain-ticket.ts';
import { decisions } from '../../src/tickets/tables.ts';
import { noRules } from '../../testing/builders.ts';
import { agent, customer } from '../../testing/people-at-zendesk.ts';
import { type Harness, startHarness, until } from '../../testing/start-harness.ts';

/** `urgentAfter`: hours; the tests cannot wait for one. */
const policy = (urgentAfter: number) => `
version: 1
company: Northwind Outdoor
time_zone: America/New_York
business_hours: { weekdays: { mon-fri: "09:00-18:00" } }
tiers: [{ id: t1, name: Tier 1, group: Support Tier 1 }]
categories: [{ id: other, name: Other, tier: t1 }]
default_category: other
triggers:
  - id: waits-long
    title: Waits for long
    conditions: { all: [{ field: waiting_hours, operator: greater_than, value: ${urgentAfter} }] }
    actions: { priority: urgent, add_tags: [late] }
surveys:
  csat: { delay: 24h, expires: 14d }
  ces: { delay: 2h, expires: 14d }
`;
const TEN_SECONDS = 10 / 3_600;

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ policy: policy(TEN_SECONDS) });
});
afterAll(() => harness.stop());

const inZendesk = (id: number) => harness.zendesk.account.tickets.find(id)!;
const log = (id: number) =>
  harness.database.db.select().from(decisions).where(eq(decisions.ticketId, id)).orderBy(asc(decisions.id));

test('a ticket becomes urgent once its customer has waited long enough, without another event', async () => {
  const id = await customer(harness).opens('Where is my parcel', 'It was to come on Monday.');
  await until('the ticket is decided', async () => (await log(id)).length > 0);
  const told: string[] = [];
  await explainTicket({
    db: harness.database.db,
    ticketId: id,
    json: false,
    readRules: noRules,
    words: null,
    out: (line) => told.push(line),
  });

  await until('the ticket is urgent', () => inZendesk(id).priority === 'urgent');

  const [first, second] = await log(id);
  expect(first).toMatchObject({ trigger: 'ticket.created', priority: null });
  expect(second).toMatchObject({ trigger: 'time', inboxId: null, priority: 'urgent', outcome: 'acted' });
  const at = new Date(new Date(inZendesk(id).created_at).getTime() + 10_001);
  const due = at.toLocaleString('sv-SE', { timeZone: 'America/New_York' });
  expect(told).toContain(`Will be decided again at ${due}, when a condition on time may change its result.`);
  expect(inZendesk(id).tags).toContain('late');
  await explainTicket({
    db: harness.database.db,
    ticketId: id,
    json: false,
    readRules: noRules,
    words: null,
    out: (line) => told.push(line),
  });
  expect(told.join('\n')).toMatch(/^Decided \d{4}-\d\d-\d\d \d\d:\d\d:\d\d \(America\/New_York\), because$/m);
  expect(told.join('\n')).toMatch(/waiting_hours greater_than [\d.]+ {2}saw \d+ min/);
});

test('a ticket answered in time stays as it is', async () => {
  const id = await customer(harness).opens('Invoice', 'I need an invoice for my order.');
  await until('the ticket is decided', async () => (await log(id)).length > 0);
  await agent(harness).replies(id, 'Here it is.');
  await until('the answer is decided', async () => (await log(id)).length > 1);
  const witness = await customer(harness).opens('Tent', 'My tent leaks.');

  await until('a later ticket is urgent', () => inZendesk(witness).priority === 'urgent');

  expect(inZendesk(id).priority).not.toBe('urgent');
  expect((await log(id)).map(({ trigger }) => trigger)).not.toContain('time');
});

test('a policy with a shorter time applies at once to tickets that have waited longer, without another event', async () => {
  writeFileSync(harness.policyPath, policy(24));
  const id = await customer(harness).opens('Boots', 'Are these waterproof?');
  await until('the ticket is decided', async () => (await log(id)).length > 0);
  await until('it has waited for two seconds', () => Date.now() - new Date(inZendesk(id).created_at).getTime() > 2_000);
  await harness.stopService();

  writeFileSync(harness.policyPath, policy(1 / 3_600));
  await harness.startService();

  await until('the ticket is urgent', () => inZendesk(id).priority === 'urgent');
  expect((await log(id)).map(({ trigger }) => trigger)).toContain('time');
});
