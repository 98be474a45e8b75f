// Tests giving something as goodwill, and taking it back.
import { screen } from '@testing-library/react';
import { aCard, aGoodwill, ago, usd } from '../../testing/card-builders.ts';
import { ok, refusal } from '../../testing/fake-service.ts';
import { showSidebar, withFixedClock } from '../../testing/show-sidebar.tsx';

withFixedClock();

const POST = 'POST /api/tickets/42/goodwill';
const NOTHING_GIVEN = aGoodwill({ leftToday: usd(100), given: [] });

async function opens(goodwill = NOTHING_GIVEN) {
  const shown = await showSidebar({ card: { goodwill } });
  await shown.user.click(screen.getByRole('button', { name: /^Goodwill: \$\d+ left today$/ }));
  return shown;
}

it('gives what the question says, with a reason, and shows then what to tell the customer', async () => {
  const { user, service } = await opens();
  service.answer(POST, ok(aCard({ goodwill: aGoodwill() }), 201));
  expect(screen.getByText('A parcel that came too late for a birthday')).toBeVisible();
  expect(screen.getByRole('button', { name: 'A year of Trail Club ($59)' })).toBeDisabled();
  await user.click(screen.getByRole('button', { name: 'Credit of $10 ($10)' }));
  expect(screen.getByText(/^Give Credit of \$10 \(\$10\) to .+\?$/)).toBeVisible();
  await user.keyboard('{Enter}');
  expect(screen.getByText('Enter a reason.')).toBeVisible();
  await user.keyboard('Came too late{Enter}');
  expect(service.calls.find(({ method }) => method === 'POST')?.body).toEqual({
    item: 'credit_10',
    value: usd(10),
    reason: 'Came too late',
    requestId: expect.any(String),
  });
  expect(await screen.findByText('For the customer: Code THANKS-10')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Goodwill: $90 left today' })).toBeVisible();
});

it('asks whether the same is meant once more, and says when too little is left', async () => {
  const { user, service } = await opens();
  service.answer(POST, refusal(409, 'needs_confirmation'));
  await user.click(screen.getByRole('button', { name: 'Credit of $10 ($10)' }));
  await user.keyboard('Came too late{Enter}');
  expect(screen.getByText(/was given to this customer before/)).toHaveFocus();
  service.answer(POST, refusal(409, 'goodwill_used_up'));
  await user.click(screen.getByRole('button', { name: 'Give Credit of $10 once more' }));
  const sent = service.calls.filter(({ method }) => method === 'POST');
  expect(sent.at(-1)?.body).toMatchObject({ isConfirmed: true });
  expect(screen.getByText(/^Too little is left for this/)).toBeVisible();
});

it('takes back what was given by mistake', async () => {
  const { user, service } = await showSidebar({ card: { goodwill: aGoodwill() } });
  const [given] = aGoodwill().given;
  if (given === undefined) throw new Error('nothing was given');
  const back = aGoodwill({ given: [{ ...given, give: null, takenBackAt: ago(0), mayTakeBack: false }] });
  service.answer('DELETE /api/tickets/42/goodwill/1', ok(aCard({ goodwill: back })));
  await user.click(screen.getByRole('button', { name: 'Take back: Credit of $10' }));
  expect(screen.getByText(/^taken back/)).toBeVisible();
  expect(screen.queryByText(/THANKS-10/)).toBeNull();
});

it('offers nothing to who may give nothing, and shows what was given', async () => {
  await showSidebar({ card: { goodwill: aGoodwill({ items: [], perDay: usd(0), leftToday: usd(0) }) } });
  expect(screen.queryByRole('button', { name: /Goodwill/ })).toBeNull();
  expect(screen.getByText(/^Credit of \$10 \(\$10\) given by Lena Fischer/)).toBeVisible();
});
