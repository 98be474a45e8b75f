// Tests tickets that cannot be moved, and refused moves.
import { screen, within } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { aDepartment, aDestination, aHandOff, anEscalation, NO_DESTINATION } from '../../testing/card-builders.ts';
import { refusal } from '../../testing/fake-service.ts';
import { section, showSidebar, withFixedClock } from '../../testing/show-sidebar.tsx';

withFixedClock();

const button = (name: string) => screen.getByRole('button', { name });

async function escalate(user: UserEvent): Promise<void> {
  await user.click(button('Escalate to Tier 2'));
  await user.click(button('Continue'));
  await user.click(button('Move ticket'));
}

const MISSING = 'Zendesk has no group “Support Tier 2”. Tell whoever maintains the policy.';

it('says before the form is opened that Zendesk does not have the group', async () => {
  const next = aDestination('t2', 'Tier 2', { missingGroup: 'Support Tier 2' });
  const departments = [aDepartment({ missingGroup: 'Lager' })];
  const { user } = await showSidebar({ card: { escalation: anEscalation({ next }), departments } });
  expect(button('Escalate to Tier 2')).toBeDisabled();
  expect(screen.getByText(MISSING)).toBeVisible();
  await user.click(button('Hand off'));
  expect(button('Hand off to Warehouse')).toBeDisabled();
  expect(screen.getByText('Zendesk has no group “Lager”. Tell whoever maintains the policy.')).toBeVisible();
});

it('does not offer the department that has the ticket, but shows its contact', async () => {
  const { user } = await showSidebar({ card: { departments: [aDepartment({ hasTicket: true })] } });
  await user.click(button('Hand off'));
  expect(screen.getByText('Contact now: Ana, extension 214')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Hand off to Warehouse' })).not.toBeInTheDocument();
});

it.each([
  [{ error: 'no_such_group', group: 'Support Tier 2' }, MISSING],
  [{ error: 'solved' }, 'This ticket is solved. Reopen it to escalate or hand it off.'],
  [{ error: 'conflict' }, /^Another agent already changed this ticket\./],
] as const)('says why the service refused: %j', async ({ error, ...more }, words) => {
  const { user, service } = await showSidebar({ card: { escalation: anEscalation({ fields: [] }) } });
  service.answer('POST /api/tickets/42/escalations', refusal(409, error, more));
  await escalate(user);
  expect(screen.getByRole('alert')).toHaveTextContent(words);
});

describe('for a ticket that cannot be moved', () => {
  const finished = { escalation: anEscalation({ ...NO_DESTINATION, history: [aHandOff()] }), departments: [] };

  it('says that a solved ticket must be reopened first', async () => {
    const ticket = { id: 42, status: 'solved', priority: null, closed: false } as const;
    await showSidebar({ card: { ...finished, ticket } });
    expect(
      within(section('Escalate')).getByText('This ticket is solved. Reopen it to escalate or hand it off.'),
    ).toBeVisible();
    expect(screen.queryByText(/last tier/)).not.toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /Escalate|Hand/ })).not.toBeInTheDocument();
  });

  it('shows only the earlier moves of a closed ticket, and says once that it is closed', async () => {
    const ticket = { id: 42, status: 'closed', priority: null, closed: true } as const;
    await showSidebar({ card: { ...finished, ticket, refund: null } });
    expect(screen.getAllByText(/closed/i)).toHaveLength(1);
    expect(within(section('Earlier moves')).getAllByRole('button')).toEqual([button('Notes on 1 move')]);
    expect(screen.queryByText(/Refund up to|Escalate/)).not.toBeInTheDocument();
  });

  it.each([
    ['closed', true],
    ['solved', true],
    ['open', false],
  ] as const)('says nothing where there is nothing to say: %s', async (status, closed) => {
    const ticket = { id: 42, status, priority: null, closed };
    await showSidebar({
      card: { ticket, tier: null, departments: [], escalation: anEscalation({ ...NO_DESTINATION, asked: [] }) },
    });
    expect(screen.queryByRole('region', { name: /Escalate|Earlier moves|Hand off/ })).not.toBeInTheDocument();
  });

  it('offers departments but no tier while the ticket has no category', async () => {
    const { user } = await showSidebar({ card: { tier: null, escalation: anEscalation(NO_DESTINATION) } });
    expect(within(section('Hand off')).queryByText(/last tier|Escalate/)).not.toBeInTheDocument();
    await user.click(button('Hand off'));
    expect(button('Hand off to Warehouse')).toBeEnabled();
  });
});
