// Tests the numbers found in what the customer wrote.
import { screen } from '@testing-library/react';
import { showSidebar, withFixedClock } from '../../testing/show-sidebar.tsx';

withFixedClock();

it('shows what was found, and copies it with one click', async () => {
  const { user } = await showSidebar({
    card: { found: [{ label: 'order number', values: ['NW-51358', 'NW-22222'] }] },
  });
  expect(screen.getByText('Order number')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Copy NW-51358' }));
  expect(await navigator.clipboard.readText()).toBe('NW-51358');
  expect(screen.getByText('Copied NW-51358.')).toBeInTheDocument();
});
