// Checks all states of the dashboard with axe, from left to right and from right to left.
import { screen } from '@testing-library/react';
import { DASHBOARD_STATES } from '../../gallery/dashboard-states.ts';
import { findViolations } from '../testing/find-violations.ts';
import { showDashboard } from '../testing/show-dashboard.tsx';
import { withFixedClock } from '../testing/show-sidebar.tsx';

withFixedClock();

it.each(Object.keys(DASHBOARD_STATES))('finds nothing in the state "%s"', async (name) => {
  const state = DASHBOARD_STATES[name];
  if (state === undefined) throw new Error(`There is no state "${name}".`);
  await showDashboard(state);
  await expect(findViolations()).resolves.toEqual([]);
});

it('finds nothing with all tables shown, dark and from right to left', async () => {
  const { user } = await showDashboard({ colorScheme: 'dark', direction: 'rtl' });
  expect(document.documentElement.dir).toBe('rtl');
  for (const button of screen.getAllByRole('button', { name: /^Table/ })) await user.click(button);
  await expect(findViolations()).resolves.toEqual([]);
});

it.each(['de', 'fr', 'es'])('has the language of its texts: %s', async (locale) => {
  await showDashboard({ locale });
  expect(document.documentElement.lang).toBe(locale);
});
