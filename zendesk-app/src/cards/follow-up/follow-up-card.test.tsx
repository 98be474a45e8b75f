// Tests the follow-up card: why the customer is followed up, what needs a look, and recording an outcome.
import type { FollowUpCard } from '@deskwright/shared/contract';
import { screen, within } from '@testing-library/react';
import { aCard, aFollowUp, ago } from '../../testing/card-builders.ts';
import { type FakeService, ok, refusal } from '../../testing/fake-service.ts';
import { findViolations } from '../../testing/find-violations.ts';
import { section, showSidebar, withFixedClock } from '../../testing/show-sidebar.tsx';

withFixedClock();

const HOUR = 3_600_000;
const PUT = 'PUT /api/tickets/42/follow-ups/7/outcome';
const sent = ({ calls }: FakeService) => calls.filter(({ method }) => method === 'PUT').map(({ body }) => body);

const show = (parts: Partial<FollowUpCard> = {}, locale = 'en-US') =>
  showSidebar({ locale, card: { followUp: aFollowUp(parts) } });

it('shows why the customer is followed up, and warns while nobody has reached them', async () => {
  await show();
  const card = within(section('Follow-up'));
  expect(card.getByText('NPS 3 of 10')).toBeVisible();
  expect(card.getByText('How fast it went')).toBeVisible();
  expect(card.getByText('Nobody answered.')).toBeVisible();
  expect(screen.getByText(/^The customer gave a poor score: speak to them by/)).toBeVisible();
});

it('says that it is overdue, and beside another ticket where it is', async () => {
  const { user, zendesk } = await show({ ticketId: 38, dueAt: ago(HOUR), answers: [], choices: null });
  expect(screen.queryByRole('region', { name: 'Follow-up' })).not.toBeInTheDocument();
  const line = screen.getByText(/nobody has reached them: it was due/);
  await user.click(within(line).getByRole('button', { name: '#38' }));
  expect(zendesk.invoked).toContainEqual(['routeTo', 'ticket', 38]);
});

it('records an outcome by keyboard, and says what is missing', async () => {
  const { user, service } = await show();
  const recorded = {
    outcome: { id: 'resolved', name: null },
    rootCause: { id: 'speed', name: null },
    note: 'She stays',
  };
  const answer = aFollowUp({ state: 'closed', recorded: { ...recorded, by: 'Ann Miller', at: ago(0) } });
  service.answer(PUT, ok(aCard({ followUp: answer })));
  screen.getByRole('button', { name: 'Record outcome' }).focus();
  await user.keyboard('{Enter}');
  await user.click(screen.getByRole('button', { name: 'Save outcome' }));
  expect(screen.getByText('Choose an outcome.')).toBeVisible();
  expect(screen.getByRole('combobox', { name: 'Outcome' })).toHaveFocus();
  await user.selectOptions(screen.getByRole('combobox', { name: 'Outcome' }), 'Resolved');
  await user.click(screen.getByRole('button', { name: 'Save outcome' }));
  expect(sent(service)).toEqual([]);
  await user.selectOptions(screen.getByRole('combobox', { name: 'Why the customer was unhappy' }), 'Too slow');
  await user.click(screen.getByRole('textbox', { name: 'Note (optional)' }));
  await user.paste(' She stays ');
  await user.click(screen.getByRole('button', { name: 'Save outcome' }));
  expect(sent(service)).toEqual([
    { outcome: 'resolved', rootCause: 'speed', note: 'She stays', requestId: expect.stringMatching(/^[\w-]{8,}$/) },
  ]);
  expect(screen.getByText('Resolved · Too slow')).toBeVisible();
  expect(screen.queryByText(/^The customer gave a poor score/)).not.toBeInTheDocument();
});

it('keeps what was typed when the service refuses, and speaks the agent’s language', async () => {
  const { user, service } = await show({}, 'de-DE');
  service.answer(PUT, refusal(409, 'conflict'));
  await user.click(screen.getByRole('button', { name: 'Ergebnis festhalten' }));
  await user.selectOptions(screen.getByRole('combobox', { name: 'Ergebnis' }), 'Credit given');
  await user.click(screen.getByRole('button', { name: 'Ergebnis speichern' }));
  expect(screen.getByRole('combobox', { name: 'Ergebnis' })).toHaveValue('credited');
  expect(screen.getByRole('alert')).toBeVisible();
});

it('has a form in which axe finds nothing, with its errors and what was recorded before', async () => {
  const recorded = {
    outcome: { id: 'not_reached', name: null },
    rootCause: null,
    note: 'Rang twice.',
    by: 'Ann Miller',
    at: ago(HOUR),
  };
  const { user } = await show({ recorded });
  await user.click(screen.getByRole('button', { name: 'Record another outcome' }));
  await user.click(screen.getByRole('button', { name: 'Save outcome' }));
  expect(screen.getByText('Choose an outcome.')).toBeVisible();
  await expect(findViolations()).resolves.toEqual([]);
});

it('asks nobody to speak to the customer once it has ended without an outcome', async () => {
  await show({ state: 'expired' });
  const card = within(section('Follow-up'));
  expect(card.getByText('Ended without an outcome.')).toBeVisible();
  expect(screen.queryByText(/speak to (them|the customer)/i)).not.toBeInTheDocument();
});

it('says when an outcome was recorded where nobody knows any more by whom', async () => {
  const outcome = { id: 'not_reached', name: null };
  await show({ recorded: { outcome, rootCause: null, note: '', by: null, at: ago(3 * HOUR) } });
  expect(within(section('Follow-up')).getByText('3 hours ago')).toBeVisible();
});
