// Checks the report on triggers in shadow against numbers worked out by hand.
import { loadPolicy } from '@deskwright/shared';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { FILE, isInShare } from '../../decide/share.ts';
import type { HistoryEntry } from '../../figures/history-entry.ts';
import { readShadow } from '../../history/read/read-shadow.ts';
import { record } from '../../history/testing/history-fixture.ts';
import { settings } from '../../platform/storage/tables.ts';
import { policyInForce } from '../../policy/policy-in-force.ts';
import type { ShadowOutcome } from '../../tickets/index.ts';
import { decisions } from '../../tickets/tables.ts';
import { writeReport } from '../engine/write-report.ts';
import { makeShadowReport } from './shadow-report.ts';

const loaded = loadPolicy(
  `
version: 1
company: Northwind Outdoor
time_zone: UTC
tiers: [{ id: t1, name: Tier 1, group: Support Tier 1, escalates_to: t2 }, { id: t2, name: Tier 2, group: Support Tier 2 }]
categories: [{ id: refunds, name: Refund, tier: t2 }, { id: order, name: Order, tier: t1 }, { id: other, name: Other, tier: t1 }]
default_category: other
triggers:
  - { id: money-back, title: Asks for money back, mode: shadow, conditions: { any: [{ field: text, operator: includes_any, value: [refund] }] }, actions: { category: refunds, priority: high, add_tags: [money] } }
  - { id: new, title: New one, mode: 10%, conditions: { any: [{ field: text, operator: includes_any, value: [tent] }] }, actions: { category: order } }
`,
  'policy.yaml',
);
if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
const policy = policyInForce({ current: () => ({ ...loaded, guidance: new Map() }) }).current();
const NOW = new Date('2026-11-28T12:00:00Z');
const SINCE = new Date('2026-11-21T12:00:00Z');

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await given();
});
afterAll(() => database.drop());

const place = (category: string, tier: string, priority: 'high' | null = null) => ({
  category,
  tier,
  priority,
  survey: null,
});
const AS_REFUND: ShadowOutcome = {
  from: place('order', 't1'),
  to: place('refunds', 't2', 'high'),
  tags: ['money'],
  triggers: ['money-back'],
};
const ONLY_TAG: ShadowOutcome = { ...AS_REFUND, from: place('order', 't1'), to: place('order', 't1') };

async function decide(ticketId: number, at: string, shadow: ShadowOutcome | null, policyHash = 'now'): Promise<void> {
  await database.db.insert(decisions).values({
    ticketId,
    trigger: 'ticket.created',
    policyHash,
    decidedAt: new Date(at),
    outcome: 'acted',
    category: 'order',
    tier: 't1',
    decision: {} as never,
    sentence: '',
    shadow,
  });
}

const chose = (ticketId: number, at: string, part: Partial<HistoryEntry>): HistoryEntry => ({
  ticketId,
  at: new Date(at),
  kind: 'category',
  value: null,
  ref: null,
  actor: 'agent',
  actorId: 7,
  public: null,
  groupId: null,
  assigneeId: null,
  rule: null,
  ...part,
});

async function given(): Promise<void> {
  const { db } = database;
  await db.insert(settings).values([
    {
      key: 'groups',
      value: [
        ['Support Tier 1', 11],
        ['Support Tier 2', 12],
      ],
    },
    { key: 'policy_rules:now', value: { triggers: [{ id: 'money-back', share: 0 }, { id: 'acts' }] } },
    { key: 'policy_rules:before', value: { triggers: [{ id: 'money-back' }] } },
  ]);
  // Eight tickets were seen. Of six the outcome differs, of ticket 6 by a tag only; ticket 1 was decided twice.
  for (const id of [1, 2, 3, 4, 5]) await decide(id, '2026-11-25T09:00:00Z', AS_REFUND);
  await decide(6, '2026-11-25T09:00:00Z', ONLY_TAG);
  await decide(1, '2026-11-25T10:00:00Z', AS_REFUND);
  await decide(8, '2026-11-25T09:00:00Z', null);
  await decide(9, '2026-11-25T09:00:00Z', null);
  // Before the period, and by a policy in which the trigger acted.
  await decide(10, '2026-11-20T09:00:00Z', AS_REFUND);
  await decide(11, '2026-11-25T09:00:00Z', null, 'before');
  await record(db, [
    // As in shadow: by category, and by group.
    chose(1, '2026-11-25T11:00:00Z', { value: 'refunds' }),
    chose(2, '2026-11-25T11:00:00Z', { kind: 'group', ref: 12 }),
    // Changed to another and back: the last choice counts, which is what was decided.
    chose(3, '2026-11-25T11:00:00Z', { value: 'refunds' }),
    chose(3, '2026-11-25T12:00:00Z', { value: 'order' }),
    // Neither.
    chose(4, '2026-11-25T11:00:00Z', { value: 'other' }),
    // Before the decision, and by nobody of the team: no choice.
    chose(5, '2026-11-25T08:00:00Z', { value: 'refunds' }),
    chose(5, '2026-11-25T11:00:00Z', { value: 'refunds', actor: 'us' }),
    // A tag is no question of category.
    chose(6, '2026-11-25T11:00:00Z', { value: 'refunds' }),
  ]);
}

const make = (trigger?: string, link: string | null = null) =>
  makeShadowReport(
    {
      db: database.db,
      policy,
      now: NOW,
      link,
      ticketUrl: (id) => `https://acme.zendesk.com/agent/tickets/${id}`,
    },
    { since: SINCE, trigger },
  );

test('says of each trigger what it saw, would have changed, and how agents chose', async () => {
  expect(writeReport(await make(), 'md')).toBe(`# Northwind Outdoor: shadow report

Sat 21 Nov to Sat 28 Nov

- Asks for money back (money-back): 6 tickets of 8 would have been decided otherwise.
- New one (new): 0 tickets of 0 would have been decided otherwise.

## Asks for money back (money-back)

It is in shadow. 6 tickets of 8 would have been decided otherwise.

| What | Is | Would be | Tickets |
| --- | --- | --- | ---: |
| tag | none | money | 6 |
| category | Order | Refund | 5 |
| priority | the ticket's own | high | 5 |
| tier | Tier 1 | Tier 2 | 5 |

- For example #6, #5, #4, #3, #2.

- Agents chose the category or group of 4 of these tickets afterwards.
- As in shadow: 2 (50%, at 95% between 15% and 85%).
- As it was decided: 1 (25%, at 95% between 4.6% and 70%).
- Fewer than 30: too few to judge.

## New one (new)

It acts for 10% of the tickets. 0 tickets of 0 would have been decided otherwise.

- Agents chose neither category nor group of these tickets afterwards: there is nothing to compare.

---

Made by Deskwright on Sat 28 Nov, 12:00 (UTC). Team figures only. What each figure counts: docs/reference/figures.md.
`);
});

test('can be asked for one trigger, in every format', async () => {
  const report = await make('money-back');
  expect(report.sections.map(({ id }) => id)).toEqual(['money-back']);
  expect(JSON.parse(writeReport(report, 'json'))).toMatchObject({ kind: 'shadow', version: 1 });
  expect(writeReport(report, 'csv')).toContain('money-back');
  const linked = await make('money-back', 'https://acme.zendesk.com/dashboard');
  expect(writeReport(linked, 'html')).toContain('https://acme.zendesk.com/agent/tickets/6');
});

test('a trigger that nobody knows is refused', async () => {
  await expect(make('nothing')).rejects.toThrow('The policy has no trigger "nothing"');
});

test('counts as seen the tickets for which a trigger with a share was in shadow', async () => {
  const { db } = database;
  const rules = [{ id: 'new', share: 30 }, { id: 'halved', share: 50, drawnByFile: true }, { id: 'acts' }];
  await db.insert(settings).values({ key: 'policy_rules:shares', value: { triggers: rules } });
  const ids = Array.from({ length: 40 }, (_, at) => 100 + at);
  for (const id of ids) await decide(id, '2026-10-05T09:00:00Z', null, 'shares');
  const period = { from: new Date('2026-10-01'), to: new Date('2026-11-01') };
  const found = await readShadow(db, { ...period, policy: loaded.policy, groupId: () => null });
  const outside = (percent: number, name: string) => ids.filter((id) => !isInShare(percent, name, id)).length;
  expect(found.map(({ trigger, saw }) => [trigger, saw])).toEqual([
    ['halved', outside(50, FILE)],
    ['new', outside(30, 'new')],
  ]);
});
