// Tests the guidance beside a ticket that is not saved yet.
import { act, screen } from '@testing-library/react';
import { aCard, aGuidance } from '../../testing/card-builders.ts';
import { aService, ok } from '../../testing/fake-service.ts';
import { showSidebar, withFixedClock } from '../../testing/show-sidebar.tsx';

withFixedClock();

const context = { location: 'new_ticket_sidebar' };

it('shows the guidance by category, with canned replies but without ticking', async () => {
  const service = aService();
  service.answer('GET /api/guidance', ok({ toneOfVoice: 'Warm', categories: [aGuidance()] }));
  const { user, zendesk } = await showSidebar({ context, service });
  expect(service.calls.map(({ path }) => path)).toEqual(['/api/guidance']);
  await user.selectOptions(screen.getByRole('combobox', { name: 'What is it about?' }), 'Refunds');
  for (const checkbox of screen.getAllByRole('checkbox')) expect(checkbox).toBeDisabled();
  await user.click(screen.getByRole('button', { name: /^Insert into reply/ }));
  expect(zendesk.invoked.map(([name]) => name)).toContain('ticket.comment.appendText');
});

it('says if there is no guidance, and retries after a failure', async () => {
  const service = aService();
  const { user } = await showSidebar({ context, service });
  expect(screen.getByRole('alert')).toHaveTextContent('Deskwright could not be reached.');
  service.answer('GET /api/guidance', ok({ toneOfVoice: null, categories: [] }));
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(screen.getByText('The policy has no guidance yet.')).toBeVisible();
});

it('shows the cards as soon as the ticket is saved', async () => {
  const service = aService();
  service.answer('GET /api/guidance', ok({ toneOfVoice: null, categories: [] }));
  const { zendesk, pass } = await showSidebar({ context, service });
  service.answer('GET /api/tickets/42/card', ok(aCard()));
  act(() => zendesk.send('ticket.id.changed', 42));
  await pass(1);
  expect(screen.getByRole('heading', { name: 'Refunds Tier 1' })).toBeVisible();
});
