// Tests refunding a payment: what is found, what is allowed while typing, the confirmation, and a provider that does not answer.
import { screen } from '@testing-library/react';
import { aCard, ago, aRefund, usd } from '../../testing/card-builders.ts';
import { type FakeAnswer, ok, refusal } from '../../testing/fake-service.ts';
import { aPayment, found, PAYMENTS as GET, openPayments as open } from '../../testing/show-payments.ts';
import { withFixedClock } from '../../testing/show-sidebar.tsx';

withFixedClock();

const POST = 'POST /api/tickets/42/payment-refunds';

const amount = () => screen.getByRole('textbox', { name: 'Refund in USD' });
const type = async (user: Awaited<ReturnType<typeof open>>['user'], written: string) => {
  await user.click(amount());
  await user.paste(written);
  await user.click(screen.getByRole('textbox', { name: 'Reason for the refund' }));
  await user.paste('Late');
  await user.keyboard('{Enter}');
};
const posts = (service: { calls: readonly { method: string; body: unknown }[] }) =>
  service.calls.filter(({ method }) => method === 'POST').map(({ body }) => body);

it('says in the question when the payment is not verified as the customer’s', async () => {
  const { user } = await open(found());
  await type(user, '9');
  const asked = `Refund $9 to Visa •••• 4242, not verified as ${aCard().customer.name}’s?`;
  expect(screen.getByText(asked)).toBeVisible();
});

it('names the customer of a verified payment in the question', async () => {
  const { user } = await open(found({ payments: [aPayment({ match: 'verified' })] }));
  await type(user, '9');
  expect(screen.getByText(`Refund $9 to Visa •••• 4242 of ${aCard().customer.name}?`)).toBeVisible();
});

it('refunds after a question that says amount, card and customer, and shows what became of it', async () => {
  const { user, service } = await open(found());
  expect(screen.getByText('Found by e-mail address: not verified.')).toBeVisible();
  await type(user, '9');
  expect(posts(service)).toEqual([]);
  expect(screen.getByText(/^Refund \$9 to Visa •••• 4242/)).toHaveFocus();
  service.answer(POST, ok(aCard(), 201));
  const made = {
    requestId: 'request-1',
    ticketId: 42,
    amount: usd(9),
    instrument: aPayment().instrument,
    reasonCode: null,
    by: 'Ann Miller',
    at: ago(0),
    state: 'succeeded',
    providerRef: 're_123',
    refusedBecause: null,
  } as const;
  service.answer(GET, found({ refunds: [made] }));
  await user.click(screen.getByRole('button', { name: 'Refund $9' }));
  expect(posts(service)).toMatchObject([
    { payment: 'stripe:ch_1', amount: usd(9), reason: 'Late', requestId: expect.any(String) },
  ]);
  expect(screen.getByText(/made · re_123/)).toBeVisible();
});

it('sends the reason code that the agent chose of the list', async () => {
  const reasonCodes = [{ id: 'damaged', name: 'Arrived damaged' }];
  const { user, service } = await open(found(), { refund: aRefund({ reasonCodes }) });
  const [code] = screen.getAllByRole('combobox', { name: 'Reason code' });
  await user.selectOptions(code as HTMLElement, 'Arrived damaged');
  await type(user, '9');
  service.answer(POST, ok(aCard(), 201));
  await user.click(screen.getByRole('button', { name: 'Refund $9' }));
  expect(posts(service)).toMatchObject([{ reason: 'Late', reasonCode: 'damaged' }]);
});

it('says while the agent types what would be allowed, and asks nothing above it', async () => {
  const { user, service } = await open(found());
  expect(screen.getByRole('meter', { name: 'Of what you may refund' })).toHaveAttribute(
    'aria-valuetext',
    'You may refund up to $50; $80 is left of the payment.',
  );
  await type(user, '50.01');
  expect(screen.getByText('Enter an amount up to $50.')).toBeVisible();
  expect(posts(service)).toEqual([]);
});

it.each([
  [5_000, 'Limited by: your daily limit.'],
  [8_000, undefined],
])('names the rule that limits a refund, unless it is what is left of the payment: %s', async (most, said) => {
  const checks = [
    { rule: 'may_refund', allows: null },
    { rule: 'payment', allows: 8_000 },
    { rule: 'per_refund', allows: 9_000 },
    { rule: 'per_agent_per_day', allows: most },
    // Verified customers get more: no limit of the agent's.
    { rule: 'needs_verified_customer_above', allows: 2_500 },
  ];
  await open(found({ payments: [aPayment({ checks, upTo: usd(most / 100) })] }));
  expect(screen.queryByText(/Limited by/)?.textContent).toBe(said);
});

it('asks for approval of more than the agent may refund of this payment, up to what is left of it', async () => {
  const { user, service } = await open(found(), { refund: aRefund({ mayAsk: true, needsPayment: true }) });
  await type(user, '80.01');
  expect(screen.getByText('Enter an amount up to $80.')).toBeVisible();
  await user.clear(amount());
  await user.type(amount(), '60');
  service.answer('POST /api/tickets/42/refund-approvals', ok(aCard(), 201));
  await user.click(screen.getByRole('button', { name: 'Ask for approval of $60' }));
  expect(posts(service)).toEqual([
    { foundPayment: 'stripe:ch_1', amount: usd(60), reason: 'Late', requestId: expect.any(String) },
  ]);
  expect(amount()).toHaveValue('');
});

it('asks for approval also when nothing may be refunded alone, and never while the payment is disputed', async () => {
  const refund = aRefund({ mayAsk: true });
  await open(found({ payments: [aPayment({ upTo: usd(0) })] }), { refund });
  expect(screen.getByText('You cannot refund this payment now; $80 is left of it.')).toBeVisible();
  expect(amount()).toBeVisible();
  const dispute = { reason: 'fraudulent', evidenceDueBy: null, evidence: [] };
  await open(found({ payments: [aPayment({ upTo: usd(0), dispute })] }), { refund });
  expect(screen.queryByRole('textbox', { name: 'Refund in USD' })).not.toBeInTheDocument();
});

it('asks a second time before the same amount is refunded again', async () => {
  const { user, service } = await open(found());
  service.answer(POST, refusal(409, 'needs_confirmation'));
  await type(user, '9');
  await user.click(screen.getByRole('button', { name: 'Refund $9' }));
  service.answer(POST, ok(aCard(), 201));
  await user.click(screen.getByRole('button', { name: 'Refund $9 once more' }));
  expect(posts(service)).toMatchObject([{}, { isConfirmed: true }]);
});

it('asks a second time before approval of the same amount is asked for again, and a second click changes nothing', async () => {
  const { user, service } = await open(found(), { refund: aRefund({ mayAsk: true }) });
  const ASK = 'POST /api/tickets/42/refund-approvals';
  service.answer(ASK, refusal(409, 'needs_confirmation'));
  await type(user, '60');
  service.answer(ASK, 'never');
  await user.dblClick(screen.getByRole('button', { name: 'Ask for $60 once more' }));
  expect(posts(service)).toMatchObject([{}, { isConfirmed: true }]);
  expect(screen.getByText(/^The same amount was refunded here before/)).toBeVisible();
});

it.each([
  [{}, /disputes this payment at their bank \(product not received\)/, 1],
  [{ isLost: true }, /The bank has paid the customer: lost dispute/, 0],
])(
  'shows why a disputed payment cannot be refunded, and until when evidence is due if it is open: %j',
  async (more, why, deadlines) => {
    const dispute = { reason: 'product_not_received', evidenceDueBy: ago(-86_400_000), evidence: [], ...more };
    await open(found({ payments: [aPayment({ dispute, upTo: usd(0) })] }));
    expect(screen.getByRole('option').textContent).toMatch(/ · disputed$/);
    expect(screen.getByText(why)).toBeVisible();
    expect(screen.queryAllByText(/Evidence is due by/)).toHaveLength(deadlines);
    expect(screen.queryByRole('textbox', { name: 'Refund in USD' })).not.toBeInTheDocument();
  },
);

it.each<[string, FakeAnswer, boolean]>([
  [
    'the provider shows a dispute',
    found({ payments: [aPayment({ dispute: { reason: 'fraudulent', evidenceDueBy: null, evidence: [] } })] }),
    false,
  ],
  ['one was known and the provider does not answer', 'no network', true],
  ['one was known and no provider is connected', found({ problem: 'not_connected', payments: [] }), true],
])('says beforehand that nothing is recorded by hand: %s', async (_, answer, isAnyDisputed) => {
  await open(answer, { refund: aRefund({ isAnyDisputed }) });
  expect(screen.getByText(/no refund paid another way can be recorded here/)).toBeVisible();
  expect(screen.queryByRole('button', { name: /Record refund|Refund paid another way/ })).not.toBeInTheDocument();
});

it('still records refunds of other orders by hand after a lost dispute', async () => {
  const dispute = { isLost: true, reason: 'fraudulent', evidenceDueBy: null, evidence: [] };
  await open(found({ payments: [aPayment({ dispute, upTo: usd(0) })] }), { refund: aRefund({ needsPayment: true }) });
  expect(screen.queryByText(/no refund paid another way can be recorded here/)).not.toBeInTheDocument();
  expect(screen.getByRole('button', { name: /Refund paid another way/ })).toBeVisible();
});

it.each<[string, FakeAnswer]>([
  ['does not answer', found({ problem: 'unavailable', payments: [] })],
  ['cannot be asked', 'no network'],
])('leaves the rest of the sidebar as it is when the provider %s', async (_, answer) => {
  const { user, service } = await open(answer);
  expect(screen.getByText(/Payments cannot be shown now/)).toBeVisible();
  expect(screen.getByRole('button', { name: /Record refund/ })).toBeEnabled();
  service.answer(GET, found());
  await user.click(screen.getByRole('button', { name: 'Search again' }));
  expect(amount()).toBeVisible();
});
