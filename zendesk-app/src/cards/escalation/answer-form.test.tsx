// Tests the card of a department that has the ticket, and the answer on a ticket that came back.
import { screen, within } from '@testing-library/react';
import {
  aCard,
  aDestination,
  ago,
  aHandOff,
  anEscalation,
  aQueue,
  NO_DESTINATION,
} from '../../testing/card-builders.ts';
import { ok, refusal } from '../../testing/fake-service.ts';
import { section, showSidebar, withFixedClock } from '../../testing/show-sidebar.tsx';

withFixedClock();

const ESCALATE = 'POST /api/tickets/42/escalations';
const HOUR = 3_600_000;
const sent = (calls: readonly { method: string; body?: unknown }[]) =>
  calls.filter(({ method }) => method === 'POST').map(({ body }) => body);
const department = {
  name: 'Warehouse',
  since: ago(2 * HOUR),
  handedOver: aHandOff(),
  isYours: true,
  answer: { within: '4bh', dueAt: ago(-HOUR), late: false },
} as const;
const atDepartment = {
  queue: aQueue({ department }),
  guidance: null,
  escalation: anEscalation({ ...NO_DESTINATION, answerTo: aDestination('t1', 'Tier 1') }),
};

it('shows a department its own name, one field, and when its answer is due', async () => {
  await showSidebar({ card: atDepartment });
  expect(screen.getByRole('heading', { name: 'Refunds Warehouse' })).toBeVisible();
  expect(screen.getByRole('textbox', { name: 'Your answer' })).toBeVisible();
  expect(section('Queue')).toHaveTextContent(/Answer due .*, in 1h \(target 4 business hours\)/);
  expect(screen.queryByRole('button', { name: /Escalate/ })).not.toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Hand off' })).toBeVisible();
});

it('hands the ticket back with the answer in one click', async () => {
  const { user, service } = await showSidebar({ card: atDepartment });
  service.answer(ESCALATE, ok(aCard(), 201));
  await user.click(screen.getByRole('textbox', { name: 'Your answer' }));
  await user.paste('It is on the shelf.');
  await user.click(screen.getByRole('button', { name: 'Hand back to Tier 1' }));
  expect(sent(service.calls)).toEqual([
    { to: { kind: 'tier', id: 't1' }, fields: { answer: 'It is on the shelf.' }, requestId: 'request-1' },
  ]);
  expect(await screen.findByText('You moved this ticket to Tier 1.')).toBeVisible();
});

it('asks for an answer, and keeps it when the service refuses', async () => {
  const { user, service } = await showSidebar({ card: atDepartment });
  await user.click(screen.getByRole('button', { name: 'Hand back to Tier 1' }));
  const field = screen.getByRole('textbox', { name: 'Your answer' });
  expect(field).toBeInvalid();
  expect(field).toHaveFocus();
  expect(sent(service.calls)).toEqual([]);
  await user.paste('It is gone.');
  service.answer(ESCALATE, refusal(409, 'conflict'));
  await user.click(screen.getByRole('button', { name: 'Hand back to Tier 1' }));
  expect(screen.getByRole('alert')).toHaveTextContent('Another agent already changed this ticket.');
  expect(screen.getByRole('textbox', { name: 'Your answer' })).toHaveValue('It is gone.');
});

it('tells the tier that waits how late the answer is', async () => {
  const late = { ...department, answer: { within: '4bh', dueAt: ago(3 * HOUR), late: true } };
  const { isYours: _, ...others } = late;
  await showSidebar({ card: { queue: aQueue({ department: others }) } });
  expect(within(section('Queue')).getByText('Answer 3h overdue (target 4 business hours)')).toBeVisible();
  expect(screen.getByRole('heading', { name: 'Refunds Tier 1' })).toBeVisible();
});

it('shows on top what the department answered, and the move as handed back', async () => {
  const departmentAnswer = { department: 'Warehouse', by: 'Ana Ruiz', at: ago(HOUR), text: 'It is on the shelf.' };
  const history = [aHandOff({ how: 'back', from: 'Warehouse', to: 'Tier 1' })];
  const { user } = await showSidebar({
    card: { queue: aQueue({ departmentAnswer }), escalation: anEscalation({ history }) },
  });
  expect(within(section('Queue')).getByText('It is on the shelf.')).toBeVisible();
  expect(section('Queue')).toHaveTextContent('Warehouse answered (Ana Ruiz, 1 hour ago):');
  await user.click(screen.getByRole('button', { name: 'Notes on 1 move' }));
  expect(screen.getByText('Handed back: Warehouse to Tier 1')).toBeVisible();
});
