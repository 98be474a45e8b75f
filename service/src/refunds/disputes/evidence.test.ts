import type { LocalZendesk } from '@deskwright/local-zendesk';
import type { TicketPayments } from '@deskwright/shared/contract';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { people } from '../../directory/tables.ts';
import { type PaymentProvider, ProviderError } from '../../payments/payment-provider.ts';
import { LENA, OMAR } from '../../sidebar/actions/testing/actions-fixture.ts';
import { readTicket } from '../../sidebar/card/read-ticket.ts';
import { paymentsCall } from '../api/payments-call.ts';
import { comparePayment } from '../reconciliation/compare-payment.ts';
import { NOBODY_VERIFIED } from '../record-refund.ts';
import { foundPayments } from '../tables.ts';
import { createRefundsFixture, type RefundsFixture, startStripe } from '../testing/refunds-fixture.ts';
import { tickEvidence } from './evidence.ts';

let database: TestDatabase;
let local: LocalZendesk;
let fixture: RefundsFixture;
let charge: string;
beforeAll(async () => {
  [database, local] = await Promise.all([createTestDatabase(), startStripe()]);
});
beforeEach(async () => {
  await database.clear();
  fixture = createRefundsFixture(
    database,
    local,
    `
  disputes:
    evidence:
      - { id: invoice, text: The invoice }
      - { id: login, text: Log of sign-ins, reasons: [fraudulent, unrecognized] }
      - { id: delivery, text: Proof of delivery, reasons: [product_not_received] }
`,
  );
  await database.db.insert(people).values({ id: LENA.id, name: LENA.name, role: 'agent', fetchedAt: new Date() });
  charge = local.stripe.account.addCharge({ amount: 5_000, currency: 'usd' }).id;
  await fixture.placed(42, 'Money back', { custom_fields: [{ id: 7, value: charge }] });
});
afterAll(() => Promise.all([database.drop(), local.stop()]));

const evidence = async (payments?: PaymentProvider) =>
  (await dispute(payments))?.evidence.map(({ id, done }) => [id, done?.by ?? null]);

async function dispute(payments: PaymentProvider = fixture.payments) {
  const { db } = database;
  const directory = { current: () => ({ ...fixture.deps.directory, person: async () => null }) };
  const { policy } = fixture.deps;
  const call = paymentsCall({ db, payments, policy, directory, isVerified: NOBODY_VERIFIED, clock: Date.now });
  const found = await readTicket(db, 42);
  if (!found) throw new Error('no ticket');
  const answer = await call.answer({ ...found, agent: LENA }, {});
  if (answer.kind === 'refused') throw new Error(answer.refusal.message);
  return (answer.body as TicketPayments).payments[0]?.dispute;
}
const ticks = (evidenceId: string, done = true, agent = LENA, payment = `stripe:${charge}`) =>
  fixture.performs(tickEvidence, 42, agent, { evidenceId, payment, done });
const isDisputed = async () => {
  local.stripe.account.dispute(charge);
  await evidence();
};
const done = { kind: 'done' };
const refused = (error: string) => ({ kind: 'refused', refusal: { error } });

const isDead = () => ({
  ...fixture.payments,
  findPayments: () => Promise.reject(new ProviderError('unavailable', 'Stripe did not answer')),
});

test('shows what the policy wants for the dispute’s reason, and everything while the reason is not known', async () => {
  await isDisputed();
  const wanted = [
    ['invoice', null],
    ['delivery', null],
  ];
  expect(await evidence()).toEqual(wanted);
  expect(await evidence(isDead())).toEqual(wanted);
  // As the former version stored it.
  await database.db.update(foundPayments).set({ disputeId: null, disputeReason: null });
  expect(await evidence(isDead())).toHaveLength(3);
});

test('a dispute that Stripe tells of stands on the card with reason and deadline while Stripe is down, and goes when it is closed', async () => {
  await evidence();
  const { db } = database;
  const check = () =>
    comparePayment({ db, payments: fixture.payments, clock: Date.now, timeZone: () => 'UTC' }, `stripe:${charge}`);
  const opened = local.stripe.account.dispute(charge, { reason: 'fraudulent' });
  await check();
  expect(await dispute(isDead())).toMatchObject({
    reason: 'fraudulent',
    evidenceDueBy: new Date(Number(opened?.evidence_details.due_by) * 1_000).toISOString(),
    evidence: [{ id: 'invoice' }, { id: 'login' }],
  });
  local.stripe.account.closeDispute(opened?.id ?? '', 'won');
  await check();
  expect(await dispute(isDead())).toBeNull();
});

test('a lost dispute asks for no evidence, has no deadline and takes no ticks, also while Stripe is down', async () => {
  const opened = local.stripe.account.dispute(charge);
  await evidence();
  local.stripe.account.closeDispute(opened?.id ?? '', 'lost');
  const lost = { isLost: true, evidenceDueBy: null, evidence: [] };
  expect(await dispute()).toMatchObject(lost);
  expect(await dispute(isDead())).toMatchObject(lost);
  expect(await ticks('invoice')).toMatchObject(refused('conflict'));
});

test('the second dispute of a payment begins with nothing ticked', async () => {
  const first = local.stripe.account.dispute(charge);
  await evidence();
  await ticks('invoice');
  local.stripe.account.closeDispute(first?.id ?? '', 'won');
  await isDisputed();
  expect((await evidence())?.[0]).toEqual(['invoice', null]);
  await ticks('invoice', true, OMAR);
  expect((await evidence())?.[0]).toEqual(['invoice', `#${OMAR.id}`]);
});

test('what is ticked while the dispute’s id is not known counts for the one that is open', async () => {
  await isDisputed();
  await evidence();
  // As the former version stored it.
  await database.db.update(foundPayments).set({ disputeId: null });
  await ticks('invoice');
  expect((await evidence(isDead()))?.[0]).toEqual(['invoice', LENA.name]);
  expect((await evidence())?.[0]).toEqual(['invoice', LENA.name]);
});

test('what one agent ticked all see; the first stays named, and each tick is logged', async () => {
  await isDisputed();
  expect(await ticks('invoice')).toEqual(done);
  expect(await ticks('invoice', true, OMAR)).toEqual(done);
  expect(await evidence()).toEqual([
    ['invoice', LENA.name],
    ['delivery', null],
  ]);
  expect(fixture.logged).toContainEqual(
    expect.objectContaining({ action: 'tick_evidence', agentId: LENA.id, evidenceId: 'invoice', done: true }),
  );
  expect([await ticks('invoice', false, OMAR), await ticks('invoice', false)]).toEqual([done, done]);
  expect((await evidence())?.[0]).toEqual(['invoice', null]);
});

test('refused: who may only read, what the policy does not have, another payment, and one that is not disputed', async () => {
  await evidence();
  expect(await ticks('invoice')).toMatchObject(refused('conflict'));
  await isDisputed();
  expect(await ticks('invoice', true, { ...LENA, may: { ...LENA.may, edit: false } })).toMatchObject(
    refused('read_only'),
  );
  expect(await ticks('receipt')).toMatchObject(refused('choice_gone'));
  expect(await ticks('invoice', true, LENA, 'stripe:ch_other')).toMatchObject(refused('not_found'));
  expect((await evidence())?.map(([, by]) => by)).toEqual([null, null]);
});
