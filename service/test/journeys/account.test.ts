// Journeys of the account as a whole: its backlog, its views, what webhooks lose, what an ops lead edits.

import { writeFileSync } from 'node:fs';
import { count, eq, sql } from 'drizzle-orm';
import { decisions, tickets } from '../../src/tickets/tables.ts';
import { viewOverrules } from '../../src/views/tables.ts';
import { checkViewsJob, readExportJob } from '../../testing/all-jobs.ts';
import { agent, customer } from '../../testing/people-at-zendesk.ts';
import { examplePolicyText } from '../../testing/pipeline-deps.ts';
import { type Harness, startHarness, until } from '../../testing/start-harness.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ zendesk: { backlog: 120 } });
});
afterAll(() => harness.stop());

const account = () => harness.zendesk.account;
const view = (title: string) =>
  account()
    .views.list()
    .find((each) => each.title === title)!;
const isOpen = (status: string) => !['solved', 'closed'].includes(status);

test('decides the whole backlog exactly once, with one category and one tier for each ticket', async () => {
  await until('the backlog is written', () =>
    account()
      .tickets.list()
      .filter((ticket) => isOpen(ticket.status))
      .every(
        (ticket) =>
          ticket.tags.filter((tag) => tag.startsWith('category__')).length === 1 &&
          ticket.tags.filter((tag) => tag.startsWith('tier__')).length === 1,
      ),
  );

  const twice = await harness.database.db
    .select({ id: decisions.ticketId })
    .from(decisions)
    .groupBy(decisions.ticketId)
    .having(sql`count(*) > 1`);
  const [open] = await harness.database.db
    .select({ n: count() })
    .from(tickets)
    .where(sql`${tickets.decidedAt} IS NOT NULL`);
  expect(twice).toEqual([]);
  expect(open?.n).toBe(
    account()
      .tickets.list()
      .filter((ticket) => isOpen(ticket.status)).length,
  );
});

test('sorts every managed view oldest first, although they were created newest first', async () => {
  await until('the views are repaired', () =>
    ['Unassigned', 'All open', 'Tier 1 queue', 'Tier 2 queue'].every(
      (title) => view(title).output.sort_by === 'created' && view(title).output.sort_order === 'asc',
    ),
  );
});

test('repairs a view that someone sorts newest first, and records who was overruled', async () => {
  const { id } = account()
    .users.list()
    .find((user) => user.email === 'lead@northwind.test')!;
  const unassigned = view('Unassigned');
  account().views.update(unassigned.id, { output: { ...unassigned.output, sort_order: 'desc' } }, { id });

  // Not 'schedule', which leaves a view alone that was looked at within ten seconds; and under a word of its own, because a check
  // for a ticket event that already waits would swallow it.
  await harness.queue.enqueue(checkViewsJob, { reason: 'policy' }, { dedupeId: 'check-views-policy' });

  await until('the view is repaired', () => view('Unassigned').output.sort_order === 'asc');
  // The record is written once the repair has been read back.
  await until('the overrule is recorded', async () => {
    const rows = await harness.database.db.select().from(viewOverrules).where(eq(viewOverrules.viewId, unassigned.id));
    return rows.at(-1)?.overruled.includes('Jonas Brandt') ?? false;
  });
});

test('repairs changes of lost webhooks from the export', async () => {
  harness.zendesk.faults.webhooks.set({ drop: { rate: 1 } });
  const id = await customer(harness).opens('Refund', 'I want my money back');
  harness.zendesk.faults.webhooks.set({ drop: { rate: 0 } });
  harness.zendesk.clock.advance(61_000); // The export leaves out the last minute.

  await harness.queue.enqueue(readExportJob, {});

  await until('the lost ticket is decided and written', () =>
    account().tickets.find(id)?.tags.includes('category__refunds'),
  );
});

const warningOf = async (part: 'policy' | 'names') =>
  ((await (await fetch(`${harness.serviceUrl}/readyz`)).json()) as { checks: Record<string, { warning?: string }> })
    .checks[part]?.warning;

test('refuses and reports an invalid edit of the policy, and applies a valid one', async () => {
  const warning = () => warningOf('policy');
  writeFileSync(harness.policyPath, examplePolicyText().replace('default_category: other', 'default_category: othr'));

  expect(await until('the edit is refused', warning)).toMatch(/othr/);
  expect(await (await fetch(`${harness.serviceUrl}/metrics`)).text()).toContain('deskwright_policy_valid 0');

  writeFileSync(harness.policyPath, examplePolicyText());
  await until('the good policy is in force', async () => (await warning()) === undefined);
});

test('reports a group that Zendesk does not have, with the nearest name, until it is corrected', async () => {
  expect(await warningOf('names')).toBeUndefined();
  writeFileSync(harness.policyPath, examplePolicyText().replace('group: Warehouse', 'group: Warehose'));

  expect(await until('the name is told', () => warningOf('names'))).toMatch(
    /^.*deskwright\.yaml line \d+, department warehouse: Zendesk has no group "Warehose". Did you mean "Warehouse"\?/,
  );
  expect(await (await fetch(`${harness.serviceUrl}/metrics`)).text()).toContain('deskwright_policy_unknown_names 1');

  writeFileSync(harness.policyPath, examplePolicyText());
  await until('nothing is told any more', async () => (await warningOf('names')) === undefined);
});

test('removes a solved ticket from the queue', async () => {
  const id = await customer(harness, 'kim@customer.test').opens('Order', 'Please cancel my order');
  await until(
    'decided',
    async () => (await harness.database.db.select().from(tickets).where(eq(tickets.id, id)))[0]?.category,
  );
  await agent(harness).solves(id);
  await until(
    'nobody waits',
    async () => (await harness.database.db.select().from(tickets).where(eq(tickets.id, id)))[0]?.waitingSince === null,
  );
});
