// Checks what charts offer beside their picture: points for the keyboard, the same as a table, and mirroring.
import { act, screen, within } from '@testing-library/react';
import { showDashboard } from '../../testing/show-dashboard.tsx';
import { section, withFixedClock } from '../../testing/show-sidebar.tsx';

withFixedClock();

const points = () => within(section('Arrivals and solves')).getAllByRole('img');
const positions = () => points().map((point) => Number(point.getAttribute('x')));

it('is one stop of the Tab key, at its newest point', async () => {
  await showDashboard();
  expect(points().map(({ tabIndex }) => tabIndex)).toEqual([...Array.from({ length: 12 }, () => -1), 0]);
});

it('goes from point to point with the arrow keys, and says what each shows', async () => {
  const { user } = await showDashboard();
  const [first, ...others] = points();
  act(() => others.at(-1)?.focus());
  await user.keyboard('{ArrowLeft}');
  expect(points().at(-2)).toHaveFocus();
  expect(section('Arrivals and solves')).toHaveTextContent('9 AM: 8 arrivals, 12 solves');
  await user.keyboard('{Home}');
  expect(first).toHaveFocus();
  await user.keyboard('{ArrowLeft}');
  expect(first).toHaveFocus();
});

it('is mirrored from right to left, and so are the keys', async () => {
  const { user } = await showDashboard({ direction: 'rtl' });
  expect(positions()).toEqual(positions().toSorted((a, b) => b - a));
  act(() => points().at(-1)?.focus());
  await user.keyboard('{ArrowRight}');
  expect(points().at(-2)).toHaveFocus();
});

it('is a table for screen readers, which everybody can see', async () => {
  const { user } = await showDashboard();
  const chart = section('Arrivals and solves');
  const rows = within(chart).getAllByRole('row');
  expect(rows).toHaveLength(14);
  expect(rows[1]).toHaveTextContent('10 PM10');
  await user.click(within(chart).getByRole('button', { name: 'Table Arrivals and solves' }));
  expect(within(chart).queryAllByRole('img')).toEqual([]);
  expect(within(chart).getByRole('group', { name: 'Arrivals and solves' })).toHaveAttribute('tabindex', '0');
});

it('writes days instead of hours for a longer range', async () => {
  await showDashboard({
    dashboard: { range: { id: '7d', from: '2026-10-28T04:00:00.000Z', to: '2026-11-03T15:12:00.000Z' } },
  });
  expect(section('Arrivals and solves')).toHaveTextContent('By day');
  expect(screen.queryByText('10 PM')).toBeNull();
});
