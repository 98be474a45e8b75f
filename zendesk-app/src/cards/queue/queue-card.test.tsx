// Tests the queue card: waiting time, position, reply target, next oldest ticket.
import { screen, within } from '@testing-library/react';
import { ago, aHandOff, aQueue, aTier, aWaiting } from '../../testing/card-builders.ts';
import { section, showSidebar, withFixedClock } from '../../testing/show-sidebar.tsx';

withFixedClock();

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const details = () => screen.getByRole('button', { name: /waiting/ });

it('shows the waiting time in calendar and business time, and the position in the tier', async () => {
  const { user } = await showSidebar();
  const queue = within(section('Queue'));
  expect(queue.getByText('2d 4h waiting · 4th of 31')).toBeVisible();
  await user.click(details());
  expect(queue.getByText(/^Waiting since .* · 11 business hours$/)).toBeVisible();
});

it.each([
  [1, '1st of 31'],
  [2, '2nd of 31'],
  [3, '3rd of 31'],
  [11, '11th of 31'],
  [22, '22nd of 31'],
])('writes place %i as an ordinal', async (place, words) => {
  await showSidebar({ card: { queue: aQueue({ waiting: aWaiting({ place }) }) } });
  expect(screen.getByText((text) => text.endsWith(` · ${words}`))).toBeVisible();
});

it('says that follow-up messages do not change the position', async () => {
  const { user } = await showSidebar({ card: { queue: aQueue({ waiting: aWaiting({ chasers: 3 }) }) } });
  await user.click(details());
  expect(screen.getByText('3 follow-ups; place unchanged')).toBeVisible();
});

it('says why the ticket has its place', async () => {
  const { user } = await showSidebar({ card: { queue: aQueue({ waiting: aWaiting({ band: 'urgent' }) }) } });
  await user.click(details());
  expect(screen.getByText('Comes before others: urgent')).toBeVisible();
});

it('says in words that a reply is overdue, and by how much', async () => {
  const target = { kind: 'first_reply', within: '4bh', dueAt: ago(7 * HOUR), missed: true, because: null } as const;
  const { user } = await showSidebar({ card: { queue: aQueue({ waiting: aWaiting({ target }) }) } });
  expect(screen.getByText('7h late')).toBeVisible();
  await user.click(details());
  expect(screen.getByText('First reply 7h overdue (target 4 business hours)')).toBeVisible();
});

it('says when a reply is due, and why', async () => {
  const because = 'Our rival answers within a day';
  const target = { kind: 'next_reply', within: '4bh', dueAt: ago(-40 * MINUTE), missed: false, because } as const;
  const { user } = await showSidebar({ card: { queue: aQueue({ waiting: aWaiting({ target }) }) } });
  expect(details()).toHaveTextContent(/ · due in 40m$/);
  await user.click(details());
  expect(screen.getByText(/^Reply due .*, in 40m \(target/)).toBeVisible();
  expect(screen.getByText(because)).toBeVisible();
});

it('opens the longest-waiting unassigned ticket', async () => {
  const { user, zendesk } = await showSidebar();
  await user.click(screen.getByRole('button', { name: 'Next oldest: #1042' }));
  expect(zendesk.invoked).toContainEqual(['routeTo', 'ticket', 1042]);
});

it.each([
  [59_000, 59_000, 0],
  [5 * HOUR, 0, 1],
])('of a wait of %i ms leaves out business time only where it says nothing', async (calendarMs, businessMs, lines) => {
  const { user } = await showSidebar({ card: { queue: aQueue({ waiting: aWaiting({ calendarMs, businessMs }) }) } });
  await user.click(details());
  expect(screen.queryAllByText(/0 business minutes/)).toHaveLength(lines);
});

it('shows the department that has the ticket, instead of position and target', async () => {
  const target = { kind: 'next_reply', within: '4bh', dueAt: ago(7 * HOUR), missed: true, because: null } as const;
  const department = { name: 'Warehouse', since: '2026-11-02T20:30:00.000Z', handedOver: null };
  await showSidebar({
    card: { queue: aQueue({ waiting: aWaiting({ place: null, chasers: 3, target }), department }) },
  });
  const queue = section('Queue');
  expect(queue).toHaveTextContent(/With Warehouse since Mon .*[AP]M/);
  expect(within(queue).getByText('2d 4h waiting')).toBeVisible();
  expect(queue).not.toHaveTextContent(/ of |follow-up|late/);
});

it('shows no position while another tier has the ticket', async () => {
  const tier = aTier({ heldBy: { id: 't2', name: 'Tier 2' } });
  await showSidebar({ card: { tier, queue: aQueue({ waiting: aWaiting({ place: 7, of: 40, chasers: 3 }) }) } });
  const queue = section('Queue');
  expect(queue).not.toHaveTextContent(/Place|of 40/);
  expect(within(queue).getByText('2d 4h waiting')).toBeVisible();
});

it('shows the department that has the ticket when the customer is not waiting', async () => {
  const department = { name: 'Warehouse', since: ago(HOUR), handedOver: null };
  await showSidebar({ card: { queue: aQueue({ waiting: null, department }) } });
  expect(section('Queue')).toHaveTextContent(/The customer is not waiting for a reply\.With Warehouse since/);
});

it('shows the notes of the hand-off without a click, with author and time', async () => {
  const department = { name: 'Warehouse', since: ago(21 * HOUR), handedOver: aHandOff() };
  await showSidebar({ card: { queue: aQueue({ department }) } });
  const queue = within(section('Queue'));
  expect(queue.getByText('Handed off by Ann Miller, 21 hours ago')).toBeVisible();
  expect(queue.getByText('Order number')).toBeVisible();
  expect(queue.getByText('A-17')).toBeVisible();
});

it('truncates the subject of the next oldest ticket, never its waiting time', async () => {
  const subject = 'Where is the tent that I ordered for my sister in the middle of July?';
  const nextOldest = { ticketId: 1042, subject, waitingSince: ago(3 * 24 * HOUR) };
  await showSidebar({ card: { queue: aQueue({ nextOldest }) } });
  expect(screen.getByText(subject)).toHaveStyle({ overflow: 'hidden', textOverflow: 'ellipsis' });
  expect(screen.getByText('3d')).not.toHaveStyle({ overflow: 'hidden' });
  expect(screen.getByText('3d')).toHaveStyle({ flex: 'none' });
});

it('says when the customer is not waiting', async () => {
  await showSidebar({ card: { queue: aQueue({ waiting: null, nextOldest: null }) } });
  expect(within(section('Queue')).getByText('The customer is not waiting for a reply.')).toBeVisible();
});

it.each([
  [15 * HOUR, true, 'Ann Miller', 'You answered last, 15h ago.'],
  [15 * HOUR, false, 'Omar Haddad', 'Omar Haddad answered last, 15h ago.'],
  [40 * HOUR, false, null, 'An agent answered last, yesterday.'],
])('says who answered last when nobody waits: %i ms, you %s', async (ms, byYou, by, words) => {
  const queue = aQueue({ waiting: null, answered: { at: ago(ms), by, byYou } });
  await showSidebar({ card: { queue } });
  expect(within(section('Queue')).getByText(words)).toBeVisible();
  expect(screen.queryByText(/not waiting/)).not.toBeInTheDocument();
});

it.each([
  ['de', 'Sie haben zuletzt geantwortet, vor 15 Std.'],
  ['es', 'La última respuesta es suya, hace 15 h.'],
  ['fr', 'Vous avez répondu en dernier, il y a 15 h.'],
])('says it in %s', async (locale, words) => {
  const answered = { at: ago(15 * HOUR), by: 'Ann Miller', byYou: true };
  await showSidebar({ locale, card: { queue: aQueue({ waiting: null, answered }) } });
  expect(screen.getByText((text) => text.replaceAll(/\s/g, ' ').startsWith(words))).toBeVisible();
});

it('reminds of a customer who has waited for a share of the target, until there is nothing to be reminded of', async () => {
  await showSidebar({ card: { reminder: { percent: 80, at: ago(HOUR) } } });
  expect(screen.getByText('80% of the reply target has passed.')).toBeVisible();
});

it.each([null, undefined])('reminds of nothing without a reminder (%s)', async (reminder) => {
  await showSidebar({ card: reminder === undefined ? {} : { reminder } });
  expect(screen.queryByText(/reply target has passed/)).not.toBeInTheDocument();
});
