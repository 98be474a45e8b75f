import type { LocalZendesk } from '@deskwright/local-zendesk';
import type { TicketPayments } from '@deskwright/shared/contract';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { type PaymentProvider, ProviderError } from '../../payments/payment-provider.ts';
import { LENA } from '../../sidebar/actions/testing/actions-fixture.ts';
import { readTicket } from '../../sidebar/card/read-ticket.ts';
import { createRefundsFixture, type RefundsFixture, startStripe } from '../testing/refunds-fixture.ts';
import { paymentsCall } from './payments-call.ts';

let database: TestDatabase;
let local: LocalZendesk;
let fixture: RefundsFixture;
let email: string;
let customers = 0;
let charges: { mailed: string; named: string };
beforeAll(async () => {
  [database, local] = await Promise.all([createTestDatabase(), startStripe()]);
});
beforeEach(async () => {
  await database.clear();
  fixture = createRefundsFixture(database, local);
  email = `robin${++customers}@shop.test`;
  const { account } = local.stripe;
  const customer = account.addCustomer({ email }).id;
  const at = Date.now();
  const mailed = account.addCharge({ amount: 8_000, currency: 'usd', customer, at }).id;
  const named = account.addCharge({ amount: 9_000, currency: 'usd', at: at - 1_000 }).id;
  charges = { mailed, named };
  await fixture.placed(42, 'Money back', { custom_fields: [{ id: 7, value: named }] });
});
afterAll(() => Promise.all([database.drop(), local.stop()]));

async function shows(payments: PaymentProvider = fixture.payments): Promise<TicketPayments> {
  const { db } = database;
  const person = async () => ({ email }) as never;
  const directory = { current: () => ({ ...fixture.deps.directory, person }) };
  const isVerified = async (_: unknown, id: number) => fixture.verified.has(id);
  const call = paymentsCall({ db, payments, policy: fixture.deps.policy, directory, isVerified, clock: Date.now });
  const found = await readTicket(db, 42);
  if (!found) throw new Error('no ticket');
  const answer = await call.answer({ ...found, agent: LENA }, {});
  if (answer.kind === 'refused') throw new Error(answer.refusal.message);
  return answer.body as TicketPayments;
}
const matches = async () =>
  Object.fromEntries((await shows()).payments.map(({ payment, match }) => [payment.slice('stripe:'.length), match]));

test('a payment is verified by a verified customer’s address, and never by a field that anybody may have filled in', async () => {
  expect(await matches()).toEqual({ [charges.mailed]: 'email', [charges.named]: 'ticket_field' });
  fixture.verified.add(42);
  expect(await matches()).toEqual({ [charges.mailed]: 'verified', [charges.named]: 'ticket_field' });
});

test('while the provider does not answer, the last known payments are shown with their age', async () => {
  const dead = {
    ...fixture.payments,
    findPayments: () => Promise.reject(new ProviderError('unavailable', 'Stripe did not answer')),
  };
  expect(await shows(dead)).toMatchObject({ problem: 'unavailable', payments: [] });
  const { asOf } = await shows();
  const last = await shows(dead);
  expect(last).toMatchObject({
    problem: 'unavailable',
    asOf,
    payments: [
      { payment: `stripe:${charges.mailed}`, amount: { minor: 8_000 }, upTo: { minor: 5_000 } },
      { payment: `stripe:${charges.named}` },
    ],
  });
});
