// Checks all states with axe, light and dark, and the language of the page.
import { screen } from '@testing-library/react';
import { STATES } from '../../../gallery/states.ts';
import { aService } from '../../testing/fake-service.ts';
import { findViolations } from '../../testing/find-violations.ts';
import { showSidebar, withFixedClock } from '../../testing/show-sidebar.tsx';

withFixedClock();

it.each(Object.keys(STATES))('finds nothing in the state "%s"', async (name) => {
  const state = STATES[name] ?? {};
  const service = aService();
  if (state.guidance !== undefined) service.answer('GET /api/guidance', state.guidance);
  const card = [state.card ?? 'never'].flat().at(-1) ?? 'never';
  const context = state.newTicket === true ? { context: { location: 'new_ticket_sidebar' } } : {};
  await showSidebar({ card, service, ...context });
  await expect(findViolations()).resolves.toEqual([]);
});

it.each(['light', 'dark'] as const)('finds nothing with everything opened, %s', async (colorScheme) => {
  const { user } = await showSidebar({ colorScheme });
  for (const name of [
    'Why',
    'Hand off',
    'Already asked: 1 question',
    '2 other open tickets',
    'Answers and earlier tickets: Jo Rivera',
    'For every ticket of this kind',
    'Refund up to $50',
  ]) {
    await user.click(screen.getByRole('button', { name }));
  }
  await expect(findViolations()).resolves.toEqual([]);
});

it('finds nothing in the forms and their errors', async () => {
  const { user } = await showSidebar({ locale: 'ar' });
  await user.click(screen.getByRole('button', { name: 'Change category' }));
  await user.click(screen.getByRole('button', { name: /^Escalate to/ }));
  await user.click(screen.getByRole('button', { name: 'Continue' }));
  await expect(findViolations()).resolves.toEqual([]);
});

it('sets the page’s language and direction to the agent’s', async () => {
  await showSidebar({ locale: 'de-AT', session: { agent: { id: 7, name: 'Ann', locale: 'en-US' } } });
  expect(document.documentElement).toHaveAttribute('lang', 'de-AT');
  expect(document.documentElement).toHaveAttribute('dir', 'ltr');
  expect(screen.getByRole('heading', { name: 'Nächste Schritte' })).toBeVisible();
});

it('is English, from left to right, for an Arabic agent', async () => {
  await showSidebar({ locale: 'ar' });
  expect(document.documentElement).toHaveAttribute('dir', 'ltr');
  expect(document.documentElement).toHaveAttribute('lang', 'en');
});
