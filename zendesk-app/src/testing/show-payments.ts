// Shows the card of payments as the provider answers.
import type { TicketCard, TicketPayment, TicketPayments } from '@deskwright/shared/contract';
import { within } from '@testing-library/react';
import { ago, usd } from './card-builders.ts';
import { aService, type FakeAnswer, ok } from './fake-service.ts';
import { section, showSidebar } from './show-sidebar.tsx';

export const PAYMENTS = 'GET /api/tickets/42/payments';

export const aPayment = (parts: Partial<TicketPayment> = {}): TicketPayment => ({
  payment: 'stripe:ch_1',
  paidAt: ago(86_400_000),
  amount: usd(120),
  left: usd(80),
  upTo: usd(50),
  checks: [],
  instrument: { kind: 'card', brand: 'visa', last4: '4242' },
  match: 'email',
  description: 'Rain jacket',
  dispute: null,
  ...parts,
});
export const found = (parts: Partial<TicketPayments> = {}) =>
  ok({ asOf: ago(0), problem: null, payments: [aPayment()], refunds: [], ...parts });
export async function openPayments(answer: FakeAnswer, card: Partial<TicketCard> = {}) {
  const service = aService();
  service.answer(PAYMENTS, answer);
  const shown = await showSidebar({ service, card });
  await shown.user.click(within(section('Refund')).getByRole('button', { name: /up to/ }));
  return shown;
}
