// The journey of a ticket that agents correct, undo and escalate, through the whole harness.
import { writeFileSync } from 'node:fs';
import { loadPolicy } from '@deskwright/shared';
import { asc, eq, sql } from 'drizzle-orm';
import { explainTicket } from '../../src/cli/explain-ticket.ts';
import type { AgentAction } from '../../src/sidebar/actions/action.ts';
import { correctCategory, undoCorrection } from '../../src/sidebar/actions/correct-category.ts';
import { escalateTicket } from '../../src/sidebar/actions/escalate-ticket.ts';
import { performAction } from '../../src/sidebar/actions/perform-action.ts';
import type { Agent } from '../../src/sidebar/identity/agent.ts';
import { categoryCorrections } from '../../src/sidebar/tables.ts';
import { decisions, inbox, ticketMoves, tickets } from '../../src/tickets/tables.ts';
import { performEffectsJob } from '../../testing/all-jobs.ts';
import { noRules } from '../../testing/builders.ts';
import { agent, customer } from '../../testing/people-at-zendesk.ts';
import { examplePolicyText, silentLogger } from '../../testing/pipeline-deps.ts';
import { type Harness, startHarness, until } from '../../testing/start-harness.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

const inZendesk = (id: number) => harness.zendesk.account.tickets.find(id)!;
const groups = () => harness.zendesk.account.groups.list();
const groupOf = (id: number) => groups().find((group) => group.id === inZendesk(id).group_id)?.name;
const placement = (id: number) =>
  inZendesk(id)
    .tags.filter((tag) => /^(category|tier)__/.test(tag))
    .toSorted();
const notes = (id: number) => harness.zendesk.account.tickets.comments(id).filter((comment) => !comment.public);
const ourWrites = (id: number) =>
  harness.zendesk.account.tickets.audits(id).filter((audit) => 'deskwright_effects' in (audit.metadata.custom ?? {}));
const row = async (id: number) => (await harness.database.db.select().from(tickets).where(eq(tickets.id, id)))[0]!;

function performs(action: AgentAction, ticketId: number, input: object) {
  const loaded = loadPolicy(examplePolicyText(), 'deskwright.yaml');
  if (!loaded.ok) throw new Error('the example policy is refused');
  const directory = {
    groupId: (name: string) => groups().find((group) => group.name === name)?.id ?? null,
    nameOf: (_kind: string, id: number | null) => groups().find((group) => group.id === id)?.name ?? null,
    refresh: async () => undefined,
  };
  const deps = {
    db: harness.database.db,
    policy: { current: () => ({ policy: loaded.policy, hash: loaded.hash, guidance: new Map() }) },
    directory: { current: () => directory },
    clock: Date.now,
    logger: silentLogger,
  };
  return performAction(deps, action, { ticketId, agent: priya() }, input);
}

function priya(): Agent {
  const user = harness.zendesk.account.users.list().find(({ email }) => email === 'priya@northwind.test')!;
  const groupIds = groups().map(({ id }) => id);
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    role: 'agent',
    locale: 'en-US',
    organizationId: null,
    groupIds,
    sees: 'all',
    may: { edit: true, editTags: true, assignTo: 'any_group' },
  };
}

/** All we wrote has come back as events and is noted. */
const quiet = (id: number) =>
  until('everything about the ticket is heard and done', async () => {
    const heard = await harness.database.db.select().from(inbox).where(eq(inbox.ticketId, id));
    return harness.zendesk.webhooks.unfinished() === 0 && heard.every(({ state }) => state !== 'waiting');
  });

test('corrects a category, undoes it and escalates the ticket: each reaches Zendesk with one write and one note', async () => {
  const id = await customer(harness).opens('I want my money back', 'The tent leaks and I want a refund.');
  await until('the policy has placed the ticket', () => placement(id).length === 2);
  await quiet(id);
  const byPolicy = placement(id);
  expect(groupOf(id)).toBe('Support Tier 1');
  const priyaId = priya().id;
  const go = () => harness.queue.enqueue(performEffectsJob, {});

  expect(await performs(correctCategory, id, { from: 'refunds', category: 'warranty' })).toEqual({ kind: 'done' });
  await go();
  await until('Zendesk shows the correction', () => placement(id).includes('category__warranty'));
  expect(groupOf(id)).toBe('Support Tier 2');
  await customer(harness).writesAgain(id, 'My refund, please! Hello?');
  await until('the comment is decided', async () => {
    const log = await harness.database.db.select().from(decisions).where(eq(decisions.ticketId, id));
    return log.some((entry) => entry.trigger === 'ticket.comment_added');
  });
  await quiet(id);
  expect(placement(id)).toEqual(['category__warranty', 'tier__t2']);
  expect(await row(id)).toMatchObject({ category: 'warranty', placedBy: 'human' });

  const [correction] = await harness.database.db.select().from(categoryCorrections);
  expect(await performs(undoCorrection, id, { correctionId: correction!.id })).toEqual({ kind: 'done' });
  await go();
  await until('Zendesk shows the old category', () => placement(id).join() === byPolicy.join());
  await quiet(id);
  expect(await row(id)).toMatchObject({ category: 'refunds', placedBy: 'policy' });
  expect(groupOf(id)).toBe('Support Tier 1');
  expect(ourWrites(id)).toHaveLength(3);

  await agent(harness).replies(id, 'Let me ask somebody.');
  await until('the reply is heard', async () => (await row(id)).waitingSince === null);
  harness.zendesk.account.tickets.update(id, { assignee_id: priyaId }, { id: priyaId, channel: 'web' });
  await until('the taking is heard', async () => (await row(id)).assigneeId === priyaId);
  const escalation = {
    to: { kind: 'tier', id: 't2' } as const,
    fields: { summary: 'The seams leak.', steps_tried: 'Sent a patch.', customer_impact: 'Cannot camp.' },
    requestId: 'form-1',
  };
  const sent = await Promise.all([1, 2].map(() => performs(escalateTicket, id, escalation)));
  expect(sent).toEqual([{ kind: 'done' }, { kind: 'done' }]);
  await go();
  await until('Zendesk shows the escalation', () => groupOf(id) === 'Support Tier 2');
  await quiet(id);

  expect(placement(id)).toEqual(['category__refunds', 'tier__t2']);
  expect(inZendesk(id).assignee_id).toBeNull();
  expect(ourWrites(id)).toHaveLength(4);
  expect(
    notes(id)
      .slice(1, 3)
      .map(({ body }) => body),
  ).toEqual([
    expect.stringMatching(/^Category changed from Refunds? \(Tier 1\) to .* \(Tier 2\) by Priya Nair$/),
    expect.stringMatching(/^Category changed back from .* \(Tier 2\) to Refunds? \(Tier 1\) by Priya Nair$/),
  ]);
  expect(notes(id)).toHaveLength(4);
  expect(notes(id)[3]?.body).toBe(
    'Escalated from Tier 1 to Tier 2 by Priya Nair\n\nSummary:\nThe seams leak.\n\nSteps tried:\nSent a patch.\n\nCustomer impact:\nCannot camp.',
  );
  expect(await row(id)).toMatchObject({ category: 'refunds', tier: 't2', placedBy: 'human', assigneeId: null });
  const moves = await harness.database.db.select().from(ticketMoves).orderBy(asc(ticketMoves.id));
  expect(moves.filter(({ ticketId }) => ticketId === id)).toHaveLength(3);

  const told: string[] = [];
  await explainTicket({
    db: harness.database.db,
    ticketId: id,
    json: false,
    readRules: noRules,
    words: null,
    out: (line) => told.push(line),
  });
  const story = told.join('\n');
  expect(story).toMatch(/corrected +category refunds to warranty, by Priya Nair; undone .* by Priya Nair/);
  expect(story).toMatch(/escalated +tier t1 to tier t2, by Priya Nair/);
  expect(story).not.toContain('seams leak');
});

test('an escalation reaches Zendesk within seconds while a backlog waits for the write budget', async () => {
  writeFileSync(harness.policyPath, examplePolicyText().replace(/writes_per_minute: \d+/, 'writes_per_minute: 1'));
  // In debt for many minutes, also at the rate of the former policy, which is in force until the new one is read.
  const spend = () => harness.database.db.execute(sql`UPDATE write_budget SET tokens = -1000, refilled_at = now()`);
  await spend();
  const ids: number[] = [];
  for (let n = 0; n < 12; n++) ids.push(await customer(harness).opens(`Order ${n}`, 'I want my money back.'));
  const last = ids.at(-1)!;
  await until(
    'all are decided',
    async () => (await row(last))?.decidedAt && harness.zendesk.webhooks.unfinished() === 0,
  );
  await spend();
  const fields = { summary: 'Seams.', steps_tried: 'A patch.', customer_impact: 'Wet.' };
  const to = { kind: 'tier', id: 't2' } as const;

  await performs(escalateTicket, last, { to, fields, requestId: 'form-2' });
  await harness.queue.enqueue(performEffectsJob, {});

  await until('Zendesk shows the escalation', () => groupOf(last) === 'Support Tier 2');
  expect(ourWrites(last)).toHaveLength(1);
  expect(notes(last)).toHaveLength(1);
  expect(ids.filter((id) => id !== last && placement(id).length > 0)).toEqual([]);
});
