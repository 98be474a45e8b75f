// Tests asking a customer for feedback.
import { screen, within } from '@testing-library/react';
import { aCard, aCustomer, ago } from '../../testing/card-builders.ts';
import { ok, refusal } from '../../testing/fake-service.ts';
import { section, showSidebar, withFixedClock } from '../../testing/show-sidebar.tsx';

withFixedClock();

const POST = 'POST /api/tickets/42/feedback';
const HOUR = 3_600_000;

it('asks with one press or the keyboard, and then says when that was', async () => {
  const { user, service } = await showSidebar();
  const asked = aCustomer({ feedback: { survey: 'csat', requestedAt: ago(0) } });
  service.answer(POST, ok(aCard({ customer: asked }), 201));
  screen.getByRole('button', { name: 'Ask for feedback (CSAT)' }).focus();
  await user.keyboard('{Enter}');
  expect(service.calls.filter(({ method }) => method === 'POST')).toHaveLength(1);
  expect(within(section('Customer')).getByText(/^Feedback was asked for/)).toBeVisible();
  expect(screen.queryByRole('button', { name: /Ask for feedback/ })).toBeNull();
  expect(screen.getByText('The customer is asked for feedback.')).toBeInTheDocument();
  expect(screen.getByText(/^Feedback was asked for/).parentElement).toHaveFocus();
});

it('sends one request however often the button is pressed, and never takes the focus from it', async () => {
  const { user, service } = await showSidebar();
  service.answer(POST, 'never');
  const button = screen.getByRole('button', { name: 'Ask for feedback (CSAT)' });
  await user.click(button);
  await user.keyboard('{Enter}');
  expect(service.calls.filter(({ method }) => method === 'POST')).toHaveLength(1);
  // A browser takes the focus from a button that is disabled.
  expect(button).toBeEnabled();
});

it('says why the customer is not asked, in the agent’s language', async () => {
  const { user, service } = await showSidebar({ locale: 'de-DE' });
  const feedback = { why: 'contacted_recently', askedAt: ago(72 * HOUR), until: ago(-27 * 24 * HOUR) } as const;
  service.answer(POST, refusal(409, 'not_asked', { feedback }));
  await user.click(screen.getByRole('button', { name: 'Um Rückmeldung bitten (CSAT)' }));
  expect(screen.getByText(/wurde vor 3 Tagen befragt und wird vor dem .* nicht erneut befragt\./)).toBeVisible();
});

it('offers nothing where no survey is configured', async () => {
  await showSidebar({ card: { customer: aCustomer({ feedback: null }) } });
  expect(screen.queryByRole('button', { name: /Ask for feedback/ })).toBeNull();
});
