// Journeys from watching an account to acting on it, and back.

import { and, eq } from 'drizzle-orm';
import { effectDescriptions } from '../../src/app/features.ts';
import { runActivate, runPause } from '../../src/cli/activation/activate.ts';
import { outbox } from '../../src/platform/outbox/tables.ts';
import { readPolicyFile } from '../../src/policy/read-policy-file.ts';
import { invitations } from '../../src/surveys/tables.ts';
import { tickets } from '../../src/tickets/tables.ts';
import { viewChecks } from '../../src/views/tables.ts';
import { checkViewsJob, performEffectsJob, readExportJob, sendInvitationsJob } from '../../testing/all-jobs.ts';
import { agent, customer } from '../../testing/people-at-zendesk.ts';
import { type Harness, startHarness, until } from '../../testing/start-harness.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ watchesAtFirst: true, zendesk: { backlog: 40 }, surveyDelayMs: 0 });
});
afterAll(() => harness.stop());

const inZendesk = (id: number) => harness.zendesk.account.tickets.find(id)!;
const known = async (id: number) => (await harness.database.db.select().from(tickets).where(eq(tickets.id, id)))[0];
const groupNamed = (name: string) => harness.zendesk.account.groups.list().find((group) => group.name === name)!.id;
const isPlaced = (id: number) => inZendesk(id).tags.some((tag) => tag.startsWith('category__'));

/** By the service's own count of its calls: everything but reading and logging in. */
async function writes(): Promise<string[]> {
  const text = await (await fetch(`${harness.serviceUrl}/metrics`)).text();
  return text
    .split('\n')
    .filter((line) => /^deskwright_zendesk_calls_total\{.*method="(PUT|POST|DELETE|PATCH)"/.test(line))
    .filter((line) => !line.includes('oauth'));
}

async function runAllJobs(): Promise<void> {
  await harness.queue.enqueue(readExportJob, {});
  await harness.queue.enqueue(performEffectsJob, {});
  await harness.queue.enqueue(sendInvitationsJob, {});
  await harness.queue.enqueue(checkViewsJob, { reason: 'policy' }, { dedupeId: 'check-views-policy' });
}

async function activate(part: { group?: string; newOnly?: boolean; dryRun?: boolean } = {}) {
  const printed: string[] = [];
  const read = await readPolicyFile(harness.policyPath);
  if (read.outcome !== 'loaded') throw new Error('The policy is not valid');
  const code = await runActivate({
    db: harness.database.db,
    policy: read.loaded.policy,
    newOnly: part.newOnly ?? false,
    group: part.group ?? null,
    why: 'a trial',
    who: 'ops@northwind.test',
    dryRun: part.dryRun ?? false,
    json: false,
    effects: effectDescriptions(),
    now: () => new Date(),
    ask: async () => true,
    out: (text) => printed.push(text),
  });
  return { code, printed: printed.join('\n') };
}

test('a day of watching writes nothing; then one group is activated, and paused in the middle', async () => {
  const { account } = harness.zendesk;
  const unassigned = account.views.list().find(({ title }) => title === 'Unassigned')!;
  const before = new Map(account.tickets.list().map(({ id, tags, group_id }) => [id, { tags, group_id }]));

  // The day: old tickets, a new one, one that is solved, views out of order, surveys due.
  const refund = await customer(harness).opens('I want my money back', 'The tent leaks and I want a refund.');
  await until('the new ticket is decided', async () => (await known(refund))?.category === 'refunds');
  await until('the backlog is decided', async () => {
    const all = await harness.database.db.select({ at: tickets.decidedAt }).from(tickets);
    return all.length > 40 && all.every(({ at }) => at !== null);
  });
  const solved = await customer(harness, 'nora@customer.test').opens('Newsletter', 'How do I get the newsletter?');
  await until('it is decided', async () => (await known(solved))?.category);
  await agent(harness).solves(solved);
  await until('a survey is due', async () => {
    const rows = await harness.database.db.select().from(invitations).where(eq(invitations.ticketId, solved));
    return rows[0]?.state === 'scheduled';
  });
  harness.zendesk.clock.advance(24 * 3_600_000);
  await runAllJobs();
  await until('the view is compared', async () => {
    const [row] = await harness.database.db.select().from(viewChecks).where(eq(viewChecks.title, 'Unassigned'));
    return row?.state === 'out_of_order' && row.message?.includes('only watches');
  });

  expect(await writes()).toEqual([]);
  expect(harness.zendesk.mail.list({})).toEqual([]);
  expect(account.views.find(unassigned.id)?.output).toEqual(unassigned.output);
  for (const [id, { tags, group_id }] of before) expect(inZendesk(id)).toMatchObject({ tags, group_id });
  expect(isPlaced(refund)).toBe(false);

  const shown = await activate({ dryRun: true });
  expect(shown.printed).toMatch(/tickets {2}\d\d, of which \d+ move to another group/);
  expect(shown.printed).toMatch(/views {4}.*Unassigned/);
  expect(shown.printed).toContain('mails    1, for surveys');
  expect(await writes()).toEqual([]);

  // One group: what the policy moves there from no group, and nothing else.
  expect((await activate({ group: 'Support Tier 1' })).code).toBe(0);
  await harness.queue.enqueue(performEffectsJob, {});
  await until('a ticket of the group is written', () => isPlaced(refund));
  const [tier1, tier2] = [groupNamed('Support Tier 1'), groupNamed('Support Tier 2')];
  const observed = await harness.database.db
    .select({ id: outbox.ticketId })
    .from(outbox)
    .where(and(eq(outbox.state, 'observed'), eq(outbox.kind, 'ticket_change')));
  expect(observed.length).toBeGreaterThan(0);
  await until('all that is covered is written', async () => {
    const rows = await harness.database.db.select({ state: outbox.state }).from(outbox);
    return rows.every(({ state }) => !['waiting', 'in_flight'].includes(state));
  });
  for (const ticket of account.tickets.list().filter(({ id }) => isPlaced(id))) {
    expect(ticket.group_id).not.toBe(tier2);
    expect([tier1, before.get(ticket.id)?.group_id]).toContain(ticket.group_id);
  }
  for (const { id } of observed) expect(isPlaced(id ?? 0)).toBe(false);
  expect(account.views.find(unassigned.id)?.output).toEqual(unassigned.output);

  // Paused: new events are decided and observed.
  await runPause({ db: harness.database.db, who: 'ops', why: null, json: false, out: () => undefined });
  const sofar = await writes();
  const later = await customer(harness).opens('Money back', 'I want my money back for the boots.');
  await until('it is decided', async () => (await known(later))?.category === 'refunds');
  await runAllJobs();
  await until('its change is observed', async () => {
    const rows = await harness.database.db.select().from(outbox).where(eq(outbox.ticketId, later));
    return rows.some(({ state }) => state === 'observed');
  });
  expect(isPlaced(later)).toBe(false);
  expect(await writes()).toEqual(sofar);

  // New tickets only: nothing of what was observed is written.
  await activate({ newOnly: true });
  const fresh = await customer(harness).opens('Money back', 'I want my money back for the stove.');
  await harness.queue.enqueue(performEffectsJob, {});
  await until('the new ticket is written', () => isPlaced(fresh));
  for (const { id } of observed) expect(isPlaced(id ?? 0)).toBe(false);

  // Everything.
  await activate();
  await runAllJobs();
  await until('what was observed is written', () => observed.every(({ id }) => isPlaced(id ?? 0)));
  await until('the view is in order', async () => {
    await harness.queue.enqueue(checkViewsJob, { reason: 'policy' }, { dedupeId: 'check-views-policy' });
    return account.views.find(unassigned.id)?.output.sort_order === 'asc';
  });
});
