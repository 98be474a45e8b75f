// Tests the keyboard shortcuts and their list.
import { act, screen, within } from '@testing-library/react';
import { findViolations } from '../../testing/find-violations.ts';
import { showSidebar, withFixedClock } from '../../testing/show-sidebar.tsx';

withFixedClock();

const dialog = () => screen.queryByRole('dialog', { name: 'Keyboard shortcuts' });

it('lists on "?" what can be pressed, takes the focus, and gives it back', async () => {
  const { user } = await showSidebar();
  const why = screen.getByRole('button', { name: 'Why' });
  act(() => why.focus());
  await user.keyboard('?');
  const list = within(dialog() as HTMLElement);
  const rows = list
    .getAllByRole('term')
    .map(({ textContent }, at) => [textContent, list.getAllByRole('definition')[at]?.textContent]);
  expect(rows).toEqual([
    ['w', 'Why'],
    ['c', 'Change category'],
    ['n', 'Next oldest: #1042'],
    ['s', 'Search wording and guidance'],
    ['r', 'Refund up to $50'],
    ['e', 'Escalate to Tier 2'],
    ['h', 'Hand off'],
    ['?', 'Show this list'],
    ['Esc', 'Close'],
  ]);
  expect(list.getByRole('button', { name: 'Close' })).toHaveFocus();
  await user.tab();
  expect(list.getByRole('button', { name: 'Close' })).toHaveFocus();
  await user.keyboard('w');
  expect(why).toHaveAttribute('aria-expanded', 'false');
  await user.keyboard('{Escape}');
  expect(dialog()).not.toBeInTheDocument();
  expect(why).toHaveFocus();
});

it('opens the list with a button as well, and axe finds nothing in it', async () => {
  const { user } = await showSidebar({ locale: 'de' });
  await user.click(screen.getByRole('button', { name: 'Tastenkürzel' }));
  expect(screen.getByRole('dialog', { name: 'Tastenkürzel' })).toBeVisible();
  await expect(findViolations()).resolves.toEqual([]);
});

it.each([
  ['w', 'Why'],
  ['c', 'Change category'],
  ['s', 'Search wording and guidance'],
  ['h', 'Hand off'],
])('presses with %s the button "%s"', async (key, name) => {
  const { user, service } = await showSidebar();
  service.answer('GET /api/guidance', { status: 200, body: { toneOfVoice: null, categories: [] } });
  await user.keyboard(key);
  expect(screen.getByRole('button', { name })).toHaveAttribute('aria-expanded', 'true');
});

it('opens the next oldest ticket, and the form to escalate without typing the letter into it', async () => {
  const { user, zendesk } = await showSidebar();
  await user.keyboard('n');
  expect(zendesk.invoked).toContainEqual(['routeTo', 'ticket', 1042]);
  await user.keyboard('e');
  expect(screen.getByRole('textbox', { name: 'Summary' })).toHaveValue('');
});

it.each(['{Control>}w{/Control}', '{Alt>}w{/Alt}', '{Meta>}w{/Meta}', '{Control>}{Alt>}w{/Alt}{/Control}', 'x'])(
  'leaves %s to the browser and Zendesk',
  async (keys) => {
    const { user } = await showSidebar();
    await user.keyboard(keys);
    expect(screen.getByRole('button', { name: 'Why' })).toHaveAttribute('aria-expanded', 'false');
  },
);

it('leaves every key to a field in which the agent writes', async () => {
  const { user } = await showSidebar();
  await user.click(screen.getByRole('button', { name: 'Escalate to Tier 2' }));
  const field = screen.getByRole('textbox', { name: 'Summary' });
  await user.type(field, 'why? she was charged');
  expect(field).toHaveValue('why? she was charged');
  expect(dialog()).not.toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Why' })).toHaveAttribute('aria-expanded', 'false');
});

it('presses nothing that is disabled', async () => {
  const { user } = await showSidebar({ card: { rights: { edit: true, correct: false } } });
  await user.keyboard('c');
  expect(screen.queryByRole('combobox')).not.toBeInTheDocument();
  await user.keyboard('?');
  expect(within(dialog() as HTMLElement).queryByText('Change category')).not.toBeInTheDocument();
});
