// Tests correcting the category, also while others change the ticket.
import type { TicketCard } from '@deskwright/shared/contract';
import { screen } from '@testing-library/react';
import { aCard, aCorrectedTier, ago, aHandOff, aQueue, aTier } from '../../testing/card-builders.ts';
import { type FakeService, ok, refusal } from '../../testing/fake-service.ts';
import { type Shown, showSidebar, withFixedClock } from '../../testing/show-sidebar.tsx';

withFixedClock();

describe('correcting an assigned ticket', () => {
  const STAYS = /^The ticket stays with .*\. Escalate it to move it\.$/;
  const choose = async (card: Partial<TicketCard>, category: string) => {
    const { user } = await showSidebar({ card });
    await user.click(screen.getByRole('button', { name: 'Change category' }));
    expect(screen.queryByText(STAYS)).not.toBeInTheDocument();
    await user.selectOptions(screen.getByRole('combobox'), category);
  };
  const assigned = aTier({ assignee: 'Omar Haddad' });

  it('says before saving that the ticket stays with its agent when the category belongs to another tier', async () => {
    await choose({ tier: assigned }, 'warranty');
    expect(screen.getByText('The ticket stays with Omar Haddad. Escalate it to move it.')).toBeVisible();
  });

  it.each([
    ['was handed to', aHandOff()],
    ['somebody moved it to by hand', null],
  ])('says so of a department that it %s', async (_, handedOver) => {
    const department = { name: 'Warehouse', since: ago(60_000), handedOver };
    await choose({ queue: aQueue({ department }) }, 'warranty');
    expect(screen.getByText(STAYS)).toHaveTextContent('Warehouse');
  });

  it.each([
    ['the category is the same tier’s', { tier: assigned }, 'delivery'],
    ['that tier has it', { tier: aTier({ ...assigned, heldBy: { id: 't2', name: 'Tier 2' } }) }, 'warranty'],
    ['it is nobody’s', {}, 'warranty'],
    [
      'it is solved',
      { tier: assigned, ticket: { id: 42, status: 'solved', priority: null, closed: false } },
      'warranty',
    ],
  ] as const)('says nothing where %s', async (_, card, category) => {
    await choose(card, category);
    expect(screen.queryByText(STAYS)).not.toBeInTheDocument();
  });
});

it('says before saving that the ticket moves to another tier', async () => {
  const { user } = await showSidebar();
  await user.click(screen.getByRole('button', { name: 'Change category' }));
  await user.selectOptions(screen.getByRole('combobox'), 'delivery');
  expect(screen.queryByText(/^The ticket moves/)).not.toBeInTheDocument();
  await user.selectOptions(screen.getByRole('combobox'), 'warranty');
  expect(screen.getByText('The ticket moves to Tier 2, with an internal note.')).toBeVisible();
});

it('corrects the category by keyboard alone, and returns the focus', async () => {
  const { user, service } = await showSidebar();
  service.answer('PUT /api/tickets/42/category', ok(aCard({ tier: aCorrectedTier() })));
  screen.getByRole('button', { name: 'Change category' }).focus();
  await user.keyboard('{Enter}');
  const chooser = screen.getByRole('combobox', { name: 'This ticket is about' });
  expect(chooser).toHaveFocus();
  await user.selectOptions(chooser, 'Warranty · Tier 2');
  await user.tab();
  await user.keyboard('{Enter}');

  expect(service.calls.find(({ method }) => method === 'PUT')?.body).toEqual({ from: 'refunds', category: 'warranty' });
  expect(screen.getByRole('heading', { name: 'Warranty Tier 2' })).toBeVisible();
  expect(screen.getByRole('button', { name: 'Change category' })).toHaveFocus();
  expect(screen.getByText('Category changed to Warranty.')).toBeInTheDocument();
});

it('says who corrected the category, and undoes the correction', async () => {
  const { user, service } = await showSidebar({ card: { tier: aCorrectedTier() } });
  service.answer('DELETE /api/tickets/42/corrections/3', ok(aCard()));
  expect(screen.getByText(/Ann Miller changed the category from Refunds to Warranty, 3 minutes ago\./)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(screen.getByRole('heading', { name: 'Refunds Tier 1' })).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Undo' })).not.toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Change category' })).toHaveFocus();
});

describe('correcting at the same time as another agent', () => {
  const sent = ({ calls }: FakeService) => calls.filter(({ method }) => method === 'PUT').map(({ body }) => body);
  const open = async () => {
    const shown = await showSidebar();
    shown.service.answer('PUT /api/tickets/42/category', refusal(409, 'conflict'));
    await shown.user.click(screen.getByRole('button', { name: 'Change category' }));
    return shown;
  };
  const colleagueCorrects = async ({ service, pass }: Shown) => {
    service.answer('GET /api/tickets/42/card', ok(aCard({ tier: aCorrectedTier() })));
    service.live('ticket');
    await pass(1);
    expect(screen.getByRole('heading', { name: 'Warranty Tier 2' })).toBeVisible();
  };

  it('keeps the form after a conflict and shows the other agent’s category', async () => {
    const { user, service } = await open();
    await user.selectOptions(screen.getByRole('combobox'), 'delivery');
    service.answer('GET /api/tickets/42/card', ok(aCard({ tier: aCorrectedTier() })));
    await user.click(screen.getByRole('button', { name: 'Change' }));
    expect(screen.getByRole('alert')).toHaveTextContent('Another agent already changed this ticket.');
    expect(screen.getByRole('combobox')).toHaveValue('warranty');

    service.answer('PUT /api/tickets/42/category', ok(aCard()));
    await user.selectOptions(screen.getByRole('combobox'), 'delivery');
    await user.click(screen.getByRole('button', { name: 'Change' }));
    expect(sent(service)).toEqual([
      { from: 'refunds', category: 'delivery' },
      { from: 'warranty', category: 'delivery' },
    ]);
    expect(screen.queryByRole('combobox')).not.toBeInTheDocument();
  });

  it.each(['refunds', 'delivery'])('never overwrites a change that the agent has not seen: %s', async (category) => {
    const shown = await open();
    if (category !== 'refunds') await shown.user.selectOptions(screen.getByRole('combobox'), category);
    await colleagueCorrects(shown);
    expect(screen.getByRole('combobox')).toHaveValue(category);
    await shown.user.click(screen.getByRole('button', { name: 'Change' }));
    expect(sent(shown.service)).toEqual([{ from: 'refunds', category }]);
    expect(screen.getByRole('alert')).toHaveTextContent('Another agent already changed this ticket.');
    expect(screen.getByRole('combobox')).toHaveValue('warranty');
  });

  it('does nothing if the other agent chose the same category', async () => {
    const shown = await open();
    await shown.user.selectOptions(screen.getByRole('combobox'), 'warranty');
    await colleagueCorrects(shown);
    await shown.user.click(screen.getByRole('button', { name: 'Change' }));
    expect(sent(shown.service)).toEqual([]);
    expect(screen.queryByRole('combobox')).not.toBeInTheDocument();
  });
});
