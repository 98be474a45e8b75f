import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { desc, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import type { PastEvent } from '../../backtest/refunds/past-refund.ts';
import { replayBooks } from '../../backtest/refunds/replay-books.ts';
import { decideRefund } from '../../decide/refund-decision.ts';
import { saveGroups } from '../../directory/directory.ts';
import { people } from '../../directory/tables.ts';
import { foreseeRefund } from '../../refunds/foresee-refund.ts';
import { openLedger } from '../../refunds/ledger/ledger.ts';
import { ledgerEntries } from '../../refunds/tables.ts';
import {
  type ActionsFixture,
  createActionsFixture,
  LENA,
  OMAR,
  T1,
} from '../../sidebar/actions/testing/actions-fixture.ts';
import { storedAgents } from '../../sidebar/tables.ts';
import { addBacktest } from './commands.ts';
import { refundsOfLedger } from './refunds-of-ledger.ts';
import { runRefundBacktest } from './run-backtest.ts';

const REFUNDS = `
refunds:
  currency: USD
  limits: [{ tier: t1, per_refund: 50, per_agent_per_day: 200, per_ticket: 120, per_customer: { amount: 180, days: 2 } }]
  approve_above_limit: [omar@northwind.test]
`;
const POLICY = `version: 1
company: Northwind Outdoor
time_zone: America/New_York
business_hours: { weekdays: { mon-fri: "09:00-18:00" } }
tiers: [{ id: t1, name: Tier 1, group: Support Tier 1 }]
categories: [{ id: refunds, name: Refund, tier: t1 }]
default_category: refunds
`;

let database: TestDatabase;
let fixture: ActionsFixture;
let folder: string;
beforeAll(async () => {
  [database, folder] = await Promise.all([createTestDatabase(), mkdtemp(join(tmpdir(), 'deskwright-backtest-'))]);
  fixture = createActionsFixture(database, '', REFUNDS);
  for (const id of [42, 43, 44]) await fixture.placed(id, undefined, { requester_id: id === 44 ? 901 : 900 });
  const { db } = database;
  for (const { id, name, email } of [LENA, OMAR]) {
    await db.insert(people).values({ id, name, email, role: 'agent', fetchedAt: new Date() });
    await db.insert(storedAgents).values({ id, agent: { group_ids: [T1] }, readAt: new Date() });
  }
  await saveGroups(db, new Map([['Support Tier 1', T1]]));
  await writeFile(join(folder, 'policy.yaml'), POLICY + REFUNDS);
  await writeFile(join(folder, 'draft.yaml'), POLICY + REFUNDS.replace('per_refund: 50', 'per_refund: 20'));
});
afterAll(() => Promise.all([database.drop(), rm(folder, { recursive: true })]));

async function run(draft: string, part: Partial<Parameters<typeof runRefundBacktest>[0]> = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runRefundBacktest({
    draft: join(folder, draft),
    policyPath: join(folder, 'policy.yaml'),
    against: null,
    file: null,
    readLedger: () => refundsOfLedger(database.db),
    since: null,
    samples: 2,
    failAbove: 0.5,
    html: null,
    json: false,
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    ...part,
  });
  return { code, text: out.join('\n'), err };
}

/** Of the payment that was refunded last, by somebody at the provider; and whether it came back at once. */
async function makeOutside(amountMinor: number, isBack: boolean): Promise<void> {
  await database.db.transaction(async (tx) => {
    const [last] = await tx
      .select()
      .from(ledgerEntries)
      .where(eq(ledgerEntries.kind, 'reserved'))
      .orderBy(desc(ledgerEntries.seq))
      .limit(1);
    const ledger = await openLedger(tx);
    const left = last ? await ledger.refundable(last.payment, last.currency) : null;
    if (!last || (left ?? 0) < amountMinor) return;
    const none = { requestId: null, agentId: null, approvedBy: null, rule: null, policyHash: null };
    const outside = { ...last, ...none, kind: 'outside' as const, amountMinor, providerRef: randomUUID() };
    await ledger.append([outside, ...(isBack ? [{ ...outside, kind: 'reversed' as const }] : [])]);
  });
}

test('what is decided live is what the back-test decides on the same facts, check by check', async () => {
  const attempt = fc.record({
    ticketId: fc.constantFrom(42, 43, 44),
    cents: fc.constantFrom(100, 900, 2_500, 4_900, 5_100),
    agent: fc.constantFrom(LENA, OMAR).map((one) => ({ ...one, groupIds: [T1] })),
    order: fc.constantFrom(null, 'A1', 'A2'),
    undoes: fc.boolean(),
    outside: fc.constantFrom(0, 0, 700, 4_000),
  });
  const { policy } = fixture.deps.policy.current();
  const { refunds } = policy;
  if (refunds === undefined) throw new Error('the policy has refunds');
  const paid = { minor: 9_000, currency: 'USD' };
  let made = 0;
  for (const { ticketId, cents, agent, order, undoes, outside } of fc.sample(attempt, { numRuns: 40, seed: 7 })) {
    const name = order === null ? null : `manual:${order.toLowerCase()}`;
    const past: PastEvent[] = [];
    for await (const event of refundsOfLedger(database.db, 7)) past.push(event);
    const isKnown = past.some((one) => one.kind === 'refund' && one.payment?.name === name);
    const now = new Date();
    const live = await foreseeRefund(database.db, {
      ticketId,
      policy,
      agent: { ...agent, tiers: ['t1'] },
      amount: { minor: cents, currency: 'USD' },
      payment: isKnown ? name : null,
      isVerified: async () => false,
      now,
    });
    if (live.kind !== 'decided') throw new Error(live.kind);
    const books = replayBooks(policy);
    for (const one of past) books.enter(one);
    const asked = books.asking(
      {
        kind: 'refund',
        id: 'next',
        day: null,
        at: now.getTime(),
        amount: cents,
        currency: 'USD',
        agent: { key: String(agent.id), name: agent.name, email: agent.email, role: agent.role, tiersIn: () => ['t1'] },
        approvedBy: null,
        category: 'refunds',
        ticket: String(ticketId),
        customer: `requester ${ticketId === 44 ? 901 : 900}`,
        payment: isKnown
          ? { name: name ?? '', paid: 9_000, refundedBefore: 0, currency: 'USD', paidOn: '2026-01-02' }
          : null,
        isVerified: false,
      },
      policy,
      'USD',
    );
    expect(decideRefund(refunds, { ...asked, isConfirmed: false })).toEqual(live.decision);
    const payment = order === null ? {} : { payment: { order, paid, paidOn: '2026-01-02' } };
    const done = await fixture.refunds(ticketId, cents, { agent, ...payment });
    if (done.kind === 'done') made++;
    const [last] = (await fixture.refunded()).filter((one) => one.agentId === agent.id && one.state === 'granted');
    if (undoes && last) await fixture.undoesRefund(last.ticketId, last.id, agent);
    if (outside > 0) await makeOutside(outside, undoes);
  }
  expect(made).toBeGreaterThan(8);
});

test('the ledger under a lower limit: what differs, per agent and day, and an exit code', async () => {
  expect((await run('policy.yaml')).text).toContain('No decision differs.');
  const { code, text } = await run('draft.yaml', { html: join(folder, 'report.html'), failAbove: 0 });
  expect(code).toBe(1);
  expect(text).toMatch(
    /allowed \(refunds\.limits of tier t1\) +needs approval \(refunds\.limits of tier t1: per_refund\)/,
  );
  expect(text).toMatch(/Agents and days whose sums change\n.*\n +\d{4}-\d\d-\d\d +(?:Lena Fischer|Omar Haddad) +\$/);
  expect(await readFile(join(folder, 'report.html'), 'utf8')).toContain('what a changed policy does to past refunds');
});

test('a file of refunds needs no database; rows that are none are told and left out', async () => {
  const file = join(folder, 'past.csv');
  await writeFile(
    file,
    'at,amount,agent,tier,ticket,paid\n2026-11-02,30,lena@northwind.test,t1,7,100\n2026-11-02,10.001,lena@northwind.test,t1,8,\nsoon,10,lena@northwind.test,t1,9,\n2026-11-03,15,lena@northwind.test,t1,10,\n',
  );
  const { code, text, err } = await run('draft.yaml', {
    file,
    json: true,
    readLedger: () => {
      throw new Error('asked');
    },
  });
  expect(code).toBe(0);
  expect(err).toEqual([
    expect.stringContaining('line 3: amount "10.001" is not an amount of USD. It was left out.'),
    expect.stringContaining('line 4: at is not a time; write 2026-11-30'),
  ]);
  expect(JSON.parse(text)).toMatchObject({
    refunds: 2,
    changed: 1,
    leftOut: 2,
    oldest: '2026-11-02',
    newest: '2026-11-03',
  });
  await writeFile(file, '{"amount": 10}\nno json\n');
  await expect(run('draft.yaml', { file })).rejects.toThrow('No refund of');
});

test('a JSON array is read too; what is not more than 0 is refused with its place, and moments count on the policy’s day', async () => {
  const file = join(folder, 'past.json');
  const lena = { agent: 'lena@northwind.test', tier: 't1', paid: 100 };
  // In New York, the policy's zone, it is still the 2nd.
  const late = { ...lena, at: '2026-11-03T03:00:00Z', amount: 30 };
  await writeFile(file, JSON.stringify([late, { ...late, amount: 0 }, { ...late, amount: '-5' }], null, 2));
  const { text, err } = await run('draft.yaml', { file, json: true, since: Date.parse('2026-11-03T04:30:00Z') });
  expect(err).toEqual([
    expect.stringContaining('refund 2: amount "0" is not more than 0. It was left out.'),
    expect.stringContaining('refund 3: amount "-5" is not'),
  ]);
  expect(JSON.parse(text)).toMatchObject({
    refunds: 1,
    oldest: '2026-11-02',
    days: [{ day: '2026-11-02', made: 3_000 }],
  });
  await writeFile(file, `${JSON.stringify(late)}\n\n${JSON.stringify({ ...late, amount: 0 })}\n`);
  expect((await run('draft.yaml', { file, since: '2026-11-03' })).err).toEqual([
    expect.stringContaining('line 3: amount'),
  ]);
  await writeFile(file, '[{');
  await expect(run('draft.yaml', { file })).rejects.toThrow('begins as a JSON array and is none');
});

test.each([['--limit', '3'], ['--tickets', 'a.csv'], ['--encoding', 'windows-1252'], ['--words']])(
  'an option for tickets alone is refused beside refunds: %s',
  async (...option) => {
    const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
    addBacktest(program, {
      policyOption: () => new Option('--policy <file>'),
      jsonOption: () => new Option('--json'),
      exitsWith: () => async () => undefined,
    } as unknown as Parameters<typeof addBacktest>[1]);
    const asked = program.parseAsync(['backtest', 'draft.yaml', ...option, '--refunds', 'b.csv'], { from: 'user' });
    await expect(asked).rejects.toThrow("'--refunds [file]' cannot be used with option");
  },
);
