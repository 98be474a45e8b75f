import { loadPolicy } from '@deskwright/shared';
import { sql } from 'drizzle-orm';
import { silentLogger } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { compilePolicy } from '../../decide/compile-policy.ts';
import { recordActivation } from '../../platform/outbox/activation.ts';
import { outbox } from '../../platform/outbox/tables.ts';
import { openLedger } from '../../refunds/ledger/ledger.ts';
import { anEntry } from '../../refunds/ledger/testing/an-entry.ts';
import { type RefundDifference, refundReconciliations } from '../../refunds/tables.ts';
import type { SlackMessage } from '../../slack/slack-message.ts';
import { alarms } from '../tables.ts';
import { watchAlarms } from '../watch.ts';
import { acknowledgeAlarm, listAlarms } from './active-alarms.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.clear();
  await recordActivation(database.db, { mode: 'act', who: 'ana' });
});
afterAll(() => database.drop());

const DAY = 24 * 3_600_000;
/** 10:00 in New York. */
const MONDAY = Date.parse('2026-11-30T15:00:00Z');

async function watch(now: number, keys = ''): Promise<void> {
  const loaded = loadPolicy(
    `
version: 1
company: Northwind Outdoor
time_zone: America/New_York
tiers: [{ id: t1, name: Tier 1, group: One }]
categories: [{ id: other, name: Other, tier: t1 }]
default_category: other
refunds: { currency: USD, limits: [{ tier: t1, per_refund: 50, per_agent_per_day: 500 }] }
alarms: { slack: leads${keys} }`,
    'policy.yaml',
  );
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const inForce = { policy: loaded.policy, compiled: compilePolicy(loaded.policy) };
  await watchAlarms({
    config: { publicUrl: 'https://desk.test', zendesk: { baseUrl: 'https://northwind.zendesk.test' } },
    db: database.db,
    directory: { current: () => null },
    policy: { current: () => inForce },
    hasAddress: () => true,
    onEffect: () => undefined,
    clock: () => now,
    startedAt: 0,
    logger: silentLogger,
    statementMs: 5_000,
  });
}

async function compared(at: number, differences: readonly RefundDifference[]): Promise<void> {
  const row = { at: new Date(at), since: new Date(at - 35 * DAY), payments: 9, differences };
  await database.db.insert(refundReconciliations).values(row);
}
const difference = (refund: string, what: 'not_in_books' | 'not_at_provider'): RefundDifference => ({
  payment: 'stripe:ch_1',
  refund,
  what,
  amountMinor: 500,
  currency: 'USD',
});

async function told(): Promise<string[]> {
  const rows = await database.db.select().from(outbox).orderBy(outbox.id);
  return rows.map(({ payload }) =>
    (payload as SlackMessage).summary
      .map((part) => (typeof part === 'string' ? part : 'bold' in part ? part.bold : part.text))
      .join(''),
  );
}
const on = async () => (await listAlarms(database.db)).map(({ kind, about, n }) => `${kind} ${about}: ${n}`);

test('differences are told once for each kind and day on which they were found, and end when they are gone', async () => {
  const first = [difference('re_1', 'not_in_books'), difference('re_2', 'not_in_books')];
  await compared(MONDAY, [
    ...first,
    difference('re_3', 'not_at_provider'),
    { payment: 'stripe:ch_2', what: 'not_compared' },
  ]);
  await watch(MONDAY);
  await watch(MONDAY + 60_000);
  expect(await told()).toEqual([
    'The books of refunds and Stripe differ. 1 refund is in the books and not at Stripe. `npx deskwright refunds reconcile` shows which.',
    'The books of refunds and Stripe differ. 1 payment could not be compared. `npx deskwright refunds reconcile` shows which.',
    'The books of refunds and Stripe differ. 2 refunds are at Stripe and do not fit into the books. `npx deskwright refunds reconcile` shows which.',
  ]);
  for (const { id } of await listAlarms(database.db))
    await acknowledgeAlarm(database.db, { id, who: 'ana', at: new Date(MONDAY) });

  await compared(MONDAY + DAY, [...first, difference('re_4', 'not_in_books')]);
  await watch(MONDAY + DAY);
  // Those of Monday were looked into.
  expect(await on()).toEqual(['refund_differences not_in_books 2026-12-01: 1']);
  expect(await told()).toHaveLength(4);

  await compared(MONDAY + 2 * DAY, []);
  await watch(MONDAY + 2 * DAY);
  expect(await on()).toEqual([]);
  expect((await database.db.select().from(alarms)).every(({ until }) => until !== null)).toBe(true);
});

test('a comparison that is too old says nothing of today: only that there was none since', async () => {
  await compared(MONDAY, [difference('re_1', 'not_in_books')]);
  await watch(MONDAY);
  await watch(MONDAY + 3 * DAY);
  expect(await on()).toEqual(['refunds_not_compared 2026-11-30: 3']);
  expect((await told()).at(-1)).toBe(
    'The books of refunds are not compared with Stripe. 3 days have passed since the last comparison. `npx deskwright doctor` shows why.',
  );
  await compared(MONDAY + 3 * DAY, []);
  await watch(MONDAY + 3 * DAY + 60_000);
  expect(await on()).toEqual([]);
});

test('refunds made elsewhere are told of on the day on which they are entered, and not those that came back', async () => {
  const outside = { requestId: null, agentId: null, ticketId: null, customer: null, day: '2026-11-29' };
  const entered = (refund: string, at: number, kind: 'outside' | 'reversed' = 'outside') =>
    anEntry({ ...outside, kind, amountMinor: 100, providerRef: refund, at: new Date(at) });
  await database.db.transaction(async (tx) =>
    (await openLedger(tx)).append([
      anEntry({ ...outside, kind: 'payment', amountMinor: 2_000, at: new Date(MONDAY - DAY) }),
      entered('re_1', MONDAY - DAY),
      // However long ago it was made.
      { ...entered('re_2', MONDAY), day: '2026-01-02' },
      entered('re_3', MONDAY),
      entered('re_4', MONDAY),
      entered('re_4', MONDAY + 1, 'reversed'),
    ]),
  );
  await watch(MONDAY, ', outside_refunds: false');
  expect(await told()).toEqual([]);
  await watch(MONDAY);
  await watch(MONDAY + 60_000);
  expect(await told()).toEqual([
    'Refunds were made outside Deskwright. 2 were found at Stripe today and entered into the books: no limit of the policy held there. `npx deskwright refunds reconcile` shows which.',
  ]);
  await watch(MONDAY + DAY);
  expect(await on()).toEqual([]);
});

test('a refund made elsewhere that is entered just before midnight is told of after it, once', async () => {
  /** In New York. */
  const midnight = Date.parse('2026-12-01T05:00:00Z');
  const outside = { requestId: null, agentId: null, ticketId: null, customer: null, day: '2026-11-30' };
  const at = new Date(midnight - 10_000);
  await database.db.transaction(async (tx) =>
    (await openLedger(tx)).append([
      anEntry({ ...outside, kind: 'payment', amountMinor: 2_000, at }),
      anEntry({ ...outside, kind: 'outside', amountMinor: 100, providerRef: 're_1', at }),
    ]),
  );
  for (const minutes of [0.5, 1.5, 15, 16]) await watch(midnight + minutes * 60_000);
  expect(await told()).toHaveLength(1);
  expect(await on()).toEqual([]);
});

test('thousands of payments that could not be compared do not keep the alarm from being judged', async () => {
  const many = Array.from({ length: 20_000 }, (_, n) => ({ payment: `stripe:ch_${n}`, what: 'not_compared' as const }));
  await compared(MONDAY, many);
  await watch(MONDAY);
  expect(await on()).toEqual(['refund_differences not_compared 2026-11-30: 20000']);
});

test('an alarm of a newer version, which runs beside this one, is neither ended nor listed', async () => {
  await database.db.execute(sql`INSERT INTO alarms (kind, since, n) VALUES ('of_a_newer_version', now(), 1)`);
  await watch(MONDAY);
  expect(await database.db.select().from(alarms)).toMatchObject([{ kind: 'of_a_newer_version', until: null }]);
  expect(await on()).toEqual([]);
});
