import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { saveGroups } from '../../directory/directory.ts';
import { people } from '../../directory/tables.ts';
import { saveFoundPayments } from '../../refunds/execution/found-payments.ts';
import { openLedger } from '../../refunds/ledger/ledger.ts';
import { anEntry } from '../../refunds/ledger/testing/an-entry.ts';
import { recordStop } from '../../refunds/stop.ts';
import {
  type ActionsFixture,
  createActionsFixture,
  LENA,
  OMAR,
  T1,
} from '../../sidebar/actions/testing/actions-fixture.ts';
import { storedAgents } from '../../sidebar/tables.ts';
import { runExplainTickets } from '../explain-tickets.ts';
import { explainRefund } from './explain-refund.ts';
import type { RefundAsked } from './refund-asked.ts';

let database: TestDatabase;
let fixture: ActionsFixture;
let folder: string;
beforeAll(async () => {
  [database, folder] = await Promise.all([createTestDatabase(), mkdtemp(join(tmpdir(), 'deskwright-explain-'))]);
  fixture = createActionsFixture(database);
  await fixture.placed(42);
  const { db } = database;
  const person = { role: 'agent' as const, fetchedAt: new Date() };
  await db.insert(people).values([
    { ...person, id: LENA.id, name: LENA.name, email: 'Lena@northwind.test' },
    { ...person, id: OMAR.id, name: LENA.name, email: OMAR.email },
    { ...person, id: 8, name: 'Ana', email: 'ana@northwind.test' },
  ]);
  await db.insert(storedAgents).values({ id: LENA.id, agent: { group_ids: [T1] }, readAt: new Date() });
  await saveGroups(db, new Map([['Support Tier 1', T1]]));
});
afterAll(() => Promise.all([database.drop(), rm(folder, { recursive: true })]));

async function ask(amount: string, more: Partial<RefundAsked> = {}, { ticketId = 42, json = false } = {}) {
  const lines: string[] = [];
  const code = await explainRefund({
    db: database.db,
    ticketId,
    asked: { amount, agent: 'lena@northwind.test', ...more },
    policy: { name: 'the policy in force', policy: fixture.deps.policy.current().policy },
    now: new Date(),
    json,
    out: (line) => lines.push(line),
  });
  return { code, lines, text: lines.join('\n') };
}
const found = async (ticketId: number, id: string, minor: number) =>
  saveFoundPayments(
    database.db,
    await fixture.row(ticketId),
    [
      {
        id,
        provider: 'stripe',
        paidAt: new Date(),
        amount: { minor, currency: 'USD' },
        refunded: { minor: 0, currency: 'USD' },
        instrument: { kind: 'card', brand: 'visa', last4: '4242' },
        dispute: null,
        matchedBy: 'email',
        description: null,
      },
    ],
    new Date(),
  );

test('says what decides, with each check, and the same holds when the agent does it', async () => {
  const { id, email } = LENA;
  for (const agent of [email ?? '', String(id)]) {
    const { code, lines } = await ask('50', { agent });
    expect(code).toBe(0);
    expect(lines.slice(0, 2)).toEqual([
      'Refund of $50 by hand, without a payment on ticket 42, by Lena Fischer (tier t1), under the policy in force:',
      'Allowed, by refunds.limits of tier t1. Without an approval: up to $50.',
    ]);
  }
  expect(await fixture.refunds(42, 4_000, { agent: { ...LENA, groupIds: [T1] } })).toEqual({ kind: 'done' });
  await fixture.refunds(42, 2_500, { agent: { ...LENA, groupIds: [T1] } });
  const { code, text } = await ask('35.01');
  expect(code).toBe(1);
  expect(text).toContain(
    'Not allowed without an approval, by refunds.limits of tier t1: per_agent_per_day. Without an approval: up to $35.',
  );
  expect(text).toMatch(/passed {2}per_refund +up to \$50\n {2}FAILED {2}per_agent_per_day +up to \$35 of \$100/);
  const tooMuch = await fixture.refunds(42, 3_501, { agent: { ...LENA, groupIds: [T1] } });
  expect(tooMuch).toMatchObject({ refusal: { error: 'above_limit', upTo: { minor: 3_500 } } });
  expect(await ask('40')).toMatchObject({ code: 1 });
  expect((await ask('25')).text).toContain(
    'before the agent confirms that the same amount again is meant, by same_again',
  );
});

test('the only payment of the ticket is meant; of several one must be named', async () => {
  await fixture.placed(43);
  await found(43, 'ch_1', 3_000);
  const asked = { agent: LENA.email ?? '', tiers: ['t1'] };
  expect((await ask('30.01', asked, { ticketId: 43 })).text).toMatch(
    /of stripe:ch_1 on ticket 43.*\nRefused, by payment\..*up to \$30\.\n/s,
  );
  await found(43, 'ch_2', 9_000);
  await expect(ask('10', asked, { ticketId: 43 })).rejects.toThrow(
    'several payments; name one with --payment, or none: stripe:ch_1 ($30 of ',
  );
  const { code, text } = await ask('12', { ...asked, payment: 'ch_2' }, { ticketId: 43, json: true });
  expect(code).toBe(0);
  expect(JSON.parse(text)).toMatchObject({
    ticket: { id: 43 },
    agent: { id: LENA.id, tiers: ['t1'] },
    payment: 'stripe:ch_2',
    stopped: null,
    verdict: 'allowed',
    rule: 'refunds.limits of tier t1',
    amount: { minor: 1_200, currency: 'USD' },
    upTo: { minor: 3_500, currency: 'USD' },
    checks: expect.arrayContaining([{ rule: 'payment', limit: 9_000, allows: 9_000, passed: true }]),
  });
  await expect(ask('10', { ...asked, payment: 'ch_3' }, { ticketId: 43 })).rejects.toThrow('No payment "ch_3"');
});

const inBooks = (payment: string, amountMinor: number) =>
  database.db.transaction(async (tx) => {
    const ledger = await openLedger(tx);
    await ledger.append([anEntry({ kind: 'payment', requestId: null, payment, amountMinor })]);
  });

test('a payment that was found for another customer is not meant, as it is not refunded either', async () => {
  await fixture.placed(44);
  await found(44, 'ch_9', 3_000);
  await inBooks('stripe:ch_9', 3_000);
  await fixture.byHand(44, { requester_id: 901 });
  expect((await ask('12', {}, { ticketId: 44 })).text).toContain('by hand, without a payment on ticket 44');
  await expect(ask('12', { payment: 'ch_9' }, { ticketId: 44 })).rejects.toThrow('No payment "ch_9"');
});

test('an order that agents entered by hand is found however it is written', async () => {
  await inBooks('manual:order 77', 3_000);
  for (const payment of ['# Order  77', 'manual:order 77'])
    expect((await ask('12', { payment })).text).toContain('of manual:order 77 on ticket 42');
});

test.each<[string, Partial<RefundAsked> & { amount?: string }, string]>([
  ['an amount', { amount: '1.234' }, '--refund "1.234" is not an amount of USD'],
  ['an agent', { agent: 'Nobody' }, 'There is no agent "Nobody"'],
  [
    'one agent',
    { agent: 'lena fischer' },
    '2 agents are called "lena fischer"; name one by id: 2 (lena@northwind.test), 3',
  ],
  [
    'an agent whose groups are known',
    { agent: 'Ana' },
    'has not read the groups of Ana from Zendesk yet. Name their tier',
  ],
  ['a tier of the policy', { tiers: ['t9'] }, 'The policy has no tier "t9". It has t1, t2, t3.'],
])('asks for %s', async (_what, { amount = '10', ...asked }, message) => {
  await expect(ask(amount, asked)).rejects.toThrow(message);
});

test('a ticket that is not known, and somebody who never worked here, have answers', async () => {
  expect(await ask('10', {}, { ticketId: 99 })).toEqual({
    code: 1,
    lines: ['Ticket 99 is not known here.'],
    text: 'Ticket 99 is not known here.',
  });
  expect(await ask('10', { agent: 'new@northwind.test', tiers: ['t1'] })).toMatchObject({ code: 0 });
  expect(await ask('10', { agent: 'new@northwind.test', tiers: ['t2'] })).toMatchObject({ code: 1 });
});

test('while all refunds are stopped, nothing is allowed', async () => {
  const stop = (action: 'stop' | 'resume') =>
    recordStop(database.db, { action, who: 'ana@support', why: 'Fraud', at: new Date() });
  await stop('stop');
  const { code, text } = await ask('10');
  await stop('resume');
  expect(code).toBe(1);
  expect(text).toContain('Refused: all refunds are stopped (Fraud). Otherwise:\nAllowed, by');
});

test('on a file of tickets it needs no database, and knows of the payment what the file says', async () => {
  const file = join(folder, 'tickets.jsonl');
  const policyPath = join(folder, 'policy.yaml');
  const ticket = { subject: 'I want my money back', paid: 100, paid_on: '2026-11-20' };
  await writeFile(file, [ticket, { ...ticket, refunded: '90.5' }].map((one) => JSON.stringify(one)).join('\n'));
  await writeFile(
    policyPath,
    `version: 1
company: Northwind Outdoor
time_zone: America/New_York
business_hours: { weekdays: { mon-fri: "09:00-18:00" } }
tiers: [{ id: t1, name: Tier 1, group: One }]
categories: [{ id: other, name: Other, tier: t1 }]
default_category: other
refunds: { currency: USD, limits: [{ tier: t1, per_refund: 15%, per_agent_per_day: 100 }] }
`,
  );
  const run = async (amount: string, json: boolean) => {
    const lines: string[] = [];
    const refund = { amount, agent: 'lena@northwind.test' };
    const now = Date.UTC(2026, 10, 24);
    const out = (line: string) => void lines.push(line);
    const code = await runExplainTickets({ file, policyPath, json, now, refund, out, err: out });
    return { code, lines };
  };
  const { code, lines } = await run('9.50', true);
  expect(code).toBe(1);
  expect(lines.map((line): unknown => (JSON.parse(line) as { refund: unknown }).refund)).toMatchObject([
    { verdict: 'allowed', upTo: { minor: 1_500 } },
    { verdict: 'refused', rule: 'refunds.limits of tier t1: per_refund', upTo: { minor: 0 } },
  ]);
  expect((await run('9.50', false)).lines.join('\n')).toContain(
    '    Allowed, by refunds.limits of tier t1. Without an approval: up to $15.',
  );
});
