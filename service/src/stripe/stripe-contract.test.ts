// The adapter, with Stripe's own client, against the local Stripe.
import {
  type LocalZendesk,
  STRIPE_READ_ONLY_KEY,
  STRIPE_SECRET_KEY,
  STRIPE_WEBHOOK_SECRET,
  startLocalZendesk,
} from '@deskwright/local-zendesk';
import { ProviderError, type RefundOrder } from '../payments/payment-provider.ts';
import { createStripeProvider, readStripeEvent } from './create-stripe-provider.ts';

let local: LocalZendesk;
beforeAll(async () => {
  local = await startLocalZendesk({ port: 0, smtpPort: 0, seed: 'empty' });
});
afterEach(() => local.stripe.faults.reset());
afterAll(() => local.stop());

const access = (given: { secretKey?: string; accounts?: string[] } = {}) => ({
  secretKey: STRIPE_SECRET_KEY,
  baseUrl: local.url,
  accounts: [],
  webhookSecret: STRIPE_WEBHOOK_SECRET,
  ...given,
});
const provider = (given: Parameters<typeof access>[0] = {}) => createStripeProvider(access(given), { refundMs: 300 });
const charge = (given: Partial<Parameters<typeof local.stripe.account.addCharge>[0]> = {}) =>
  local.stripe.account.addCharge({ amount: 5_000, currency: 'usd', ...given });
let requests = 0;
function order(paymentId: string, given: Partial<RefundOrder> = {}): RefundOrder {
  requests += 1;
  return {
    paymentId,
    amount: { minor: 2_000, currency: 'USD' },
    idempotencyKey: `key-${requests}`,
    requestId: `request-${requests}`,
    ticketId: 7,
    ...given,
  };
}
const refundsOf = (id: string) => local.stripe.account.refunds(null).filter(({ charge: of }) => of === id);

test('finds payments by an address as it is given and in lower case', async () => {
  const [asGiven, lower] = ['Mia@Mail.test', 'mia@mail.test'].map((email) =>
    charge({ customer: local.stripe.account.addCustomer({ email }).id }),
  );
  const found = async (email: string) =>
    (await provider().findPayments({ ticketFields: [], customerIds: [], emails: [email] })).map(({ id }) => id);
  expect(new Set(await found('Mia@Mail.test'))).toEqual(new Set([asGiven?.id, lower?.id]));
  expect(await found('mia@mail.test')).toEqual([lower?.id]);
});

test('finds payments by customer id, address and ticket field, each once and by the match that counts most', async () => {
  const customer = local.stripe.account.addCustomer({ email: 'rosa@mail.test' }).id;
  const [old, recent] = [charge({ customer, at: Date.now() - 9e7 }), charge({ customer, description: 'Tent' })];
  const named = charge();
  const guest = charge({ email: 'Rosa@mail.test' });
  const stranger = charge({
    email: 'rosa@mail.test',
    customer: local.stripe.account.addCustomer({ email: 'x@mail.test' }).id,
  });
  const find = (ticketFields: string[], emails: string[], customerIds: string[] = []) =>
    provider().findPayments({ ticketFields, emails, customerIds });
  const byMail = await find([], ['rosa@mail.test', 'nobody@mail.test']);
  expect(byMail.map(({ id, matchedBy }) => [id, matchedBy])).toEqual([
    [recent.id, 'email'],
    [old.id, 'email'],
  ]);
  expect(byMail[0]).toMatchObject({
    amount: { minor: 5_000, currency: 'USD' },
    refunded: { minor: 0, currency: 'USD' },
    instrument: { kind: 'card', brand: 'visa', last4: '4242' },
    dispute: null,
    description: 'Tent',
  });
  const fields = [named.payment_intent, guest.id, stranger.id, 'ch_unknown', customer, 'cus_unknown'];
  const all = await find(fields, ['rosa@mail.test']);
  expect(new Map(all.map(({ id, matchedBy }) => [id, matchedBy]))).toEqual(
    new Map([
      [named.id, 'ticket_field'],
      [guest.id, 'email'],
      [stranger.id, 'ticket_field'],
      [recent.id, 'email'],
      [old.id, 'email'],
    ]),
  );
  const known = await find([customer], ['rosa@mail.test'], [customer, 'cus_unknown']);
  expect(known.map(({ id, matchedBy }) => [id, matchedBy])).toEqual([
    [recent.id, 'customer_id'],
    [old.id, 'customer_id'],
  ]);
});

test('refunds in parts until nothing is left, and says why no more', async () => {
  const { id } = charge();
  expect(await provider().refund(order(id))).toMatchObject({ state: 'succeeded', providerRef: expect.any(String) });
  const tooMuch = order(id, { amount: { minor: 3_001, currency: 'USD' } });
  expect(await provider().refund(tooMuch)).toEqual({ state: 'refused', reason: 'not_enough_left' });
  await provider().refund(order(id, { amount: { minor: 3_000, currency: 'USD' } }));
  expect(await provider().refund(order(id))).toEqual({ state: 'refused', reason: 'already_refunded' });
  expect(await provider().readPayment(id)).toMatchObject({ refunded: { minor: 5_000, currency: 'USD' } });
});

test('refuses what is disputed, unknown, or more than the balance, and tells the deadline of a dispute', async () => {
  const disputed = charge().id;
  local.stripe.account.dispute(disputed, { reason: 'fraudulent', dueInS: 86_400 });
  expect(await provider().refund(order(disputed))).toEqual({ state: 'refused', reason: 'disputed' });
  expect((await provider().readPayment(disputed))?.dispute).toMatchObject({
    state: 'open',
    reason: 'fraudulent',
    evidenceDueBy: expect.any(Date),
  });
  expect(await provider().readPayment('ch_unknown')).toBeNull();
  expect(await provider().refund(order('ch_unknown'))).toEqual({ state: 'refused', reason: 'payment_missing' });
  local.stripe.account.setBalance(100);
  expect(await provider().refund(order(charge().id))).toEqual({ state: 'refused', reason: 'balance_insufficient' });
  local.stripe.account.setBalance(null);
});

test('a refund to a bank account is pending, and later succeeds or fails', async () => {
  const { id } = charge({ method: 'us_bank_account' });
  const asked = order(id);
  const made = await provider().refund(asked);
  expect(made).toMatchObject({ state: 'pending' });
  const of = { paymentId: id, requestId: asked.requestId };
  expect(await provider().findRefund(of)).toMatchObject({ state: 'pending', requestId: asked.requestId });
  local.stripe.account.settleRefund((made as { providerRef: string }).providerRef, 'failed');
  expect(await provider().findRefund(of)).toMatchObject({ state: 'failed' });
  expect(await provider().readPayment(id)).toMatchObject({ refunded: { minor: 0 } });
});

test('an answer lost after the work was done leaves it open, and the refund is found by its request', async () => {
  const { id } = charge();
  const asked = order(id);
  // The client asks a second time by itself when a connection ends.
  local.stripe.faults.set({ slow: { next: 1, ms: 2_000 } });
  await expect(provider().refund(asked)).rejects.toMatchObject({ kind: 'unavailable', isUndone: false });
  expect(await provider().findRefund({ paymentId: id, requestId: asked.requestId })).toMatchObject({
    state: 'succeeded',
    amount: { minor: 2_000, currency: 'USD' },
  });
  expect(refundsOf(id)).toHaveLength(1);
});

test('one key refunds once for 24 hours, also when the connection ends without an answer; then Stripe has forgotten it', async () => {
  const { id } = charge({ amount: 9_000 });
  const asked = order(id);
  local.stripe.faults.set({ lost: { next: 1 } });
  await provider().refund(asked);
  await provider().refund(asked);
  expect(refundsOf(id)).toHaveLength(1);
  local.clock.advance(24 * 3_600_000);
  await provider().refund(asked);
  expect(refundsOf(id)).toHaveLength(2);
});

test.each([
  ['busy', 'busy', true],
  ['broken', 'unavailable', false],
] as const)('a provider that is %s', async (fault, kind, isUndone) => {
  const { id } = charge();
  local.stripe.faults.set({ [fault]: { next: 1 } });
  const failed = await provider()
    .refund(order(id))
    .catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(ProviderError);
  expect(failed).toMatchObject({ kind, isUndone });
});

test('lists refunds since a time, with the request of ours and null of others', async () => {
  const { id } = charge();
  const asked = order(id);
  await provider().refund(asked);
  local.stripe.account.refund({ charge: id, amount: 500 });
  const found = [];
  for await (const refund of provider().listRefunds({ since: new Date(local.clock.now() - 1_000) })) found.push(refund);
  expect(found.slice(0, 2)).toMatchObject([
    { paymentId: id, amount: { minor: 500 }, requestId: null },
    { paymentId: id, amount: { minor: 2_000 }, requestId: asked.requestId },
  ]);
});

test('payments of connected accounts are found, and refunded there', async () => {
  const account = 'acct_shop';
  const customer = local.stripe.account.addCustomer({ email: 'otto@mail.test', account }).id;
  const { id } = charge({ account, customer });
  const connected = provider({ accounts: [account] });
  const [found] = await connected.findPayments({ ticketFields: [], customerIds: [], emails: ['otto@mail.test'] });
  expect(found?.id).toBe(`${account}/${id}`);
  expect(await connected.refund(order(`${account}/${id}`))).toMatchObject({ state: 'succeeded' });
  expect(await connected.refund(order(id))).toEqual({ state: 'refused', reason: 'payment_missing' });
});

test('an event of a connected account that is not named asks for nothing', async () => {
  const { signStripe } = await import('../../../local-zendesk/src/stripe/stripe-webhooks.ts');
  const now = Date.now();
  const object = { object: 'charge', id: 'ch_1' };
  const body = JSON.stringify({ type: 'charge.refunded', account: 'acct_other', data: { object } });
  const signature = signStripe(body, STRIPE_WEBHOOK_SECRET, Math.floor(now / 1_000));
  const read = (accounts: string[]) => provider({ accounts }).readEvent(Buffer.from(body), signature, now);
  expect(read(['acct_shop'])).toEqual({ kind: 'other' });
  expect(read(['acct_other'])).toEqual({ kind: 'payment', paymentId: 'acct_other/ch_1' });
});

test('Stripe counts some currencies otherwise, and cannot move every amount', async () => {
  const isk = charge({ amount: 500_00, currency: 'isk' }).id;
  expect(await provider().readPayment(isk)).toMatchObject({ amount: { minor: 500, currency: 'ISK' } });
  await provider().refund(order(isk, { amount: { minor: 120, currency: 'ISK' } }));
  expect(refundsOf(isk)).toMatchObject([{ amount: 120_00 }]);
  const kwd = charge({ amount: 10_000, currency: 'kwd' }).id;
  const refused = await provider().refund(order(kwd, { amount: { minor: 1_005, currency: 'KWD' } }));
  expect(refused).toEqual({ state: 'refused', reason: 'amount_not_possible' });
  const yen = charge({ amount: 1_200, currency: 'jpy' }).id;
  expect(await provider().readPayment(yen)).toMatchObject({ amount: { minor: 1_200, currency: 'JPY' } });
});

test('tells which right a key lacks, and that a wrong key is not accepted', async () => {
  expect(await provider().checkAccess()).toEqual([]);
  expect(await provider({ secretKey: STRIPE_READ_ONLY_KEY }).checkAccess()).toEqual([
    expect.stringContaining('may not write Refunds'),
  ]);
  expect(await provider({ secretKey: 'sk_test_wrong' }).checkAccess()).toEqual([
    expect.stringContaining('does not accept STRIPE_SECRET_KEY'),
  ]);
});

test('a webhook is read only with its signature, over the bytes as they came, and not long after', async () => {
  const { signStripe } = await import('../../../local-zendesk/src/stripe/stripe-webhooks.ts');
  const { id } = charge();
  await provider().refund(order(id));
  const event = local.stripe.webhooks.events().findLast(({ type }) => type === 'charge.refunded');
  const body = JSON.stringify(event);
  const now = Date.now();
  const signature = signStripe(body, STRIPE_WEBHOOK_SECRET, Math.floor(now / 1_000));
  const read = (text: string, secret = STRIPE_WEBHOOK_SECRET, at = now) =>
    readStripeEvent(Buffer.from(text), signature, secret, at);
  expect(read(body)).toEqual({ kind: 'payment', paymentId: id });
  expect(read(`${body} `)).toEqual({ kind: 'forged' });
  expect(read(body, 'whsec_other')).toEqual({ kind: 'forged' });
  expect(read(body, STRIPE_WEBHOOK_SECRET, now + 6 * 60_000)).toEqual({ kind: 'forged' });
});
