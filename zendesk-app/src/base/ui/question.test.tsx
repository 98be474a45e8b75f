// Tests that a question is confirmed by a key or button that was pressed for it, and where the focus goes afterwards.
import { fireEvent, screen } from '@testing-library/react';
import { aCard, anApproval } from '../../testing/card-builders.ts';
import { ok } from '../../testing/fake-service.ts';
import { findViolations } from '../../testing/find-violations.ts';
import { showSidebar, withFixedClock } from '../../testing/show-sidebar.tsx';

withFixedClock();
afterEach(() => jest.restoreAllMocks());

const ANSWER = 'PUT /api/tickets/42/refund-approvals/7/answer';
const refundApprovals = { here: [anApproval()], elsewhere: [] };
const question = () => screen.queryByText(/^Approve the refund of \$90 to Visa •••• 4242/);
const confirm = () => screen.getByRole('button', { name: 'Approve $90' });

async function asked() {
  const shown = await showSidebar({ card: { refundApprovals } });
  shown.service.answer(ANSWER, ok(aCard()));
  await shown.user.click(confirm());
  expect(question()).toHaveFocus();
  return { ...shown, sent: () => shown.service.calls.filter(({ method }) => method === 'PUT') };
}

it('confirms by Enter once it was there to be read, and says so to screen readers', async () => {
  const { user, pass, sent } = await asked();
  await user.keyboard('{Enter}');
  expect(sent()).toEqual([]);
  expect(confirm()).not.toHaveAttribute('aria-keyshortcuts');
  await pass(500);
  expect(confirm()).toHaveAttribute('aria-keyshortcuts', 'Enter');
  expect(await findViolations()).toEqual([]);
  await user.keyboard('{Enter}');
  expect(sent()).toHaveLength(1);
});

it.each([
  ['held down', { repeat: true }],
  ['pressed with Ctrl', { ctrlKey: true }],
])('is not confirmed by a key %s', async (_, parts) => {
  const { pass, sent } = await asked();
  await pass(500);
  fireEvent.keyDown(question() as HTMLElement, { key: 'Enter', ...parts });
  await pass(0);
  expect(sent()).toEqual([]);
});

it('is not confirmed by the second click of a double click on the button before', async () => {
  const { pass, sent } = await asked();
  fireEvent.click(confirm(), { detail: 2 });
  await pass(0);
  expect(sent()).toEqual([]);
  fireEvent.click(confirm(), { detail: 1 });
  await pass(0);
  expect(sent()).toHaveLength(1);
});

it('goes back to the first field, unless the agent is elsewhere', async () => {
  const { user } = await asked();
  const focus = jest.spyOn(document, 'hasFocus').mockReturnValue(true);
  await user.click(screen.getByRole('button', { name: 'Back' }));
  expect(screen.getByRole('textbox', { name: 'Amount to approve in USD' })).toHaveFocus();
  await user.click(confirm());
  focus.mockReturnValue(false);
  await user.click(screen.getByRole('button', { name: 'Back' }));
  expect(screen.getByRole('textbox', { name: 'Amount to approve in USD' })).not.toHaveFocus();
});
