// Tests the customer card: survey answers, other tickets, open promises.
import { screen, within } from '@testing-library/react';
import { aCard, aCustomer, ago, anAnswer, anEscalation } from '../../testing/card-builders.ts';
import { ok, refusal } from '../../testing/fake-service.ts';
import { section, showSidebar, withFixedClock } from '../../testing/show-sidebar.tsx';

withFixedClock();

it('shows the last survey answers with their scale and whether they are good', async () => {
  const { user } = await showSidebar();
  await user.click(screen.getByRole('button', { name: 'Answers and earlier tickets: Jo Rivera' }));
  const [ces, csat] = within(section('Customer')).getAllByRole('listitem');
  expect(ces).toHaveTextContent('CES 6 of 7, good');
  expect(csat).toHaveTextContent('CSAT 2 of 5, poor');
});

it('shows an answer that is about no ticket, without a link', async () => {
  const answers = [anAnswer({ survey: 'nps', score: 3, outOf: 10, good: false, at: ago(3_600_000) })];
  const { user } = await showSidebar({ card: { customer: aCustomer({ answers, recent: [] }) } });
  await user.click(screen.getByRole('button', { name: 'Answers and earlier tickets: Jo Rivera' }));
  const answer = within(section('Customer')).getByRole('listitem');
  expect(answer).toHaveTextContent('NPS 3 of 10, poor');
  expect(within(answer).queryByRole('button')).toBeNull();
});

it('lists other open tickets and how many more there are, and opens them in Zendesk', async () => {
  const { user, zendesk } = await showSidebar({ card: { customer: aCustomer({ openCount: 7 }) } });
  await user.click(screen.getByRole('button', { name: '7 other open tickets' }));
  expect(screen.getByText('Pending · Payment · opened 5 days ago')).toBeVisible();
  expect(screen.getByText('New · waiting for 3h')).toBeVisible();
  expect(screen.getByText('and 5 more')).toBeVisible();
  await user.click(screen.getByRole('button', { name: '#38' }));
  expect(zendesk.invoked).toContainEqual(['routeTo', 'ticket', 38]);
});

it('says when recent tickets were finished', async () => {
  const { user } = await showSidebar();
  await user.click(screen.getByRole('button', { name: 'Answers and earlier tickets: Jo Rivera' }));
  expect(screen.getByText('Solved · Refunds · finished May 11')).toBeVisible();
});

it('shows with an answer its words and reasons, and whether it may be a scanner’s', async () => {
  const words = {
    comment: 'Two weeks for a tent',
    drivers: [{ en: 'How fast it was' }, { en: 'The solution' }],
    mayContact: true,
  };
  const answers = [anAnswer({ survey: 'csat', score: 2, outOf: 5, at: ago(3_600_000), doubtful: true, ...words })];
  const { user } = await showSidebar({ card: { customer: aCustomer({ answers, recent: [] }) } });
  await user.click(screen.getByRole('button', { name: 'Answers and earlier tickets: Jo Rivera' }));
  expect(screen.getByText('Two weeks for a tent')).toBeVisible();
  expect(screen.getByText('Two weeks for a tent')).toHaveAttribute('dir', 'auto');
  expect(
    screen.getByText('How fast it was · The solution · May be contacted · Possibly from a mail scanner'),
  ).toBeVisible();
});

it('says that a customer did not agree to be contacted about an answer', async () => {
  const answers = [anAnswer({ survey: 'csat', score: 2, outOf: 5, at: ago(3_600_000), mayContact: false })];
  const { user } = await showSidebar({ card: { customer: aCustomer({ answers, recent: [] }) } });
  await user.click(screen.getByRole('button', { name: 'Answers and earlier tickets: Jo Rivera' }));
  expect(screen.getByText('Did not agree to be contacted')).toBeVisible();
});

it('names reasons in the agent’s language, and in English where the policy has no other name', async () => {
  const drivers = [{ en: 'How fast it was', de: 'Wie schnell es ging' }, { en: 'The price' }];
  const answers = [anAnswer({ survey: 'csat', score: 2, outOf: 5, at: ago(3_600_000), drivers })];
  const { user } = await showSidebar({ locale: 'de', card: { customer: aCustomer({ answers, recent: [] }) } });
  await user.click(screen.getByRole('button', { name: /Jo Rivera/ }));
  expect(screen.getByText('Wie schnell es ging · The price')).toBeVisible();
});

it('warns of an open promise', async () => {
  const promises = [{ text: 'I will call you by Monday', by: 'Omar', at: ago(30 * 3_600_000), ticketId: 42 }];
  await showSidebar({ card: { customer: aCustomer({ promises }) } });
  expect(screen.getByText(/Open promise: “I will call you by Monday”/)).toHaveTextContent('Omar, yesterday');
});

it('shows other open tickets below the warnings of all cards', async () => {
  const promises = [{ text: 'I will call you by Monday', by: 'Omar', at: ago(30 * 3_600_000), ticketId: 42 }];
  const escalation = anEscalation({ criteria: [{ text: 'A lawyer is named', holds: true }] });
  await showSidebar({ card: { customer: aCustomer({ promises }), escalation } });
  expect(section('Queue')).toHaveTextContent(/Open promise.*A lawyer is named.*2 other open tickets/);
});

it('says so when there is nothing to tell', async () => {
  const nobody = { name: null, answers: [], open: [], openCount: 0, recent: [], promises: [] };
  await showSidebar({ card: { customer: aCustomer(nobody) } });
  const customer = within(section('Customer'));
  expect(customer.getByText('No other tickets or survey answers yet.')).toBeVisible();
});

it('does not say that there are no other tickets when some are open', async () => {
  await showSidebar({ card: { customer: aCustomer({ answers: [], recent: [] }) } });
  expect(screen.getByText('2 other open tickets')).toBeVisible();
  expect(screen.queryByText(/no other tickets/i)).not.toBeInTheDocument();
  expect(screen.getByText('Jo Rivera: no earlier tickets or survey answers.')).toBeVisible();
});

it.each([
  [2, false, 1],
  [5, true, 0],
])('puts a poor last answer among what needs a look: %i of 5', async (score, good, lines) => {
  const answers = [anAnswer({ survey: 'csat', score, outOf: 5, good, at: ago(3_600_000), ticketId: 17 })];
  await showSidebar({ card: { customer: aCustomer({ answers }) } });
  expect(within(section('Queue')).queryAllByText(/^Last answer: 2 of 5/)).toHaveLength(lines);
});

it('warns of no poor answer that a program may have given, but of the one before', async () => {
  const given = { survey: 'csat', outOf: 5, good: false } as const;
  const doubtful = anAnswer({ ...given, score: 1, at: ago(3_600_000), doubtful: true });
  const sure = anAnswer({ ...given, score: 2, at: ago(7_200_000) });
  await showSidebar({ card: { customer: aCustomer({ answers: [doubtful, sure] }) } });
  const lines = within(section('Queue')).getAllByText(/^Last answer/);
  expect(lines.map(({ textContent }) => textContent)).toEqual([expect.stringContaining('2 of 5')]);
});

const PAGE = (page: number) => `GET /api/tickets/42/answers/${page}`;
const nps = (score: number) => anAnswer({ survey: 'nps', score, outOf: 10, at: ago(score * 86_400_000) });
const scores = () =>
  screen.getAllByText(/^NPS \d+ of 10/).map(({ textContent }) => Number(/\d+/.exec(textContent)?.[0]));

it('says from which tool an answer was imported', async () => {
  const answers = (['typeform', 'simplesat', 'other', null] as const).map((importedFrom) => ({
    ...nps(9),
    importedFrom,
  }));
  const { user } = await showSidebar({ card: { customer: aCustomer({ answers }) } });
  await user.click(screen.getByRole('button', { name: /^Answers and earlier tickets/ }));
  const said = screen.getAllByText(/^Imported from/).map(({ textContent }) => textContent);
  expect(said).toEqual(['Imported from Typeform', 'Imported from SimpleSAT', 'Imported from another survey tool']);
});

it('shows older answers, a page at a time, and moves the focus to the first that was not shown', async () => {
  const customer = aCustomer({ answers: [1, 2, 3, 4, 5].map(nps), hasMoreAnswers: true });
  const { user, service } = await showSidebar({ card: { customer } });
  await user.click(screen.getByRole('button', { name: /^Answers and earlier tickets/ }));
  service.answer(PAGE(1), refusal(500, 'internal'));
  await user.click(screen.getByRole('button', { name: 'Show older answers' }));
  expect(screen.getByRole('alert')).toBeVisible();
  service.answer(PAGE(1), ok({ answers: [1, 2, 3, 4, 5, 6, 7].map(nps), hasMore: true }));
  await user.click(screen.getByRole('button', { name: 'Show older answers' }));
  expect(scores()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(screen.getByText(/^NPS 6 of 10/).closest('li')).toHaveFocus();
  service.answer(PAGE(2), ok({ answers: [8].map(nps), hasMore: false }));
  await user.click(screen.getByRole('button', { name: 'Show older answers' }));
  expect(scores()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(screen.getByText(/^NPS 8 of 10/).closest('li')).toHaveFocus();
  expect(screen.queryByRole('button', { name: 'Show older answers' })).not.toBeInTheDocument();
});

it('starts again from the newest when another answer comes', async () => {
  const customer = aCustomer({ answers: [2, 3, 4, 5, 6].map(nps), hasMoreAnswers: true });
  const { user, service } = await showSidebar({ card: { customer } });
  await user.click(screen.getByRole('button', { name: /^Answers and earlier tickets/ }));
  service.answer(PAGE(1), ok({ answers: [2, 3, 4, 5, 6, 7].map(nps), hasMore: false }));
  await user.click(screen.getByRole('button', { name: 'Show older answers' }));
  const later = aCustomer({ answers: [1, 2, 3, 4, 5].map(nps), hasMoreAnswers: true });
  service.answer('GET /api/tickets/42/card', ok(aCard({ asOf: ago(-1), customer: later })));
  service.live('ticket');
  expect(await screen.findByRole('button', { name: 'Show older answers' })).toBeVisible();
  expect(scores()).toEqual([1, 2, 3, 4, 5]);
});
