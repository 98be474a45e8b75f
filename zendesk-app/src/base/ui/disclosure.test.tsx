// Tests that Escape closes the innermost open element and returns the focus.
import { screen } from '@testing-library/react';
import { section, showSidebar, withFixedClock } from '../../testing/show-sidebar.tsx';

withFixedClock();

const button = (name: string | RegExp) => screen.getByRole('button', { name });

it.each([
  ['Why', 'Closest policy trigger that did not apply: Asks what cancelling costs'],
  ['Hand off', 'Warehouse'],
  ['2 other open tickets', 'Change my address'],
  ['Already asked: 1 question', '“Could you send me your order number?”'],
])('closes %s from its button and from inside', async (opener, shown) => {
  const { user } = await showSidebar();
  await user.click(button(opener));
  await user.keyboard('{Escape}');
  expect(screen.queryByText(shown)).not.toBeInTheDocument();
  expect(button(opener)).toHaveFocus();

  await user.keyboard('{Enter}');
  await user.click(screen.getByText(shown));
  await user.keyboard('{Escape}');
  expect(screen.queryByText(shown)).not.toBeInTheDocument();
  expect(button(opener)).toHaveFocus();
  expect(button(opener)).toHaveAttribute('aria-expanded', 'false');
});

it('closes the correction of the category without correcting anything', async () => {
  const { user, service } = await showSidebar();
  await user.click(button('Change category'));
  await user.selectOptions(screen.getByRole('combobox'), 'delivery');
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('combobox')).not.toBeInTheDocument();
  expect(button('Change category')).toHaveFocus();
  expect(service.calls.filter(({ method }) => method === 'POST')).toEqual([]);
});

it('closes the innermost element first', async () => {
  const { user } = await showSidebar();
  await user.click(button('Escalate to Tier 2'));
  await user.click(button('Already asked: 1 question'));
  await user.keyboard('{Escape}');
  expect(screen.queryByText('“Could you send me your order number?”')).not.toBeInTheDocument();
  expect(screen.getByRole('form')).toBeVisible();
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('form')).not.toBeInTheDocument();
  expect(button('Escalate to Tier 2')).toHaveFocus();
});

it('keeps open what does not have the focus', async () => {
  const { user } = await showSidebar();
  await user.click(button('Why'));
  await user.click(button('Hand off'));
  await user.keyboard('{Escape}');
  expect(section(/Refunds/)).toHaveTextContent('Closest policy trigger that did not apply');
  expect(button('Why')).toHaveAttribute('aria-expanded', 'true');
});
