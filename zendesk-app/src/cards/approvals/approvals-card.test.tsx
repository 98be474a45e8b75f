// Tests asking for a refund above the limit, and answering such a request.
import type { RefundApproval } from '@deskwright/shared/contract';
import { screen, within } from '@testing-library/react';
import { aCard, ago, anApproval, aRefund, usd } from '../../testing/card-builders.ts';
import { ok, refusal } from '../../testing/fake-service.ts';
import { showSidebar, withFixedClock } from '../../testing/show-sidebar.tsx';

withFixedClock();

const withRequest = (part: Partial<RefundApproval> = {}) => ({
  refundApprovals: { here: [anApproval(part)], elsewhere: [{ ticketId: 50, amount: usd(70) }] },
});

it('approves what the question says, with card and customer, lowered as the approver types, and tells who else waits', async () => {
  const { user, service } = await showSidebar({ card: withRequest() });
  const answered = withRequest({
    state: 'approved',
    granted: usd(80),
    mayAnswer: false,
    answer: { by: 'Ann', at: ago(0), why: null },
  });
  service.answer('PUT /api/tickets/42/refund-approvals/7/answer', ok(aCard(answered)));
  expect(screen.getByText('Also waiting for you: #50 ($70)')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Approve $90' })).toBeEnabled();
  await user.type(screen.getByRole('textbox', { name: 'Amount to approve in USD' }), '91');
  expect(screen.getByRole('button', { name: 'Approve $90' })).toBeDisabled();
  await user.clear(screen.getByRole('textbox', { name: 'Amount to approve in USD' }));
  await user.type(screen.getByRole('textbox', { name: 'Amount to approve in USD' }), '80');
  await user.click(screen.getByRole('button', { name: 'Approve $80' }));
  const question = screen.getByText('Approve the refund of $80 to Visa •••• 4242, not verified as Jo Rivera’s?');
  expect(question).toHaveFocus();
  expect(service.calls.filter(({ method }) => method === 'PUT')).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Approve $80' }));
  expect(service.calls.at(-1)?.body).toEqual({ answer: 'approve', asked: usd(90), granted: usd(80), why: '' });
  expect(screen.getByText(/\$80 of \$90 approved by Ann/)).toBeVisible();
});

it.each([
  ['verified', {}, -60_000, 'Approve the refund of $90 to Visa •••• 4242 of Jo Rivera?'],
  ['verified until now', {}, 0, /^Approve the refund of \$90 to Visa •••• 4242, not verified as/],
  [
    'ticket field',
    { match: 'ticket_field' },
    -60_000,
    /^Approve the refund of \$90 to Visa •••• 4242, not verified as/,
  ],
])('says whose card it is for a verified customer only: %s', async (_, part, untilAgo, question) => {
  const payment = { ...anApproval().payment, ...part } as RefundApproval['payment'];
  const verified = { method: 'code' as const, by: 'Lena', at: ago(0), until: ago(untilAgo) };
  const verification = { verified, lockedUntil: null, code: null, questions: [] };
  const { user } = await showSidebar({ card: { ...withRequest({ payment }), verification } });
  await user.click(screen.getByRole('button', { name: 'Approve $90' }));
  expect(screen.getByText(question)).toBeVisible();
});

it('names the order of a refund that a person pays, and once more what was refunded before', async () => {
  const { user, service } = await showSidebar({ card: withRequest({ payment: { order: '77' } }) });
  service.answer('PUT /api/tickets/42/refund-approvals/7/answer', refusal(409, 'needs_confirmation'));
  await user.click(screen.getByRole('button', { name: 'Approve $90' }));
  expect(screen.getByText('Approve $90 of order 77 for Jo Rivera, paid by hand?')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Approve $90' }));
  await user.click(await screen.findByRole('button', { name: 'Approve $90 once more' }));
  expect(service.calls.findLast(({ method }) => method === 'PUT')?.body).toMatchObject({ isConfirmed: true });
});

it('says beforehand that a dispute keeps a request from being granted, and another from being asked', async () => {
  const { user } = await showSidebar({
    card: { refund: aRefund({ mayAsk: true, isAnyDisputed: true }), ...withRequest({ isDisputed: true }) },
  });
  expect(screen.getByText(/so this cannot be approved/)).toBeVisible();
  expect(screen.queryByRole('button', { name: /^Approve/ })).not.toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Decline' })).toBeEnabled();
  await user.click(screen.getByRole('button', { name: 'Ask for more' }));
  expect(screen.getByText(/approval can be asked only for a payment in the list/)).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Ask for approval' })).not.toBeInTheDocument();
});

it('only lets decline a request whose payment is no longer found for the customer', async () => {
  const instrument = { kind: 'payment', brand: null, last4: null };
  const payment = { payment: 'stripe:ch_1', instrument, isGone: true, match: 'ticket_field' as const };
  const { user, service } = await showSidebar({ card: withRequest({ payment }) });
  service.answer('PUT /api/tickets/42/refund-approvals/7/answer', ok(aCard()));
  expect(screen.getByText(/^A payment that is no longer found for this customer/)).toBeVisible();
  expect(screen.queryByRole('button', { name: /^Approve/ })).not.toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Decline' }));
  expect(service.calls.findLast(({ method }) => method === 'PUT')?.body).toMatchObject({ answer: 'decline' });
});

it('shows no answer to who may not give one, and lets who asked take it back', async () => {
  await showSidebar({ card: withRequest({ mayAnswer: false, mayWithdraw: true }) });
  expect(screen.queryByRole('button', { name: /^Approve/ })).toBeNull();
  expect(screen.getByRole('button', { name: 'Take back' })).toBeEnabled();
});

it('asks for more than the limit, and shows the request', async () => {
  const card = { refund: aRefund({ mayAsk: true }) };
  const { user, service } = await showSidebar({ card });
  service.answer('POST /api/tickets/42/refund-approvals', ok(aCard(withRequest({ mayAnswer: false })), 201));
  await user.click(screen.getByRole('button', { name: 'Ask for more' }));
  const [amount] = screen.getAllByRole('textbox', { name: 'Amount in USD' }).slice(-1);
  const [reason] = screen.getAllByRole('textbox', { name: 'Reason' }).slice(-1);
  await user.type(amount as HTMLElement, '90');
  await user.type(reason as HTMLElement, 'It leaked');
  await user.click(screen.getByRole('button', { name: 'Ask for approval' }));
  const sent = service.calls.find(({ method }) => method === 'POST');
  expect(sent?.body).toMatchObject({ amount: usd(90), reason: 'It leaked' });
  expect(await screen.findByText(/^Lena Fischer asks to refund \$90/)).toBeVisible();
});

it('asks for the payment where the policy needs it, also while another is waiting', async () => {
  const refund = aRefund({ mayAsk: true, needsPayment: true });
  const { user, service } = await showSidebar({ card: { refund, ...withRequest({ payment: { order: '7' } }) } });
  service.answer('POST /api/tickets/42/refund-approvals', ok(aCard(), 201));
  await user.click(screen.getByRole('button', { name: 'Ask for more' }));
  const ask = within(screen.getByRole('button', { name: 'Ask for approval' }).closest('form') as HTMLElement);
  await user.type(ask.getByRole('textbox', { name: 'Amount in USD' }), '90');
  await user.type(ask.getByRole('textbox', { name: 'Reason' }), 'It leaked');
  expect(screen.getByRole('button', { name: 'Ask for approval' })).toBeDisabled();
  await user.type(ask.getByRole('textbox', { name: 'Order' }), '77');
  await user.type(ask.getByRole('textbox', { name: 'Amount paid in USD' }), '120');
  await user.type(ask.getByLabelText('Paid on'), '2026-11-01');
  await user.click(screen.getByRole('button', { name: 'Ask for approval' }));
  const payment = { order: '77', paid: usd(120), paidOn: '2026-11-01' };
  expect(service.calls.find(({ method }) => method === 'POST')?.body).toMatchObject({ amount: usd(90), payment });
});

it('says that it was not asked, and sends what is asked then as a new request', async () => {
  const { user, service } = await showSidebar({ card: { refund: aRefund({ mayAsk: true }) } });
  service.answer('POST /api/tickets/42/refund-approvals', refusal(409, 'conflict'));
  await user.click(screen.getByRole('button', { name: 'Ask for more' }));
  await user.type(screen.getAllByRole('textbox', { name: 'Amount in USD' }).at(-1) as HTMLElement, '90');
  await user.type(screen.getAllByRole('textbox', { name: 'Reason' }).at(-1) as HTMLElement, 'It leaked');
  await user.click(screen.getByRole('button', { name: 'Ask for approval' }));
  expect(screen.getByText(/^Another agent already changed this ticket/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Ask for approval' }));
  const [first, second] = service.calls.filter(({ method }) => method === 'POST').map(({ body }) => body);
  expect(second).toEqual({ ...(first as object), requestId: expect.any(String) });
  expect(second).not.toEqual(first);
});
