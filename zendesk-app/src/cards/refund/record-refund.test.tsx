// Tests recording a refund, and the list of those recorded.
import type { RecordedRefund } from '@deskwright/shared/contract';
import { screen, within } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { aCard, ago, aRecordedRefund, aRefund, usd } from '../../testing/card-builders.ts';
import { type FakeService, ok, refusal } from '../../testing/fake-service.ts';
import { section, showSidebar, withFixedClock } from '../../testing/show-sidebar.tsx';

withFixedClock();

const POST = 'POST /api/tickets/42/refunds';
const sent = ({ calls }: FakeService) => calls.filter(({ method }) => method === 'POST').map(({ body }) => body);
const amount = () => screen.getByRole('textbox', { name: /^(Amount|Betrag) in/ });
const reason = () => screen.getByRole('textbox', { name: /^(Reason|Grund)$/ });
const fill = async (user: UserEvent, field: HTMLElement, text: string) => {
  await user.click(field);
  await user.paste(text);
};
const open = async (parts: Parameters<typeof showSidebar>[0] = {}) => {
  const shown = await showSidebar(parts);
  await shown.user.click(within(section(/^(Refund|Erstattung)$/)).getByRole('button', { name: /up to|bis / }));
  return shown;
};

it('records an amount and a reason, shows it to everybody who opens the ticket, and starts a new form', async () => {
  const { user, service } = await open();
  service.answer(POST, ok(aCard({ recordedRefunds: [aRecordedRefund()] }), 201));
  await fill(user, amount(), '12.5');
  await fill(user, reason(), ' Arrived broken ');
  await user.click(screen.getByRole('button', { name: 'Record refund of $12.50' }));

  expect(sent(service)).toEqual([{ amount: usd(12.5), reason: 'Arrived broken', requestId: 'request-1' }]);
  expect(screen.getByText('$12.50 refunded by Ann Miller, 3 minutes ago')).toBeVisible();
  expect(screen.getByText('Arrived broken')).toBeVisible();
  expect(screen.getByText('Recorded a refund of $12.50.')).toBeInTheDocument();
  expect(amount()).toHaveValue('');
  await fill(user, amount(), '1');
  await fill(user, reason(), 'Again');
  await user.keyboard('{Enter}');
  expect(sent(service)).toMatchObject([{ requestId: 'request-1' }, { requestId: 'request-2' }]);
});

it('reads the amount as the agent’s language writes it', async () => {
  const euro = (minor: number) => ({ minor, currency: 'EUR' });
  const refund = aRefund({ upTo: euro(5000), perRefund: euro(5000), perDay: euro(20_000), usedToday: euro(0) });
  const { user, service } = await open({ locale: 'de-DE', card: { refund } });
  service.answer(POST, ok(aCard(), 201));
  await fill(user, amount(), '12,50');
  await fill(user, reason(), 'Kaputt angekommen');
  await user.keyboard('{Enter}');
  expect(sent(service)).toMatchObject([{ amount: euro(1250) }]);
});

it.each([
  ['', 'nothing'],
  ['twelve', 'a word'],
  ['50.01', 'more than the limit'],
  ['0', 'nothing at all'],
  ['12.505', 'more decimals than the currency has'],
])('sends nothing for %j: %s', async (written) => {
  const { user, service } = await open();
  if (written !== '') await fill(user, amount(), written);
  await fill(user, reason(), 'Arrived broken');
  await user.keyboard('{Enter}');
  expect(sent(service)).toEqual([]);
  expect(screen.getByText('Enter an amount up to $50.')).toBeVisible();
  expect(amount()).toHaveFocus();
  expect(amount()).toBeInvalid();
});

it('asks for the payment where the policy needs it, and once more for the same amount', async () => {
  const { user, service } = await open({ card: { refund: aRefund({ needsPayment: true }) } });
  service.answer(POST, refusal(409, 'needs_confirmation'));
  await fill(user, amount(), '12.50');
  await fill(user, reason(), 'Arrived broken');
  await user.keyboard('{Enter}');
  expect(screen.getByText('Enter the order.')).toBeVisible();
  await fill(user, screen.getByRole('textbox', { name: 'Order' }), '77');
  await fill(user, screen.getByRole('textbox', { name: 'Amount paid in USD' }), '80');
  await fill(user, screen.getByLabelText('Paid on'), '2026-11-01');
  await user.click(screen.getByRole('button', { name: 'Record refund of $12.50' }));
  service.answer(POST, ok(aCard(), 201));
  await user.click(screen.getByRole('button', { name: 'Record refund of $12.50 once more' }));
  const payment = { order: '77', paid: usd(80), paidOn: '2026-11-01' };
  expect(sent(service)).toMatchObject([{ payment }, { payment, isConfirmed: true, requestId: 'request-1' }]);
  expect(sent(service)[0]).not.toHaveProperty('isConfirmed');
});

it('sends nothing without a reason', async () => {
  const { user, service } = await open();
  await fill(user, amount(), '12.50');
  await user.keyboard('{Enter}');
  expect(sent(service)).toEqual([]);
  expect(screen.getByText('Enter a reason.')).toBeVisible();
  expect(reason()).toHaveFocus();
});

it('says what may be refunded when the service refuses, and keeps what was typed for the same request', async () => {
  const { user, service } = await open();
  service.answer(POST, refusal(409, 'above_limit', { upTo: usd(5) }));
  await fill(user, amount(), '12.50');
  await fill(user, reason(), 'Arrived broken');
  await user.keyboard('{Enter}');
  expect(screen.getByText('This is above what you may refund now ($5). Nothing was recorded.')).toBeVisible();
  expect(amount()).toHaveValue('12.50');
  service.answer(POST, 'no network');
  await user.click(screen.getByRole('button', { name: /^Record refund/ }));
  await user.click(screen.getByRole('button', { name: /^Record refund/ }));
  expect(sent(service).slice(1)).toMatchObject([{ requestId: 'request-1' }, { requestId: 'request-1' }]);
});

it('says that refunds are stopped, and keeps what was typed', async () => {
  const { user, service } = await open({ locale: 'de-DE' });
  service.answer(POST, refusal(409, 'refunds_stopped'));
  await fill(user, amount(), '12,50');
  await fill(user, reason(), 'Kaputt angekommen');
  await user.keyboard('{Enter}');
  expect(screen.getByRole('alert')).toHaveTextContent('Erstattungen und Kulanz sind zurzeit gestoppt.');
  expect(amount()).toHaveValue('12,50');
});

it('records another amount after the answer to the first was lost', async () => {
  const { user, service } = await open();
  service.answer(POST, refusal(409, 'conflict'));
  await fill(user, amount(), '12.50');
  await fill(user, reason(), 'Arrived broken');
  await user.keyboard('{Enter}');
  await user.keyboard('{Enter}');
  expect(sent(service)).toMatchObject([
    { amount: usd(12.5), requestId: 'request-1' },
    { amount: usd(12.5), reason: 'Arrived broken', requestId: 'request-2' },
  ]);
});

it('offers no form where nothing may be refunded, and none to those who may only read', async () => {
  const { user } = await showSidebar({ card: { refund: aRefund({ upTo: usd(0), leftToday: usd(0) }) } });
  await user.click(within(section('Refund')).getByRole('button'));
  expect(screen.queryByRole('textbox', { name: /^Amount/ })).not.toBeInTheDocument();
  await open({ card: { rights: { edit: false, correct: false } } });
  expect(screen.getByRole('button', { name: 'Record refund' })).toBeDisabled();
});

describe('a recorded refund', () => {
  const shows = (parts: Partial<RecordedRefund>) =>
    showSidebar({ card: { recordedRefunds: [aRecordedRefund(parts)] } });

  it('can be undone by who recorded it, and stays on the list', async () => {
    const { user, service, pass } = await shows({ mayUndo: true });
    const undone = aRecordedRefund({ undone: { by: 'Ann Miller', at: ago(0) } });
    service.answer('DELETE /api/tickets/42/refunds/3', ok(aCard({ recordedRefunds: [undone] })));
    await user.click(screen.getByRole('button', { name: 'Undo the refund of $12.50' }));
    await pass(0);
    expect(screen.getByText('undone by Ann Miller, this minute')).toBeVisible();
    expect(screen.getByText('The refund of $12.50 no longer counts.')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /^Undo the refund/ })).not.toBeInTheDocument();
    expect(screen.getByText('$12.50 refunded by Ann Miller, 3 minutes ago').parentElement?.parentElement).toHaveFocus();
  });

  it('cannot be undone on the next day', async () => {
    const { user, service } = await shows({ mayUndo: true });
    service.answer('DELETE /api/tickets/42/refunds/3', refusal(409, 'too_late'));
    await user.click(screen.getByRole('button', { name: 'Undo the refund of $12.50' }));
    expect(screen.getByText('This can be undone only on the day it was recorded.')).toBeVisible();
  });

  it('of a colleague shows without a button', async () => {
    await shows({});
    expect(screen.getByText('$12.50 refunded by Ann Miller, 3 minutes ago')).toBeVisible();
    expect(screen.queryByRole('button', { name: /^Undo the refund/ })).not.toBeInTheDocument();
  });

  it('shows also where the policy has no limits, on a closed ticket, and without its reason', async () => {
    await showSidebar({ card: { refund: null, recordedRefunds: [aRecordedRefund({ reason: null })] } });
    expect(screen.getByText('$12.50 refunded by Ann Miller, 3 minutes ago')).toBeVisible();
    expect(screen.queryByRole('button', { name: /Refund/ })).not.toBeInTheDocument();
  });
});
