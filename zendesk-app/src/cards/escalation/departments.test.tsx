// Tests when a department opens, in the agent's own time.
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
  await user.click(screen.getByRole('button', { name: 'Other departments' }));
  expect(section('Escalate when')).toBeVisible();
  expect(screen.getByText(/Closed until/).textContent).toMatch(said);
});
