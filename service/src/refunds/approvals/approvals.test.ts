import type { ManualPayment } from '@deskwright/shared/contract';
import { asc } from 'drizzle-orm';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { people } from '../../directory/tables.ts';
import { outbox } from '../../platform/outbox/tables.ts';
import {
  type ActionsFixture,
  LENA as BASE,
  createActionsFixture,
  T1,
  T2,
} from '../../sidebar/actions/testing/actions-fixture.ts';
import type { Agent } from '../../sidebar/identity/agent.ts';
import { readLedger } from '../ledger/ledger.ts';
import { verifyEntries } from '../ledger/verify-entries.ts';
import { recordStop } from '../stop.ts';
import { foundPayments, refundApprovals } from '../tables.ts';
import { answerApprovalWith } from './answer-approval.ts';
import { keepApprovals } from './keep-approvals.ts';
import { requestApprovalWith, withdrawApproval } from './request-approval.ts';

const LENA: Agent = { ...BASE, groupIds: [T1] };
const OMAR: Agent = { ...LENA, id: 3, name: 'Omar Haddad', email: 'omar@northwind.test' };
const ANA: Agent = { ...LENA, id: 4, name: 'Ana Kurz', email: 'ana@northwind.test', groupIds: [T2] };
const HEAD: Agent = { ...LENA, id: 5, name: 'Hal Head', email: 'head@northwind.test', groupIds: [] };
const LIGHT: Agent = { ...OMAR, may: { edit: false, editTags: false, assignTo: 'own_groups' } };
const REFUNDS = `
refunds:
  currency: USD
  needs_verified_customer_above: 400
  limits:
    - { tier: t1, per_refund: 50, per_agent_per_day: 100 }
    - { tier: t2, per_refund: 80, per_agent_per_day: 150 }
  approve_above_limit: [omar@northwind.test]
  approvals: { tiers: [t2], expires: 24h, escalate_after: 2h, escalate_to: [head@northwind.test], slack: leads }
`;

let database: TestDatabase;
let fixture: ActionsFixture;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.clear();
  fixture = createActionsFixture(database, '', REFUNDS);
  await fixture.placed(42);
  await fixture.placed(43);
  fixture.actsAt('2026-11-24T12:00:00Z');
});
afterAll(() => database.drop());

const done = { kind: 'done' };
const refused = (error: string) => ({ kind: 'refused', refusal: { error } });
const usd = (minor: number) => ({ minor, currency: 'USD' });
const notify = {
  hasAddress: (channel: string) => channel === 'leads',
  ticketUrl: (id: number) => `https://z.test/${id}`,
};
const setting = {
  isVerified: (_: unknown, id: number) => Promise.resolve(fixture.verified.has(id)),
  hasProvider: false,
};
interface AskOptions {
  agent?: Agent;
  ticketId?: number;
  requestId?: string;
  payment?: ManualPayment;
  foundPayment?: string;
  isConfirmed?: boolean;
}
const asks = (cents: number, { agent = LENA, ticketId = 42, requestId, ...more }: AskOptions = {}) =>
  fixture.performs(requestApprovalWith(setting, notify), ticketId, agent, {
    amount: usd(cents),
    reason: 'It leaked',
    requestId: requestId ?? `asked-${ticketId}-${cents}`,
    ...more,
  });
const rows = () => database.db.select().from(refundApprovals).orderBy(asc(refundApprovals.id));
interface AnswerOptions {
  asked?: number;
  ticketId?: number;
  why?: string;
  isConfirmed?: boolean;
}
const answers = async (
  agent: Agent,
  granted: number | null,
  { asked = 6_000, ticketId = 42, why = '', ...more }: AnswerOptions = {},
) => {
  const approvalId = (await rows()).at(-1)?.id ?? 0;
  const body = {
    answer: granted === null ? 'decline' : 'approve',
    asked: usd(asked),
    granted: granted === null ? null : usd(granted),
  };
  return fixture.performs(answerApprovalWith(setting), ticketId, agent, { approvalId, ...body, why, ...more });
};
const keep = (at: string) =>
  keepApprovals(database.db, { policy: fixture.deps.policy.current().policy, notify, now: new Date(at) });
const entries = async () => {
  const all = [];
  for await (const entry of readLedger(database.db)) all.push(entry);
  return all;
};

test('a request reserves nothing, is told once, and stands on the ticket', async () => {
  expect(await asks(6_000)).toEqual(done);
  expect(await asks(6_000)).toEqual(done);
  expect(await rows()).toMatchObject([
    {
      state: 'open',
      amountMinor: 6_000,
      rule: 'refunds.limits of tier t1: per_refund',
      expiresAt: new Date('2026-11-25T12:00:00Z'),
    },
  ]);
  expect(await entries()).toEqual([]);
  const messages = (await database.db.select().from(outbox)).filter(({ kind }) => kind === 'slack_message');
  expect(messages).toMatchObject([
    { payload: { channel: 'leads', summary: expect.arrayContaining([{ bold: '$60' }]) } },
  ]);
  expect(JSON.stringify(messages)).not.toContain('leaked');
  await fixture.perform();
  expect(fixture.notes(42).join()).toContain('Lena Fischer asks for approval of a refund of $60');
});

test.each([
  ['what the agent may refund alone', 5_000, {}, 'approval_not_needed'],
  ['of an agent without a limit', 6_000, { agent: { ...LENA, groupIds: [] } }, 'forbidden'],
  ['of a light agent', 6_000, { agent: { ...LENA, may: LIGHT.may } }, 'read_only'],
  ['more than was paid', 6_000, { payment: { order: '7', paid: usd(5_999), paidOn: '2026-11-01' } }, 'above_payment'],
])('a request for %s is refused', async (_, cents, more, error) => {
  expect(await asks(cents, more)).toMatchObject(refused(error));
  expect(await rows()).toEqual([]);
});

test('one request waits for each payment of a ticket, and all of a payment ask for no more than is left of it', async () => {
  const payment = { order: '7', paid: usd(15_000), paidOn: '2026-11-01' };
  const another = { ...payment, order: '8' };
  await asks(6_000);
  expect(await asks(7_000, { agent: OMAR })).toMatchObject(refused('approval_asked'));
  expect(await asks(6_100, { payment })).toEqual(done);
  expect(await asks(6_200, { payment })).toMatchObject(refused('approval_asked'));
  expect(await asks(6_300, { payment: another })).toEqual(done);
  const elsewhere = (cents: number) => asks(cents, { payment, ticketId: 43 });
  expect(await elsewhere(8_901)).toMatchObject({ refusal: { error: 'above_payment', upTo: usd(8_900) } });
  expect(await elsewhere(8_900)).toEqual(done);
  expect((await rows()).map(({ state }) => state)).toEqual(['open', 'open', 'open', 'open']);
});

test('the database keeps both, whatever a service asks it to write', async () => {
  await asks(6_000, { payment: { order: '7', paid: usd(9_000), paidOn: '2026-11-01' } });
  const [row] = await rows();
  const writes = (change: object) =>
    database.db
      .insert(refundApprovals)
      .values({ ...row, id: undefined, requestId: 'written-again', ...change } as never);
  await expect(writes({ amountMinor: 1 })).rejects.toMatchObject({ cause: { code: '23505' } });
  await expect(writes({ ticketId: 43, amountMinor: 3_001 })).rejects.toMatchObject({ cause: { code: '23000' } });
  await writes({ ticketId: 43, amountMinor: 3_000 });
});

test('a granted request is refunded, counts for who granted it, and the books keep both names', async () => {
  await database.db.insert(people).values({ id: LENA.id, name: LENA.name, role: 'agent', fetchedAt: new Date() });
  await asks(6_000, { payment: { order: '7', paid: usd(9_000), paidOn: '2026-11-01' } });
  expect(await answers(OMAR, 6_000, { why: 'Once' })).toEqual(done);
  expect(await entries()).toMatchObject([
    { kind: 'payment', payment: 'manual:7', amountMinor: 9_000 },
    { kind: 'reserved', agentId: LENA.id, approvedBy: OMAR.id, rule: 'refunds.approve_above_limit' },
    { kind: 'confirmed', requestId: 'asked-42-6000' },
  ]);
  expect(await verifyEntries(await entries())).toMatchObject({ problems: [] });
  expect(await rows()).toMatchObject([{ state: 'approved', grantedMinor: 6_000, answeredBy: OMAR.id, answer: 'Once' }]);
  for (const cents of [5_000, 4_999]) expect(await fixture.refunds(43, cents, { agent: LENA })).toEqual(done);
  expect(await fixture.refunds(43, 4_001, { agent: OMAR })).toMatchObject({ refusal: { upTo: usd(4_000) } });
  await fixture.perform();
  expect(fixture.notes(42).join()).toContain(
    'Refund of $60 of order 7 recorded by Lena Fischer, approved by Omar Haddad',
  );
});

test('it can be lowered or declined', async () => {
  await asks(6_000);
  expect(await answers(OMAR, 5_500)).toEqual(done);
  await asks(6_000, { ticketId: 43, requestId: 'asked-second' });
  expect(await answers(OMAR, null, { ticketId: 43, why: 'Too much' })).toEqual(done);
  expect(await rows()).toMatchObject([
    { state: 'approved', grantedMinor: 5_500 },
    { state: 'declined', grantedMinor: null, answer: 'Too much' },
  ]);
  expect(await fixture.refunded()).toMatchObject([{ amountMinor: 5_500 }]);
});

test.each<[string, Agent, number, object, string]>([
  ['one’s own', { ...LENA, email: 'omar@northwind.test' }, 6_000, {}, 'forbidden'],
  ['by somebody whom the policy does not name', { ...LENA, id: 9, email: 'x@northwind.test' }, 6_000, {}, 'forbidden'],
  ['by whom it is escalated to, before it is', HEAD, 6_000, {}, 'forbidden'],
  ['by a light agent', LIGHT, 6_000, {}, 'read_only'],
  ['with more than was asked for', OMAR, 6_001, {}, 'bad_request'],
  ['that the page showed with another amount', OMAR, 6_000, { asked: 9_000 }, 'approval_answered'],
  ['from another ticket', OMAR, 6_000, { ticketId: 43 }, 'not_found'],
])('a request is not answered: %s; that is logged, and nothing is refunded', async (_, agent, granted, more, error) => {
  await asks(6_000);
  expect(await answers(agent, granted, more)).toMatchObject(refused(error));
  expect(fixture.logged.at(-1)).toMatchObject({ action: 'answer_refund_approval', agentId: agent.id, refusal: error });
  expect(await entries()).toEqual([]);
  expect(await rows()).toMatchObject([{ state: 'open' }]);
});

test('of two approvers at once one answers, and the same answer again changes nothing', async () => {
  await asks(6_000);
  const both = await Promise.all([answers(OMAR, 6_000), answers(ANA, 6_000)]);
  expect(both.map(({ kind }) => kind).toSorted()).toEqual(['done', 'refused']);
  const [winner, loser] = both[0]?.kind === 'done' ? [OMAR, ANA] : [ANA, OMAR];
  expect(await answers(winner, 6_000)).toEqual(done);
  expect(await answers(winner, 5_000)).toMatchObject(refused('approval_answered'));
  expect(await answers(loser, null)).toMatchObject(refused('approval_answered'));
  expect(await fixture.refunded()).toHaveLength(1);
});

test('a tier of approvers grants up to its own limits', async () => {
  await asks(9_000);
  expect(await answers(ANA, 9_000, { asked: 9_000 })).toMatchObject({
    refusal: { error: 'above_limit', upTo: usd(8_000) },
  });
  expect(await answers(ANA, 8_000, { asked: 9_000 })).toEqual(done);
  await asks(9_000, { ticketId: 43 });
  expect(await answers(ANA, 8_000, { asked: 9_000, ticketId: 43 })).toMatchObject({ refusal: { upTo: usd(7_000) } });
});

test('what changed since the request holds: a stop, the verified customer, what is left of the payment', async () => {
  const payment = { order: '7', paid: usd(50_000), paidOn: '2026-11-01' };
  fixture.verified.add(42);
  await asks(45_000, { payment });
  fixture.verified.delete(42);
  expect(await answers(OMAR, 45_000, { asked: 45_000 })).toMatchObject(refused('needs_verification'));
  fixture.verified.add(42);
  await fixture.refunds(43, 5_000, { payment });
  await fixture.refunds(43, 1, { payment });
  expect(await answers(OMAR, 45_000, { asked: 45_000 })).toMatchObject({
    refusal: { error: 'above_payment', upTo: usd(44_999) },
  });
  await recordStop(database.db, { action: 'stop', who: 'ana', why: 'Audit', at: new Date() });
  expect(await answers(OMAR, 44_999, { asked: 45_000 })).toMatchObject(refused('refunds_stopped'));
});

test('an unverified customer, and the same amount once more, are told when it is asked and not at the grant', async () => {
  expect(await asks(45_000)).toMatchObject(refused('needs_verification'));
  await asks(6_000);
  await answers(OMAR, 6_000);
  expect(await asks(6_000, { requestId: 'asked-again' })).toMatchObject(refused('needs_confirmation'));
  expect(await rows()).toHaveLength(1);
  expect(await asks(6_000, { requestId: 'asked-again', isConfirmed: true })).toEqual(done);
  expect(await answers(ANA, 6_000)).toMatchObject(refused('needs_confirmation'));
  expect(await answers(ANA, 6_000, { isConfirmed: true })).toEqual(done);
});

test('a payment that only a field of the ticket names is not a verified customer’s, whoever approves', async () => {
  fixture.verified.add(42);
  const found = { ticketId: 42, requesterId: 900, payment: 'stripe:ch_1', amountMinor: 50_000, currency: 'USD' };
  const shown = { refundedMinor: 0, isDisputed: false, paidAt: new Date('2026-11-01T12:00:00Z'), readAt: new Date() };
  const instrument = { kind: 'card', brand: 'visa', last4: '4242' };
  await database.db.insert(foundPayments).values({ ...found, ...shown, instrument, matchedBy: 'ticket_field' });
  const foundPayment = found.payment;
  expect(await asks(45_000, { foundPayment })).toMatchObject(refused('payment_unproven'));
  expect(await asks(39_000, { foundPayment })).toEqual(done);
  expect(await answers(OMAR, 39_000, { asked: 39_000 })).toEqual(done);
  await database.db.update(foundPayments).set({ matchedBy: 'email' });
  expect(await asks(10_000, { foundPayment })).toEqual(done);
});

test('while a payment found for the ticket is disputed, nothing is recorded, asked for or granted by hand, whatever it names', async () => {
  const payment = { order: '7', paid: usd(9_000), paidOn: '2026-11-01' };
  await asks(6_000, { payment });
  const found = { ticketId: 42, requesterId: 900, payment: 'stripe:ch_1', amountMinor: 9_000, currency: 'USD' };
  const shown = { refundedMinor: 0, isDisputed: true, paidAt: new Date('2026-11-01T12:00:00Z'), readAt: new Date() };
  const instrument = { kind: 'card', brand: 'visa', last4: '4242' };
  await database.db.insert(foundPayments).values({ ...found, ...shown, instrument, matchedBy: 'email' });
  const disputed = refused('other_disputed');
  expect(await answers(OMAR, 6_000)).toMatchObject(disputed);
  expect(await asks(6_000, { requestId: 'asked-unnamed' })).toMatchObject(disputed);
  expect(await asks(6_000, { requestId: 'asked-another', payment: { ...payment, order: '8' } })).toMatchObject(
    disputed,
  );
  for (const named of [{}, { payment }]) expect(await fixture.refunds(42, 1_000, named)).toMatchObject(disputed);
  expect(await entries()).toEqual([]);
  await database.db.update(foundPayments).set({ requesterId: 901 });
  expect(await fixture.refunds(42, 1_000)).toEqual(done);
  expect(await answers(OMAR, 6_000)).toEqual(done);
});

test('after a lost dispute the request for another order is granted, and none without an order or for that payment', async () => {
  const payment = { order: '7', paid: usd(8_000), paidOn: '2026-11-01' };
  const shown = { refundedMinor: 0, isDisputed: false, paidAt: new Date('2026-11-01T12:00:00Z'), readAt: new Date() };
  const found = { ticketId: 42, requesterId: 900, payment: 'stripe:ch_1', amountMinor: 9_000, currency: 'USD' };
  const instrument = { kind: 'card', brand: 'visa', last4: '4242' };
  await database.db.insert(foundPayments).values({ ...found, ...shown, instrument, matchedBy: 'email' });
  await asks(6_000, { requestId: 'asked-unnamed' });
  await asks(6_000, { requestId: 'asked-found', foundPayment: found.payment });
  await asks(6_000, { requestId: 'asked-named', payment });
  await database.db.update(foundPayments).set({ isDisputed: true, disputeState: 'lost' });
  const grants = async (requestId: string) => {
    const id = (await rows()).find((row) => row.requestId === requestId)?.id;
    const answer = { answer: 'approve', asked: usd(6_000), granted: usd(6_000), isConfirmed: true, why: '' };
    return fixture.performs(answerApprovalWith(setting), 42, OMAR, { approvalId: id, ...answer });
  };
  expect(await grants('asked-unnamed')).toMatchObject(refused('order_needed'));
  expect(await grants('asked-found')).toMatchObject(refused('dispute_lost'));
  expect(await grants('asked-named')).toEqual(done);
});

test('the same form sent again for another payment or with another reason code is refused, and asks for nothing', async () => {
  const payment = { order: '7', paid: usd(9_000), paidOn: '2026-11-01' };
  const asksOnce = (more: object) => asks(6_000, { requestId: 'asked-once', ...more });
  expect(await asksOnce({ payment })).toEqual(done);
  expect(await asksOnce({ payment: { ...payment, order: '#7' } })).toEqual(done);
  const others = [{ order: '8' }, { paid: usd(9_001) }, { paidOn: '2026-11-02' }];
  const entered = others.map((other) => ({ payment: { ...payment, ...other } }));
  for (const more of [{}, ...entered, { foundPayment: 'stripe:ch_1' }])
    expect(await asksOnce(more)).toMatchObject({ status: 409 });
  expect(await asksOnce({ payment, reasonCode: 'damaged' })).toMatchObject({ status: 409 });
  expect(await rows()).toHaveLength(1);
});

test('it escalates, and expires; then it can be asked again', async () => {
  await asks(6_000);
  expect(await keep('2026-11-24T13:59:59Z')).toEqual({ expired: 0, escalated: 0 });
  expect(await keep('2026-11-24T14:00:00Z')).toEqual({ expired: 0, escalated: 1 });
  expect(await keep('2026-11-24T14:01:00Z')).toEqual({ expired: 0, escalated: 0 });
  fixture.actsAt('2026-11-25T12:00:00Z');
  expect(await answers(HEAD, 6_000)).toMatchObject(refused('too_late'));
  expect(await keep('2026-11-25T12:00:00Z')).toEqual({ expired: 1, escalated: 0 });
  expect(await asks(6_000, { requestId: 'asked-again' })).toEqual(done);
  await keep('2026-11-25T14:00:00Z');
  expect(await answers(HEAD, 6_000)).toEqual(done);
});

test('a request that expired a moment ago keeps nobody from asking again', async () => {
  await asks(6_000);
  fixture.actsAt('2026-11-25T12:00:00Z');
  expect(await asks(6_000, { requestId: 'asked-again' })).toEqual(done);
  expect((await rows()).map(({ state }) => state)).toEqual(['expired', 'open']);
  expect(await keep('2026-11-25T12:00:00Z')).toEqual({ expired: 0, escalated: 0 });
});

test('only who asked takes a request back, which stands on the ticket', async () => {
  await asks(6_000);
  const approvalId = (await rows())[0]?.id;
  expect(await fixture.performs(withdrawApproval, 42, OMAR, { approvalId })).toMatchObject(refused('forbidden'));
  expect(await fixture.performs(withdrawApproval, 42, LENA, { approvalId })).toEqual(done);
  expect(await answers(OMAR, 6_000)).toMatchObject(refused('approval_answered'));
  // The same form asks for nothing any more.
  expect(await asks(6_000)).toMatchObject(refused('conflict'));
  await fixture.perform();
  expect(fixture.notes(42).join()).toContain('Lena Fischer took back the request to approve a refund of $60');
});
