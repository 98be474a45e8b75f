// Tests what is disabled by the agent's role, and the reasons given.
import { screen } from '@testing-library/react';
import { aCorrectedTier, aDepartment, aDestination, anEscalation } from '../../testing/card-builders.ts';
import { refusal } from '../../testing/fake-service.ts';
import { showSidebar, withFixedClock } from '../../testing/show-sidebar.tsx';

withFixedClock();

const button = (name: string) => screen.getByRole('button', { name });

it('shows a read-only card with all actions disabled and the reason above', async () => {
  const { user } = await showSidebar({ card: { rights: { edit: false, correct: false }, tier: aCorrectedTier() } });
  expect(screen.getByText(/^Read-only: your role in Zendesk/)).toBeVisible();
  for (const name of ['Change category', 'Undo', 'Escalate to Tier 2']) expect(button(name)).toBeDisabled();
  for (const box of screen.getAllByRole('checkbox')) expect(box).toBeDisabled();
  await user.click(button('Hand off'));
  expect(button('Hand off to Warehouse')).toBeDisabled();
});

it('says why the category cannot be corrected if the role may not edit tags', async () => {
  await showSidebar({ card: { rights: { edit: true, correct: false }, tier: aCorrectedTier() } });
  expect(button('Change category')).toBeDisabled();
  expect(button('Undo')).toBeDisabled();
  expect(screen.getByText(/your role in Zendesk does not let you edit tags/)).toBeVisible();
  expect(button('Escalate to Tier 2')).toBeEnabled();
});

it('says at each button which group the role may not assign to', async () => {
  const next = aDestination('t2', 'Tier 2', { closedGroup: 'Support Tier 2' });
  const departments = [aDepartment({ closedGroup: 'Warehouse' })];
  const { user } = await showSidebar({ card: { escalation: anEscalation({ next }), departments } });
  expect(button('Escalate to Tier 2')).toBeDisabled();
  expect(screen.getByText(/does not let you assign tickets to the group “Support Tier 2”/)).toBeVisible();
  await user.click(button('Hand off'));
  expect(button('Hand off to Warehouse')).toBeDisabled();
  expect(screen.getByText(/does not let you assign tickets to the group “Warehouse”/)).toBeVisible();
});

it('says it too when the service refuses after a change of the role', async () => {
  const { user, service } = await showSidebar({ card: { escalation: anEscalation({ fields: [] }) } });
  service.answer('POST /api/tickets/42/escalations', refusal(403, 'group_not_allowed', { group: 'Support Tier 2' }));
  await user.click(button('Escalate to Tier 2'));
  await user.click(button('Continue'));
  await user.click(button('Move ticket'));
  expect(screen.getByRole('alert')).toHaveTextContent('does not let you assign tickets to the group “Support Tier 2”');
});
