// Tests the list of departments: when each opens, in the agent's own time, and where the focus goes.
import { screen } from '@testing-library/react';
import { aDepartment, ago } from '../../testing/card-builders.ts';
import { section, showSidebar, withFixedClock } from '../../testing/show-sidebar.tsx';

withFixedClock();

const HERE = new Intl.DateTimeFormat().resolvedOptions().timeZone;

it.each([
  ['only by the clock in their own zone', HERE, /Closed until .*[AP]M$/],
  ['and whose time that is in another', 'Asia/Kathmandu', /Closed until .*[AP]M your time$/],
  ['and whose time that is in one that this browser does not know', 'Mars/Olympus', /Closed until .*[AP]M your time$/],
])('says when it opens, %s', async (_, timeZone, said) => {
  const closed = aDepartment({ open: false, opensAt: ago(-3 * 3_600_000), timeZone });
  const { user } = await showSidebar({ card: { departments: [closed] } });
  await user.click(screen.getByRole('button', { name: 'Hand off' }));
  expect(section('Escalate')).toBeVisible();
  expect(screen.getByText(/Closed until/).textContent).toMatch(said);
});

it('returns the focus to the departments when a hand-off form is closed', async () => {
  const { user } = await showSidebar();
  await user.click(screen.getByRole('button', { name: 'Hand off' }));
  await user.click(screen.getByRole('button', { name: 'Hand off to Warehouse' }));
  await user.keyboard('{Escape}');
  expect(screen.getByRole('button', { name: 'Hand off' })).toHaveFocus();
});
