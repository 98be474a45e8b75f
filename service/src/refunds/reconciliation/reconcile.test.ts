import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type LocalZendesk, STRIPE_READ_ONLY_KEY } from '@deskwright/local-zendesk';
import { eq } from 'drizzle-orm';
import express from 'express';
import { silentLogger } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { runReconcileRefunds } from '../../cli/refunds/reconcile.ts';
import { type PaymentProvider, ProviderError } from '../../payments/payment-provider.ts';
import { outbox } from '../../platform/outbox/tables.ts';
import { until } from '../../platform/testing/until.ts';
import { createStripeProvider } from '../../stripe/create-stripe-provider.ts';
import { eraseTickets } from '../../tickets/projection/erase-tickets.ts';
import { eventRoute } from '../api/receive-events.ts';
import { refundErasing } from '../erasing.ts';
import { endRefund } from '../execution/end-refund.ts';
import { openLedger, readLedger } from '../ledger/ledger.ts';
import { anEntry } from '../ledger/testing/an-entry.ts';
import { verifyEntries } from '../ledger/verify-entries.ts';
import { foundPayments, ledgerCustomers } from '../tables.ts';
import { createRefundsFixture, type RefundsFixture, startStripe } from '../testing/refunds-fixture.ts';
import { refundsTimeline } from '../timeline.ts';
import { providerCheck } from './check-reconciliation.ts';
import { readProgress, saveProgress } from './comparison-state.ts';
import { followProvider } from './follow-provider.ts';
import { askToCheck, checkAskedFor, isAnythingAsked, reconcile } from './reconcile.ts';

let database: TestDatabase;
let local: LocalZendesk;
let fixture: RefundsFixture;
const server = createServer((request, response) => handler(request, response));
let handler: express.Express;
beforeAll(async () => {
  [database, local] = await Promise.all([createTestDatabase(), startStripe()]);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/stripe`;
  local.stripe.webhooks.addEndpoint(url, ['*'], 'whsec_local');
});
beforeEach(async () => {
  await database.clear();
  local.stripe.faults.reset();
  fixture = createRefundsFixture(database, local);
  const route = eventRoute({ ...deps(), onAsked: () => undefined });
  handler = express();
  if ('router' in route) handler.use(route.path, route.router);
  await fixture.placed(42);
});
afterAll(async () => {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
  await Promise.all([database.drop(), local.stop()]);
});

const deps = () => ({
  db: database.db,
  payments: fixture.payments,
  clock: fixture.clock,
  timeZone: () => 'America/New_York',
});
/** The daily comparison: what its sweeps enqueue, and a run of its job. */
function nightly(payments: PaymentProvider) {
  const { sweep, jobs } = followProvider({ ...deps(), payments, logger: silentLogger });
  const enqueued: string[] = [];
  const enqueue = async ({ name }: { name: string }) => void enqueued.push(name);
  const reconciles = jobs.find(({ definition }) => definition.name === 'reconcile-refunds');
  return {
    enqueued,
    sweeps: () => sweep({ enqueue, enqueueMany: () => Promise.resolve() }),
    run: async () => reconciles?.run({}, { jobId: '1', attempt: 1, signal: new AbortController().signal }),
  };
}
/** The local Stripe remembers what earlier tests did. */
const kindsOf = async (charge: string) =>
  (await fixture.ledger())
    .filter(({ payment }) => payment === `stripe:${charge}`)
    .map(({ kind, amountMinor }) => `${kind} ${amountMinor}`);
const delivered = () => until(() => local.stripe.webhooks.unfinished() === 0);
const check = async () => {
  await delivered();
  while ((await checkAskedFor(deps())) > 0);
};

test.each([
  ['succeeded', ['payment 10000', 'reserved 3000', 'confirmed 3000'], 'refund__done'],
  ['failed', ['payment 10000', 'reserved 3000', 'released 3000'], 'refund__failed'],
] as const)('a pending refund that %s ends once, however often and late it is told', async (status, kinds, tag) => {
  const charge = await fixture.paid(42, { method: 'us_bank_account' });
  await fixture.asks(42, charge, 3000);
  await fixture.performRefunds();
  await fixture.perform();
  expect(fixture.inZendesk(42).tags).toContain('refund__pending');
  local.stripe.faults.set({ webhook_double: { rate: 1 }, webhook_late: { rate: 1, ms: 20 } });
  local.stripe.account.settleRefund(fixture.atStripe(charge)[0]?.id ?? '', status);
  await check();
  await reconcile(deps());
  await fixture.perform();
  expect(await kindsOf(charge)).toEqual(kinds);
  expect(await fixture.rows()).toMatchObject([{ state: status }]);
  expect(fixture.inZendesk(42).tags).toContain(tag);
  expect(fixture.inZendesk(42).tags).not.toContain('refund__pending');
});

test('a refund that was made and fails at the bank later comes back in the books', async () => {
  const charge = await fixture.paid(42);
  await fixture.asks(42, charge, 3000);
  await fixture.performRefunds();
  local.stripe.account.settleRefund(fixture.atStripe(charge)[0]?.id ?? '', 'failed');
  await check();
  expect(await kindsOf(charge)).toEqual(['payment 10000', 'reserved 3000', 'confirmed 3000', 'reversed 3000']);
});

test('a payment whose dispute is open is compared every night, and no longer when it was lost', async () => {
  local.stripe.faults.set({ webhook_lost: { rate: 1 } });
  const charge = await fixture.paid(42);
  const dispute = local.stripe.account.dispute(charge);
  await fixture.finds(42, charge);
  const read: string[] = [];
  const readPayment = (id: string) => {
    read.push(id);
    return fixture.payments.readPayment(id);
  };
  const compares = () => reconcile({ ...deps(), payments: { ...fixture.payments, readPayment } });
  await compares();
  local.stripe.account.closeDispute(dispute?.id ?? '', 'lost');
  await compares();
  await compares();
  expect(read.filter((id) => id === charge)).toHaveLength(2);
});

test('a refund made outside is entered once, by its event or at night, also of a payment that nobody asked for', async () => {
  const charge = local.stripe.account.addCharge({ amount: 8_000, currency: 'usd' }).id;
  local.stripe.faults.set({ webhook_lost: { next: 9 } });
  local.stripe.account.refund({ charge, amount: 500 });
  await reconcile(deps());
  local.stripe.faults.reset();
  local.stripe.account.refund({ charge, amount: 700 });
  await check();
  const { differences } = await reconcile(deps());
  expect(differences).toEqual([]);
  expect(await kindsOf(charge)).toEqual(['payment 8000', 'outside 500', 'outside 700']);
  expect((await verifyEntries(readLedger(database.db))).problems).toEqual([]);
});

test('a refund made outside counts for the ticket and the customer for whom the payment was refunded before', async () => {
  const charge = await fixture.paid(42);
  await fixture.asks(42, charge, 3000);
  const [reserved] = (await fixture.ledger()).slice(-1);
  local.stripe.account.refund({ charge, amount: 700 });
  await check();
  expect((await fixture.ledger()).at(-1)).toMatchObject({
    kind: 'outside',
    ticketId: 42,
    customer: reserved?.customer,
  });
  const { requesterId } = await fixture.row(42);
  const asked = { requesterId: requesterId ?? 0, policy: fixture.deps.policy.current().policy, limit: 9 };
  expect(await refundsTimeline.read(database.db, asked as never)).toMatchObject([
    { kind: 'refunded_outside', ticketId: 42, amount: { minor: 700, currency: 'USD' } },
  ]);
  expect((await verifyEntries(readLedger(database.db))).problems).toEqual([]);
});

test.each([
  ['by the address', 'email', 42],
  ['only by a field of the ticket', 'ticket_field', null],
] as const)(
  'a refund made outside before any of ours counts for who the payment was found for: %s',
  async (_, matchedBy, ticketId) => {
    const charge = await fixture.paid(42);
    await database.db.update(foundPayments).set({ matchedBy });
    local.stripe.account.refund({ charge, amount: 700 });
    await check();
    const { requesterId } = await fixture.row(42);
    const [known] = await database.db.select().from(ledgerCustomers);
    expect(known?.requesterId ?? null).toBe(ticketId === null ? null : requesterId);
    expect((await fixture.ledger()).at(-1)).toMatchObject({
      kind: 'outside',
      ticketId,
      customer: known?.customer ?? null,
    });
    const asked = { requesterId: requesterId ?? 0, policy: fixture.deps.policy.current().policy, limit: 9 };
    const counted = [{ kind: 'refunded_outside', ticketId: 42, amount: { minor: 700, currency: 'USD' } }];
    expect(await refundsTimeline.read(database.db, asked as never)).toMatchObject(ticketId === null ? [] : counted);
  },
);

test('a second refund at Stripe with the request of another is one made outside', async () => {
  const charge = await fixture.paid(42);
  await fixture.asks(42, charge, 3000);
  await fixture.performRefunds();
  const [made] = fixture.atStripe(charge);
  const again = local.stripe.account.refund({ charge, amount: 3000, metadata: made?.metadata ?? {} });
  await reconcile(deps());
  expect(await kindsOf(charge)).toEqual(['payment 10000', 'reserved 3000', 'confirmed 3000', 'outside 3000']);
  local.stripe.account.settleRefund('id' in again ? again.id : '', 'failed');
  for (let night = 0; night < 2; night++) expect((await reconcile(deps())).differences).toEqual([]);
  expect((await kindsOf(charge)).slice(3)).toEqual(['outside 3000', 'reversed 3000']);
  expect((await verifyEntries(readLedger(database.db))).problems).toEqual([]);
  expect(await fixture.rows()).toMatchObject([{ state: 'succeeded', providerRef: made?.id }]);
});

test('a payment that Stripe does not answer about keeps no other from being compared', async () => {
  const charge = await fixture.paid(42);
  local.stripe.account.refund({ charge, amount: 700 });
  await delivered();
  await askToCheck(database.db, 'stripe:ch_odd', new Date(0));
  const odd: typeof fixture.payments.listRefunds = (of) => {
    if ('paymentId' in of && of.paymentId === 'ch_odd') throw new ProviderError('unavailable', 'Stripe answered 404');
    return fixture.payments.listRefunds(of);
  };
  const checks = () => checkAskedFor({ ...deps(), payments: { ...fixture.payments, listRefunds: odd } });
  await expect(checks()).rejects.toThrow('404');
  await expect(checks()).rejects.toThrow('404');
  expect(await kindsOf(charge)).toEqual(['payment 10000', 'outside 700']);

  await fixture.asks(42, charge, 300);
  const brokenToo: typeof fixture.payments.listRefunds = (of) => {
    if ('paymentId' in of) throw new ProviderError('unavailable', 'Stripe answered 404');
    return fixture.payments.listRefunds(of);
  };
  const said: string[] = [];
  const payments = { ...fixture.payments, listRefunds: brokenToo };
  expect(await runReconcileRefunds({ ...deps(), payments, json: false, out: (line) => void said.push(line) })).toBe(1);
  expect(said).toContain(`  stripe:${charge} could not be compared`);
});

test('a payment that we cannot read keeps no other from being compared, and is logged', async () => {
  const [unreadable, charge] = [await fixture.paid(42), await fixture.paid(42)];
  for (const each of [unreadable, charge]) local.stripe.account.refund({ charge: each, amount: 700 });
  const listRefunds: typeof fixture.payments.listRefunds = (of) => {
    if ('paymentId' in of && of.paymentId === unreadable) throw new TypeError('amount is undefined');
    return fixture.payments.listRefunds(of);
  };
  const logged: object[] = [];
  const logger = { error: (about: object) => void logged.push(about) };
  const { differences } = await reconcile({ ...deps(), logger, payments: { ...fixture.payments, listRefunds } });
  expect(differences).toEqual([{ what: 'not_compared', payment: `stripe:${unreadable}` }]);
  expect(logged).toMatchObject([{ payment: `stripe:${unreadable}` }]);
  expect(await kindsOf(charge)).toEqual(['payment 10000', 'outside 700']);
});

test('a refund that is made while its payment is compared differs in nothing', async () => {
  const charge = await fixture.paid(42);
  local.stripe.account.refund({ charge, amount: 700 });
  const { listRefunds } = fixture.payments;
  const slow: typeof listRefunds = async function* (of) {
    yield* listRefunds(of);
    if ('since' in of) return;
    await fixture.asks(42, charge, 3000);
    await fixture.performRefunds();
  };
  const { differences } = await reconcile({ ...deps(), payments: { ...fixture.payments, listRefunds: slow } });
  expect(differences).toEqual([]);
  expect(await fixture.rows()).toMatchObject([{ state: 'succeeded' }]);
});

test('what differs is told, with exit code 1, and stands in /readyz until it is gone', async () => {
  const charge = await fixture.paid(42, { amount: 4_000 });
  // Reserved here while somebody refunds it at Stripe: the books have no room for that.
  await fixture.asks(42, charge, 3000);
  local.stripe.account.refund({ charge, amount: 2000 });
  const said: string[] = [];
  const run = () => runReconcileRefunds({ ...deps(), json: false, out: (line) => void said.push(line) });
  expect(await run()).toBe(1);
  expect(said.join('\n')).toContain(`of stripe:${charge}, $20: is at Stripe and does not fit into the books`);
  expect(await providerCheck(deps())()).toMatchObject({ warning: expect.stringContaining('differ in 1 places') });
  await fixture.performRefunds();
  expect(await run()).toBe(0);
  expect(said.join('\n')).toContain(`of stripe:${charge}, $20, on `);
  expect(await providerCheck(deps())()).toMatchObject({ ok: true, detail: expect.stringContaining('agreed at') });
});

test('a comparison that is told to wait goes on where it was, when Stripe said', async () => {
  const charges = [await fixture.paid(42), await fixture.paid(42), await fixture.paid(42)];
  for (const charge of charges) local.stripe.account.refund({ charge, amount: 700 });
  await delivered();
  const asked: string[] = [];
  const listRefunds: typeof fixture.payments.listRefunds = (of) => {
    if ('paymentId' in of && asked.push(of.paymentId) === 2)
      throw new ProviderError('busy', 'Stripe answered 429', 90_000);
    return fixture.payments.listRefunds(of);
  };
  const { enqueued, sweeps, run } = nightly({ ...fixture.payments, listRefunds });

  await expect(run()).rejects.toThrow('429');
  fixture.advance(89_000);
  await sweeps();
  expect(enqueued).not.toContain('reconcile-refunds');
  fixture.advance(2_000);
  await sweeps();
  expect(enqueued).toContain('reconcile-refunds');
  await run();
  const [first, busy, ...later] = asked;
  expect(later).toEqual(expect.arrayContaining([busy]));
  expect(later).not.toContain(first);
  for (const charge of charges) expect(await kindsOf(charge)).toEqual(['payment 10000', 'outside 700']);
});

test('the command compares all anew, whatever an interrupted comparison has done', async () => {
  const charge = await fixture.paid(42);
  local.stripe.account.refund({ charge, amount: 700 });
  await delivered();
  const asked: string[] = [];
  const listRefunds: typeof fixture.payments.listRefunds = (of) => {
    if ('paymentId' in of) asked.push(of.paymentId);
    return fixture.payments.listRefunds(of);
  };
  const payments = { ...fixture.payments, listRefunds };
  const startedAt = new Date(fixture.clock());
  await saveProgress(database.db, { startedAt, done: [`stripe:${charge}`], differences: [] });
  await runReconcileRefunds({ ...deps(), payments, json: false, out: () => undefined });
  expect(asked).toContain(charge);
  expect(await readProgress(database.db, startedAt)).toBeNull();
});

test('why a comparison was interrupted is told also when how far it came cannot be saved', async () => {
  await fixture.asks(42, await fixture.paid(42), 300);
  const listRefunds: typeof fixture.payments.listRefunds = (of) => {
    if ('paymentId' in of) throw new ProviderError('busy', 'Stripe answered 429');
    return fixture.payments.listRefunds(of);
  };
  const insert = () => {
    throw new Error('the database is away');
  };
  const db = Object.assign(Object.create(database.db) as typeof database.db, { insert });
  const logged: string[] = [];
  const logger = { error: (_about: object, message?: string) => void logged.push(message ?? '') };
  const comparing = reconcile({ ...deps(), db, logger, payments: { ...fixture.payments, listRefunds } });
  await expect(comparing).rejects.toThrow('429');
  expect(logged).toEqual(['How far the comparison with Stripe came could not be saved']);
});

test('a refund that was made although the books released its money is entered, and what differs is compared until it does not', async () => {
  const [charge, full] = [await fixture.paid(42), await fixture.paid(42)];
  for (const each of [charge, full]) {
    await fixture.asks(42, each, 3000);
    const [row] = (await fixture.rows()).filter(({ payment }) => payment === `stripe:${each}`);
    const requestId = row?.requestId ?? '';
    await endRefund(database.db, requestId, { state: 'refused', reason: 'rejected' }, new Date(fixture.deps.clock()));
    local.stripe.account.refund({ charge: each, amount: 3000, metadata: { deskwright_request: requestId } });
  }
  // Meanwhile the books gave all of it to another.
  const another = anEntry({ kind: 'reserved', payment: `stripe:${full}`, amountMinor: 10_000, requestId: 'another' });
  await database.db.transaction(async (tx) => (await openLedger(tx)).append([another]));
  const differs = [{ payment: `stripe:${full}`, what: 'made_although_given_back', amountMinor: 3000 }];
  expect((await reconcile(deps())).differences).toMatchObject(differs);
  expect(await kindsOf(charge)).toEqual(['payment 10000', 'reserved 3000', 'released 3000', 'outside 3000']);
  fixture.advance(36 * 24 * 3_600_000);
  expect((await reconcile(deps())).differences).toMatchObject(differs);
  expect((await verifyEntries(readLedger(database.db))).problems).toEqual([]);
});

test('a comparison that fails is told with its time, and made again no sooner than ten minutes later', async () => {
  let isDown = true;
  const listRefunds: typeof fixture.payments.listRefunds = (of) => {
    if (isDown) throw new ProviderError('busy', 'Stripe answered 429');
    return fixture.payments.listRefunds(of);
  };
  const { enqueued, sweeps, run } = nightly({ ...fixture.payments, listRefunds });

  await expect(run()).rejects.toThrow('429');
  expect(await providerCheck(deps())()).toMatchObject({
    warning: expect.stringMatching(/could not be compared with Stripe at .*Stripe answered 429/),
  });
  await sweeps();
  expect(enqueued).not.toContain('reconcile-refunds');
  fixture.advance(11 * 60_000);
  await sweeps();
  expect(enqueued).toContain('reconcile-refunds');
  isDown = false;
  await run();
  expect(await providerCheck(deps())()).toMatchObject({ ok: true, detail: expect.stringContaining('agreed at') });
});

test.each([
  ['at once', 0, 60_000],
  ['a month later', 30 * 24 * 3_600_000, 6 * 3_600_000],
])(
  'a comparison that Stripe asks to repeat %s waits between a minute and six hours',
  async (_when, retryAfterMs, waitsMs) => {
    const listRefunds = () => {
      throw new ProviderError('busy', 'Stripe answered 429', retryAfterMs);
    };
    const { enqueued, sweeps, run } = nightly({ ...fixture.payments, listRefunds });
    await expect(run()).rejects.toThrow('429');
    fixture.advance(waitsMs - 30_000);
    await sweeps();
    expect(enqueued).not.toContain('reconcile-refunds');
    fixture.advance(31_000);
    await sweeps();
    expect(enqueued).toContain('reconcile-refunds');
  },
);

test('a forged event is refused and asks for nothing; a key with too few rights is told', async () => {
  const { port } = server.address() as AddressInfo;
  const body = JSON.stringify({ type: 'charge.refunded', data: { object: { object: 'charge', id: 'ch_1' } } });
  const headers = { 'stripe-signature': `t=${Math.floor(Date.now() / 1_000)},v1=00` };
  const answer = await fetch(`http://127.0.0.1:${port}/webhooks/stripe`, { method: 'POST', body, headers });
  expect(answer.status).toBe(400);
  expect(await isAnythingAsked(database.db)).toBe(false);
  const access = { secretKey: STRIPE_READ_ONLY_KEY, baseUrl: local.url, accounts: [], webhookSecret: null };
  const payments = createStripeProvider(access);
  expect(await providerCheck({ ...deps(), payments })()).toMatchObject({
    ok: true,
    warning: expect.stringContaining('may not write Refunds'),
  });
});

test('a refund that waits while its ticket is erased is made once, and its reservation ends', async () => {
  const charge = await fixture.paid(42);
  await fixture.asks(42, charge, 3000);
  await database.db.transaction((tx) =>
    eraseTickets(tx, { ids: [42], now: new Date(), gone: true, hooks: [refundErasing] }),
  );
  await fixture.performRefunds();
  expect(fixture.atStripe(charge)).toHaveLength(1);
  expect(await kindsOf(charge)).toEqual(['payment 10000', 'reserved 3000', 'confirmed 3000']);
});

test.each([
  ['never sent', ['payment 10000', 'reserved 3000', 'released 3000'], 'refused'],
  ['made', ['payment 10000', 'reserved 3000', 'confirmed 3000'], 'succeeded'],
] as const)(
  'a refund that nothing would make any more and that was %s is ended by the comparison, once',
  async (was, kinds, state) => {
    const charge = await fixture.paid(42);
    await fixture.asks(42, charge, 3000, { requestId: 'abandoned-1' });
    await reconcile(deps());
    expect(await fixture.rows()).toMatchObject([{ state: 'started' }]);
    if (was === 'made')
      local.stripe.account.refund({ charge, amount: 3000, metadata: { deskwright_request: 'abandoned-1' } });
    await database.db.delete(outbox).where(eq(outbox.kind, 'refund_payment'));
    await reconcile(deps());
    await reconcile(deps());
    expect(await kindsOf(charge)).toEqual(kinds);
    expect(await fixture.rows()).toMatchObject([{ state }]);
  },
);
