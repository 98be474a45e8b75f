// Tests the evidence for a disputed payment.
import type { DisputeEvidence } from '@deskwright/shared/contract';
import { screen } from '@testing-library/react';
import { aCard, ago, usd } from '../../testing/card-builders.ts';
import { ok, refusal } from '../../testing/fake-service.ts';
import { aPayment, found, openPayments, PAYMENTS } from '../../testing/show-payments.ts';
import { withFixedClock } from '../../testing/show-sidebar.tsx';

withFixedClock();

const TICK = 'PUT /api/tickets/42/evidence/invoice';
const delivery = { id: 'delivery', text: 'Proof of delivery', done: { by: 'Dana Field', at: ago(0) } };
const invoice = { id: 'invoice', text: 'The invoice', done: null };
const disputed = (...evidence: DisputeEvidence[]) => {
  const dispute = { reason: 'fraudulent', evidenceDueBy: null, evidence };
  return found({ payments: [aPayment({ dispute, upTo: usd(0) })] });
};
const box = (name: string) => screen.getByRole('checkbox', { name });

it('names what is missing and who has the rest, and ticks and unticks', async () => {
  const { user, service } = await openPayments(disputed(delivery, invoice));
  expect(screen.getByText('Evidence for the bank: 1 of 2 missing')).toBeVisible();
  expect(screen.getByText(/^Dana Field, /)).toBeVisible();
  expect(box('Proof of delivery')).toBeChecked();
  expect(box('The invoice')).not.toBeChecked();
  service.answer(TICK, ok(aCard()));
  service.answer(PAYMENTS, disputed(delivery, { ...invoice, done: { by: 'Lena Fischer', at: ago(0) } }));
  await user.click(box('The invoice'));
  expect(screen.getByText('Evidence for the bank: complete')).toBeVisible();
  service.answer('PUT /api/tickets/42/evidence/delivery', ok(aCard()));
  service.answer(PAYMENTS, disputed({ ...delivery, done: null }));
  await user.click(box('Proof of delivery'));
  expect(box('Proof of delivery')).not.toBeChecked();
  expect(service.calls.filter(({ method }) => method === 'PUT').map(({ body }) => body)).toEqual([
    { payment: 'stripe:ch_1', done: true },
    { payment: 'stripe:ch_1', done: false },
  ]);
});

it('shows a tick that is refused as missing again, with the reason', async () => {
  const { user, service } = await openPayments(disputed(invoice));
  service.answer(TICK, refusal(409, 'choice_gone'));
  await user.click(box('The invoice'));
  expect(box('The invoice')).not.toBeChecked();
  expect(screen.getByRole('alert')).toBeVisible();
});

it('is shown and not ticked by who may only read', async () => {
  await openPayments(disputed(invoice), { rights: { edit: false, correct: false } });
  expect(box('The invoice')).toBeDisabled();
});
