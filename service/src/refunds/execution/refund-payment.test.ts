import type { LocalZendesk } from '@deskwright/local-zendesk';
import { eq, sql } from 'drizzle-orm';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { people } from '../../directory/tables.ts';
import { type PaymentProvider, ProviderError } from '../../payments/payment-provider.ts';
import { outbox } from '../../platform/outbox/tables.ts';
import { LENA, OMAR } from '../../sidebar/actions/testing/actions-fixture.ts';
import { answerApprovalWith } from '../approvals/answer-approval.ts';
import { requestApprovalWith } from '../approvals/request-approval.ts';
import { readLedger } from '../ledger/ledger.ts';
import { verifyEntries } from '../ledger/verify-entries.ts';
import { NOBODY_VERIFIED } from '../record-refund.ts';
import { recordStop } from '../stop.ts';
import { foundPayments, refundApprovals } from '../tables.ts';
import { BY_HAND, createRefundsFixture, type RefundsFixture, startStripe } from '../testing/refunds-fixture.ts';
import { refundPaymentWith } from './refund-payment.ts';

let database: TestDatabase;
let local: LocalZendesk;
let fixture: RefundsFixture;
beforeAll(async () => {
  [database, local] = await Promise.all([createTestDatabase(), startStripe()]);
});
beforeEach(async () => {
  await database.clear();
  local.stripe.faults.reset();
  fixture = createRefundsFixture(database, local);
  await database.db.insert(people).values({ id: LENA.id, name: LENA.name, role: 'agent', fetchedAt: new Date() });
  await fixture.placed(42);
  await fixture.placed(43);
});
afterAll(() => Promise.all([database.drop(), local.stop()]));

const done = { kind: 'done' };
const refused = (error: string, status: number, more: object = {}) => ({
  kind: 'refused',
  status,
  refusal: { error, ...more },
});

test('a refund is reserved, made at Stripe, confirmed in the books, and stands on the ticket with a note and a tag', async () => {
  const charge = await fixture.paid(42);
  expect(await fixture.asks(42, charge, 1250)).toEqual(done);
  expect(await fixture.kinds()).toEqual(['payment 10000', 'reserved 1250']);
  expect(fixture.atStripe(charge)).toEqual([]);
  await fixture.performRefunds();
  const [made] = fixture.atStripe(charge);
  expect(made).toMatchObject({ amount: 1250, metadata: { deskwright_ticket: '42' } });
  expect(await fixture.kinds()).toEqual(['payment 10000', 'reserved 1250', 'confirmed 1250']);
  expect((await fixture.ledger()).at(-1)).toMatchObject({
    payment: `stripe:${charge}`,
    providerRef: made?.id,
    agentId: LENA.id,
    rule: 'refunds.limits of tier t1',
  });
  await fixture.perform();
  expect(fixture.notes(42)).toContain(
    `Refund of $12.50 to Visa ending in 4242 made by Lena Fischer\n\nReason:\nArrived broken\n\nAllowed by refunds.limits of tier t1\n\nStripe: ${made?.id}`,
  );
  expect(fixture.inZendesk(42).tags).toContain('refund__done');
});

test('what an approver grants of a payment at Stripe is refunded there; the note has both names and the reason code, and so has an export', async () => {
  await database.db.insert(people).values({ id: OMAR.id, name: OMAR.name, role: 'agent', fetchedAt: new Date() });
  const charge = await fixture.paid(42);
  const amount = { minor: 6_000, currency: 'USD' };
  const asked = {
    amount,
    reason: 'Arrived broken',
    foundPayment: `stripe:${charge}`,
    requestId: 'asked-for-more',
    reasonCode: 'damaged',
  };
  const tell = { hasAddress: () => false, ticketUrl: String };
  expect(await fixture.performs(requestApprovalWith(BY_HAND, tell), 42, LENA, asked)).toEqual(done);
  const [request] = await database.db.select().from(refundApprovals);
  const answer = { approvalId: request?.id, answer: 'approve', asked: amount, granted: amount, why: '' };
  expect(await fixture.performs(answerApprovalWith(BY_HAND), 42, OMAR, answer)).toEqual(done);
  await fixture.performRefunds();
  expect(fixture.atStripe(charge)).toMatchObject([{ amount: 6_000 }]);
  expect((await fixture.ledger()).at(-1)).toMatchObject({
    kind: 'confirmed',
    agentId: LENA.id,
    approvedBy: OMAR.id,
    reasonCode: 'damaged',
  });
  await fixture.perform();
  expect(fixture.notes(42).join()).toContain('made by Lena Fischer, approved by Omar Haddad');
  expect(fixture.notes(42).join()).toContain(
    'Reason (damaged):\nArrived broken\n\nAllowed by refunds.approve_above_limit',
  );
});

test('the same form sent twice at once refunds once; two forms cannot take more than is left', async () => {
  const charge = await fixture.paid(42, { amount: 6_000 });
  const twice = await Promise.all([1, 2].map(() => fixture.asks(42, charge, 4000, { requestId: 'one-form' })));
  expect(twice).toEqual([done, done]);
  expect(await fixture.asks(42, charge, 3000, { agent: OMAR })).toMatchObject(
    refused('above_payment', 409, { upTo: { minor: 2000, currency: 'USD' } }),
  );
  expect(await fixture.asks(42, charge, 4001, { requestId: 'one-form' })).toMatchObject(refused('conflict', 409));
  const other = { requestId: 'one-form', reasonCode: 'damaged' };
  expect(await fixture.asks(42, charge, 4000, other)).toMatchObject(refused('conflict', 409));
  await fixture.performRefunds();
  expect(fixture.atStripe(charge)).toHaveLength(1);
});

test('refused by the server: too much, another ticket’s payment, another currency, a disputed payment, a light agent', async () => {
  const charge = await fixture.paid(42);
  const disputed = local.stripe.account.addCharge({ amount: 5_000, currency: 'usd' }).id;
  local.stripe.account.dispute(disputed);
  await fixture.finds(42, disputed);
  const euros = await fixture.paid(42, { currency: 'eur' });
  const light = { ...LENA, may: { ...LENA.may, edit: false } };
  const stranger = { ...LENA, id: 9, email: 'x@northwind.test', groupIds: [] };
  const answers = [
    await fixture.asks(42, charge, 5001),
    await fixture.asks(43, charge, 100),
    await fixture.asks(42, euros, 100),
    await fixture.asks(42, charge, 100, { currency: 'EUR' }),
    await fixture.asks(42, disputed, 100),
    await fixture.asks(42, charge, 100, { agent: light }),
    await fixture.asks(42, charge, 100, { agent: stranger }),
  ];
  expect(answers).toMatchObject([
    refused('above_limit', 409),
    refused('not_found', 404),
    refused('conflict', 409),
    refused('conflict', 409),
    refused('payment_disputed', 409),
    refused('read_only', 403),
    refused('forbidden', 403),
  ]);
  expect(fixture.logged).toHaveLength(answers.length);
  expect(fixture.logged).toContainEqual(
    expect.objectContaining({ action: 'refund_payment', refusal: 'read_only', agentId: LENA.id }),
  );
  expect(await fixture.ledger()).toEqual([]);
});

test('what Stripe cannot move in a currency of three decimals is refused before it is reserved, with what can be', async () => {
  const inDinars = 'refunds: { currency: KWD, limits: [{ tier: t1, per_refund: 15%, per_agent_per_day: 50 }] }\n';
  const kuwait = createRefundsFixture(database, local, '', inDinars);
  await kuwait.placed(44);
  const payment = await kuwait.paid(44, { amount: 12_340, currency: 'kwd' });
  expect(await kuwait.asks(44, payment, 1_851, { currency: 'KWD' })).toMatchObject(
    refused('amount_not_possible', 409, { upTo: { minor: 1_850, currency: 'KWD' } }),
  );
  expect(await kuwait.ledger()).toEqual([]);
  expect(await kuwait.asks(44, payment, 1_850, { currency: 'KWD' })).toEqual(done);
});

test('a payment at Stripe is not refunded by hand under its id, and nobody grants that', async () => {
  const { id } = local.stripe.account.addCharge({ amount: 10_000, currency: 'usd' });
  const amount = { minor: 6_000, currency: 'USD' };
  const byHand = (order: string) => ({ order, paid: { minor: 10_000, currency: 'USD' }, paidOn: '2026-01-02' });
  const asked = { amount, reason: 'Arrived broken', requestId: 'asked-by-hand', payment: byHand(id) };
  const tell = { hasAddress: () => false, ticketUrl: String };
  expect(await fixture.performs(requestApprovalWith(BY_HAND, tell), 42, LENA, asked)).toEqual(done);
  await fixture.finds(43, id);
  const [request] = await database.db.select().from(refundApprovals);
  const answer = { approvalId: request?.id, answer: 'approve', asked: amount, granted: amount, why: '' };
  const again = { ...asked, requestId: 'asked-again' };
  expect([
    await fixture.performs(answerApprovalWith(BY_HAND), 42, OMAR, answer),
    await fixture.performs(requestApprovalWith(BY_HAND, tell), 43, LENA, again),
    await fixture.refunds(42, 100, { payment: byHand(`#${id.toUpperCase()}`) }),
  ]).toMatchObject(Array.from({ length: 3 }, () => refused('payment_at_provider', 409)));
  await fixture.asks(43, id, 100);
  await database.db.delete(foundPayments);
  expect(await fixture.refunds(42, 100, { payment: byHand(id) })).toMatchObject(refused('payment_at_provider', 409));
  // Never found here: not accepted where Stripe is connected.
  const connected = requestApprovalWith({ ...BY_HAND, hasProvider: true }, tell);
  for (const order of [`${id}0`, 'pi_3MtwBwLkdIwHu7ix28a3tqPa', 'acct_1/ch_3MtwBwLkdIwHu7ix0d3tqPa'])
    expect(
      await fixture.performs(connected, 43, LENA, { ...asked, payment: byHand(order), requestId: 'asked-unknown' }),
    ).toMatchObject(refused('payment_at_provider', 409));
  expect(await fixture.refunds(42, 100, { payment: byHand(`${id}0`) })).toEqual(done);
});

test('a form that was used for a refund by hand refunds nothing at Stripe, and the other way round', async () => {
  const charge = await fixture.paid(42);
  const requestId = 'the-same-form';
  expect(await fixture.refunds(42, 1_000, { requestId })).toEqual(done);
  expect(await fixture.asks(42, charge, 1_200, { requestId })).toMatchObject(refused('conflict', 409));
  expect(await fixture.asks(42, charge, 1_100, { requestId: 'another-form' })).toEqual(done);
  expect(await fixture.refunds(42, 1_300, { requestId: 'another-form' })).toMatchObject(refused('conflict', 409));
});

test('a payment that was found for a customer is refunded no more from their ticket when it is of another one', async () => {
  const charge = await fixture.paid(42);
  await fixture.byHand(42, { requester_id: 901 });
  expect(await fixture.asks(42, charge, 1_000)).toMatchObject(refused('not_found', 404));
  expect(await fixture.kinds()).toEqual([]);
});

test('each refund has a reason in words that can be erased, and beside them only an id of the policy', () => {
  const body = refundPaymentWith(NOBODY_VERIFIED).body;
  const amount = { minor: 100, currency: 'USD' };
  const sent = { payment: 'stripe:ch_1', amount, reason: '', requestId: 'request-1' };
  expect(body?.safeParse(sent)).toMatchObject({ success: true });
  expect(body?.safeParse({ ...sent, reasonCode: 'damaged' })).toMatchObject({ success: true });
  for (const more of [{ reasonCode: 'Call Otto Frei' }, { reason_code: 'otto_frei' }])
    expect(body?.safeParse({ ...sent, ...more })).toMatchObject({ success: false });
});

test('what changed at Stripe since the payment was found counts: nothing is paid, and the money is free again', async () => {
  const charge = await fixture.paid(42, { amount: 4_000 });
  await fixture.asks(42, charge, 3000);
  local.stripe.account.refund({ charge, amount: 2000 });
  await fixture.performRefunds();
  expect(await fixture.rows()).toMatchObject([{ state: 'refused', refusedBecause: 'not_enough_left' }]);
  expect(await fixture.kinds()).toEqual(['payment 4000', 'reserved 3000', 'released 3000']);
  const [disputed] = [await fixture.paid(43)];
  await fixture.asks(43, disputed, 3000);
  local.stripe.account.dispute(disputed);
  await fixture.performRefunds();
  await fixture.perform();
  expect(fixture.notes(43).join()).toContain('was not made: the customer disputes the payment at their bank.');
  expect(fixture.inZendesk(43).tags).toContain('refund__failed');
  expect(fixture.atStripe(disputed)).toEqual([]);
});

test('a stop holds for refunds that were reserved and not sent yet', async () => {
  const charge = await fixture.paid(42);
  await fixture.asks(42, charge, 3000);
  await recordStop(database.db, { action: 'stop', who: 'ana@support', why: 'Fraud', at: new Date() });
  expect(await fixture.asks(42, charge, 100)).toMatchObject(refused('refunds_stopped', 409));
  await fixture.performRefunds();
  expect(await fixture.rows()).toMatchObject([{ state: 'refused', refusedBecause: 'stopped' }]);
  expect(fixture.atStripe(charge)).toEqual([]);
});

test('a busy provider is asked again, and one that does not let the key refund gives the money free', async () => {
  const charge = await fixture.paid(42);
  await fixture.asks(42, charge, 3000);
  local.stripe.faults.set({ busy: { next: 1 } });
  await fixture.performRefunds();
  expect(await fixture.rows()).toMatchObject([{ state: 'started' }]);
  await fixture.letTimePass();
  await fixture.performRefunds();
  expect(await fixture.rows()).toMatchObject([{ state: 'succeeded' }]);
});

/** A provider that works until the process dies at a point of it. */
const dying = (provider: PaymentProvider, at: 'reading' | 'before' | 'after'): PaymentProvider => ({
  ...provider,
  readPayment: at === 'reading' ? die : provider.readPayment,
  refund: async (order) => {
    if (at === 'after') await provider.refund(order);
    return die();
  },
});
const die = (): never => {
  throw new Error('the process died');
};
const inFlight = () =>
  database.db
    .update(outbox)
    .set({ state: 'in_flight', claims: 1, unfinished: 1, claimedUntil: sql`now()` })
    .where(eq(outbox.kind, 'refund_payment'));

describe('a process that dies between reservation and confirmation', () => {
  const DAY_MS = 25 * 3_600_000;
  test.each<[string, () => Promise<unknown>]>([
    ['before anybody took the effect up', async () => undefined],
    ['when it had taken it up', () => inFlight()],
    ['while it read the payment', () => fixture.performRefunds(dying(fixture.payments, 'reading'))],
    ['before Stripe got the request', () => fixture.performRefunds(dying(fixture.payments, 'before'))],
    [
      'after Stripe did it, before the answer was stored',
      () => fixture.performRefunds(dying(fixture.payments, 'after')),
    ],
    [
      'the same, and it stays down until Stripe has forgotten the key',
      async () => {
        await fixture.performRefunds(dying(fixture.payments, 'after'));
        fixture.advance(DAY_MS);
        local.clock.advance(DAY_MS);
      },
    ],
    [
      'when the answer comes after everybody stopped waiting',
      async () => {
        local.stripe.faults.set({ slow: { next: 1, ms: 1_000 } });
        await fixture.performRefunds();
      },
    ],
    [
      'after the confirmation, before the effect was done',
      async () => {
        await fixture.performRefunds();
        await inFlight();
      },
    ],
  ])('%s: after the restart there is exactly one refund', async (_when, dies) => {
    const charge = await fixture.paid(42);
    await fixture.asks(42, charge, 3000);
    await dies();
    for (let restart = 0; restart < 2; restart++) {
      await fixture.letTimePass();
      await fixture.performRefunds();
    }
    await fixture.perform();
    expect(fixture.atStripe(charge)).toHaveLength(1);
    expect(await fixture.kinds()).toEqual(['payment 10000', 'reserved 3000', 'confirmed 3000']);
    expect((await verifyEntries(readLedger(database.db))).problems).toEqual([]);
    expect(await fixture.rows()).toMatchObject([{ state: 'succeeded', providerRef: fixture.atStripe(charge)[0]?.id }]);
    expect(fixture.notes(42).filter((note) => note.startsWith('Refund of'))).toHaveLength(1);
  });
});

test('as long as Stripe may still be at work, "there is none" frees nothing', async () => {
  const charge = await fixture.paid(42, { amount: 4_000 });
  await fixture.asks(42, charge, 3000);
  await fixture.performRefunds(dying(fixture.payments, 'before'));
  local.stripe.account.dispute(charge);
  await fixture.letTimePass();
  await fixture.performRefunds();
  expect(await fixture.rows()).toMatchObject([{ state: 'started' }]);
  fixture.advance(120_000);
  await fixture.letTimePass();
  await fixture.performRefunds();
  expect(await fixture.rows()).toMatchObject([{ state: 'refused', refusedBecause: 'disputed' }]);
  expect(await fixture.kinds()).toEqual(['payment 4000', 'reserved 3000', 'released 3000']);
});

test('a payment whose dispute was lost is not refunded at Stripe, by hand or by an approval, as the bank has paid the customer', async () => {
  const tell = { hasAddress: () => false, ticketUrl: String };
  const charge = await fixture.paid(42);
  expect(await fixture.asks(42, charge, 1250)).toEqual(done);
  const dispute = local.stripe.account.dispute(charge);
  local.stripe.account.closeDispute(dispute?.id ?? '', 'lost');
  await fixture.performRefunds();
  expect(await fixture.rows()).toMatchObject([{ state: 'refused', refusedBecause: 'dispute_lost' }]);
  await fixture.finds(42, charge);
  const lost = refused('dispute_lost', 409);
  expect(await fixture.asks(42, charge, 1250)).toMatchObject(lost);
  const asked = { amount: { minor: 9000, currency: 'USD' }, reason: 'x', requestId: 'asked-lost' };
  const asks = (more: object) => fixture.performs(requestApprovalWith(BY_HAND, tell), 42, LENA, { ...asked, ...more });
  expect(await asks({ foundPayment: `stripe:${charge}` })).toMatchObject(lost);
  const paid = { minor: 10_000, currency: 'USD' };
  const own = { payment: { order: charge, paid, paidOn: '2026-11-01' } };
  expect(await fixture.refunds(42, 2000, own)).toMatchObject(refused('payment_at_provider', 409));
  expect(await asks(own)).toMatchObject(refused('payment_at_provider', 409));
  await fixture.perform();
  expect(fixture.notes(42).join()).toContain('was not made: the bank has paid the customer: lost dispute.');
});

test('a lost dispute of one payment keeps none of the customer’s other orders from being refunded by hand', async () => {
  const tell = { hasAddress: () => false, ticketUrl: String };
  const charge = await fixture.paid(42);
  const dispute = local.stripe.account.dispute(charge);
  const usd = (minor: number) => ({ minor, currency: 'USD' });
  const order = (name: string, minor = 9_000) => ({ order: name, paid: usd(minor), paidOn: '2026-11-20' });
  const asks = (payment?: object) =>
    fixture.performs(requestApprovalWith(BY_HAND, tell), 42, LENA, {
      amount: usd(8_000),
      reason: 'x',
      requestId: `asked-${(payment as { order?: string })?.order ?? 'unnamed'}`,
      payment,
    });
  const refunds = (payment?: object, more: object = {}) => fixture.refunds(42, 1_250, { payment, ...more } as never);
  await fixture.finds(42, charge);
  for (const payment of [undefined, order('PAYPAL-77')]) {
    expect(await refunds(payment)).toMatchObject(refused('other_disputed', 409));
    expect(await asks(payment)).toMatchObject(refused('other_disputed', 409));
  }
  local.stripe.account.closeDispute(dispute?.id ?? '', 'lost');
  await fixture.finds(42, charge);
  expect(await refunds(order('PAYPAL-77'))).toEqual({ kind: 'done' });
  expect(await asks(order('PAYPAL-78'))).toEqual({ kind: 'done' });
  // It may be the payment that the bank has paid back: which order it is must be said, and confirmed where the amount is the same.
  expect(await refunds()).toMatchObject(refused('order_needed', 409));
  expect(await asks()).toMatchObject(refused('order_needed', 409));
  const alike = order('PAYPAL-79', 10_000);
  expect(await refunds(alike, { isConfirmed: false })).toMatchObject(refused('needs_confirmation', 409));
  expect(await refunds(alike)).toEqual({ kind: 'done' });
});

test('a refund waits as long as Stripe asks, when it is asked too often', async () => {
  const charge = await fixture.paid(42);
  await fixture.asks(42, charge, 1250);
  const busy = new ProviderError('busy', 'Stripe answered 429', 90_000);
  await fixture.performRefunds({ ...fixture.payments, readPayment: () => Promise.reject(busy) });
  const [entry] = await database.db.select().from(outbox).where(eq(outbox.kind, 'refund_payment'));
  expect(entry?.dueAt.getTime()).toBeGreaterThan(Date.now() + 60_000);
});
