// Tests the refund card: limits, what is left, and whom to ask.
import type { RefundCard } from '@deskwright/shared/contract';
import { screen, within } from '@testing-library/react';
import { aRefund, usd } from '../../testing/card-builders.ts';
import { section, showSidebar, withFixedClock } from '../../testing/show-sidebar.tsx';

withFixedClock();

it('shows the limit, what is left today, who may approve above it and when to verify', async () => {
  const { user } = await showSidebar();
  const refund = within(section('Refund'));
  expect(refund.getByText('above: ask Lena Fischer')).toBeVisible();
  await user.click(refund.getByRole('button', { name: 'Refund up to $50' }));
  expect(
    refund.getByText('Above $100, verify the customer’s identity first. Limit for Tier 1: $50 per refund.'),
  ).toBeVisible();
  const meter = refund.getByRole('meter', { name: 'Refunded today' });
  expect(meter).toHaveAttribute('aria-valuetext', '$60 of $200 used today');
  expect(meter).toHaveAttribute('aria-valuenow', '6000');
  expect(meter).toHaveAttribute('aria-valuemax', '20000');
  expect(refund.getByText('Includes only refunds recorded in Deskwright.')).toBeVisible();
});

it('claims nothing about today while nothing was recorded today', async () => {
  const { user } = await showSidebar({ card: { refund: aRefund({ usedToday: usd(0), leftToday: usd(200) }) } });
  const refund = within(section('Refund'));
  await user.click(refund.getByRole('button', { name: 'Refund up to $50' }));
  expect(refund.queryByText(/recorded in Deskwright/)).not.toBeInTheDocument();
  expect(refund.queryByRole('meter')).not.toBeInTheDocument();
  expect(refund.queryByText(/used today/)).not.toBeInTheDocument();
});

it('says that an agent may not refund, and whom to ask', async () => {
  const nothing = { perRefund: usd(0), perDay: usd(0), usedToday: usd(0), leftToday: usd(0), upTo: usd(0) };
  const { user } = await showSidebar({
    card: { refund: aRefund({ ...nothing, because: { by: 'default' }, approvers: ['Lena', 'Omar'] }) },
  });
  await user.click(screen.getByRole('button', { name: 'You cannot issue refunds. Ask Lena or Omar.' }));
  expect(screen.getByText('No refund limit is set for you.')).toBeVisible();
  expect(screen.queryByText(/recorded in Deskwright/)).not.toBeInTheDocument();
  expect(screen.queryByRole('meter')).not.toBeInTheDocument();
});

it.each<[string, Partial<RefundCard>, string]>([
  ['a tier without a limit', { because: { by: 'default', tierName: 'Trainees' } }, 'Trainees cannot refund. Ask Lena.'],
  ['a tier limited to 0', { because: { by: 'tier', tierName: 'Trainees' } }, 'Trainees cannot refund. Ask Lena.'],
  ['named agents', { because: { by: 'agent', name: 'Trainees' } }, 'Trainees cannot refund. Ask Lena.'],
  ['agents without a name for them', { because: { by: 'agent' } }, 'You cannot issue refunds. Ask Lena.'],
  [
    'an approver',
    { because: { by: 'default', tierName: 'Leads' }, mayApprove: true },
    'Leads cannot refund. You may approve more.',
  ],
])('says who cannot refund: %s', async (_, parts, said) => {
  const nothing = { perRefund: usd(0), perDay: usd(0), usedToday: usd(0), leftToday: usd(0), upTo: usd(0) };
  await showSidebar({ card: { refund: aRefund({ ...nothing, approvers: ['Lena'], ...parts }) } });
  expect(screen.getByRole('button', { name: said })).toBeVisible();
});

it('tells an approver that they may approve more, and up to what', async () => {
  const { user } = await showSidebar({ card: { refund: aRefund({ mayApprove: true }) } });
  const refund = within(section('Refund'));
  expect(refund.getByText('You may approve more')).toBeVisible();
  expect(refund.queryByText(/ask/)).not.toBeInTheDocument();
  await user.click(refund.getByRole('button', { name: 'Refund up to $50' }));
  expect(refund.getByText(/You may approve refunds above the limit, whatever the amount\./)).toBeVisible();
});

it('shows the limit beside a ticket that is not about money only when asked', async () => {
  const { user } = await showSidebar({ card: { refund: aRefund({ aboutMoney: false }) } });
  const refund = within(section('Refund'));
  expect(document.body).not.toHaveTextContent('$50');
  await user.click(refund.getByRole('button', { name: 'Refund limit' }));
  expect(refund.getByText('Refund up to $50')).toBeVisible();
  expect(refund.getByText('above: ask Lena Fischer')).toBeVisible();
  expect(refund.getByRole('meter', { name: 'Refunded today' })).toBeVisible();
});

it('says that the daily limit is used up', async () => {
  const refund = aRefund({ usedToday: usd(200), leftToday: usd(0), upTo: usd(0), approvers: [] });
  const { user } = await showSidebar({ card: { refund } });
  await user.click(screen.getByRole('button', { name: 'You have used today’s $200. Ask your team lead.' }));
  expect(screen.getByText(/Includes only refunds recorded in Deskwright\.$/)).toBeVisible();
});

it('shows no refund card if the policy has no refunds', async () => {
  await showSidebar({ card: { refund: null } });
  expect(screen.queryByText(/\$\d/, { selector: 'strong' })).not.toBeInTheDocument();
  expect(screen.queryByRole('region', { name: 'Refund' })).not.toBeInTheDocument();
});

it.each([
  ['de-DE', 'Erstattung bis 50 €'],
  ['en-US', 'Refund up to €50'],
])('writes money as %s does', async (locale, written) => {
  const euro = (minor: number) => ({ minor, currency: 'EUR' });
  await showSidebar({ locale, card: { refund: aRefund({ upTo: euro(5000), leftToday: euro(1234) }) } });
  expect(screen.getByText((text) => text.replaceAll('\u00a0', ' ') === written)).toBeVisible();
});

it('shows no amounts before the service has answered', async () => {
  await showSidebar({ card: 'never' });
  expect(document.body).not.toHaveTextContent(/\$|Refund/);
});
