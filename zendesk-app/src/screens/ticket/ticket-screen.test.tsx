// Tests the ticket screen: loading, live updates, problems, other tickets.
import { act, screen } from '@testing-library/react';
import {
  aCard,
  aCustomer,
  ago,
  anAnswer,
  anApproval,
  aQueue,
  aRecordedRefund,
  aRefund,
  aTier,
  NOW,
} from '../../testing/card-builders.ts';
import { aService, ok, refusal } from '../../testing/fake-service.ts';
import { showSidebar, withFixedClock } from '../../testing/show-sidebar.tsx';

withFixedClock();

const CARD = 'GET /api/tickets/42/card';
const reads = (calls: readonly { path: string }[]) => calls.filter(({ path }) => path.endsWith('/card')).length;

it('makes one call for all cards', async () => {
  const { service } = await showSidebar();
  expect(service.calls.map(({ method, path }) => `${method} ${path}`)).toEqual([CARD, 'GET /api/live']);
});

it('says that it is loading', async () => {
  await showSidebar({ card: 'never' });
  expect(screen.getByText('Loading the ticket’s card')).toBeInTheDocument();
});

it('shows the last card with its age while the service is unreachable, disables actions, and recovers', async () => {
  const { service, pass } = await showSidebar({ card: { asOf: ago(60_000) } });
  service.answer(CARD, 'no network');
  service.answer('GET /api/live', 'no network');
  service.breakStream();
  await pass(1);
  expect(screen.getByText(/^Deskwright cannot be reached\./)).toBeVisible();
  expect(screen.getByText('Last updated 1 minute ago.')).toBeVisible();
  expect(screen.getByText('Refund up to $50')).toBeVisible();
  for (const checkbox of screen.getAllByRole('checkbox')) expect(checkbox).toBeDisabled();
  expect(screen.getByRole('button', { name: 'Escalate to Tier 2' })).toBeDisabled();
  expect(screen.getByRole('button', { name: 'Change category' })).toBeDisabled();

  service.answer(CARD, ok(aCard({ asOf: ago(-5_000), customer: aCustomer({ name: 'Back again' }) })));
  await pass(30_000);
  expect(screen.queryByText(/cannot be reached/)).not.toBeInTheDocument();
  expect(screen.getByText('Answers and earlier tickets: Back again')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Escalate to Tier 2' })).toBeEnabled();
});

it('waits longer after each failure', async () => {
  const { service, pass } = await showSidebar({ card: 'no network' });
  expect(screen.getByRole('alert')).toHaveTextContent('Deskwright cannot be reached.');
  await pass(60_000);
  const inAMinute = reads(service.calls);
  await pass(60_000);
  expect(reads(service.calls) - inAMinute).toBeLessThanOrEqual(3);
  expect(reads(service.calls)).toBeGreaterThan(4);
});

it('waits as long as the service asks', async () => {
  const { service, pass } = await showSidebar({
    card: { status: 503, body: { error: 'unavailable', message: '' }, headers: { 'retry-after': '20' } },
  });
  await pass(19_000);
  expect(reads(service.calls)).toBe(1);
  await pass(2_000);
  expect(reads(service.calls)).toBe(2);
});

it('tries again at once when asked', async () => {
  const { user, service } = await showSidebar({ card: refusal(500, 'internal') });
  expect(screen.getByRole('alert')).toHaveTextContent('Something went wrong in Deskwright.');
  service.answer(CARD, ok(aCard()));
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(screen.getByRole('heading', { name: 'Refunds Tier 1' })).toBeVisible();
});

it('shows nothing of a ticket that the agent may no longer see', async () => {
  const { service, pass } = await showSidebar();
  service.answer(CARD, refusal(403, 'forbidden'));
  service.live('ticket');
  await pass(1);
  expect(screen.getByText(/^You do not have access to this ticket/)).toBeVisible();
  expect(document.body).not.toHaveTextContent('Refunds');
});

it('says what to do when the session has ended, and stops asking the service', async () => {
  const service = aService();
  service.answer('POST /api/session', refusal(401, 'token_expired'));
  service.answer('GET /api/live', refusal(401, 'token_expired'));
  const { pass } = await showSidebar({ service, card: refusal(401, 'token_expired') });
  expect(screen.getByText(/^Your session has ended\. Reload Zendesk/)).toBeVisible();
  const asked = service.calls.length;
  await pass(10 * 60_000);
  expect(service.calls).toHaveLength(asked);
});

it('is read-only on a closed ticket', async () => {
  await showSidebar({ card: { ticket: { id: 42, status: 'closed', priority: null, closed: true } } });
  expect(screen.getByText(/^This ticket is closed and/)).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Escalate to Tier 2' })).not.toBeInTheDocument();
  expect(screen.getByRole('button', { name: /^Insert into reply/ })).toBeDisabled();
  for (const checkbox of screen.getAllByRole('checkbox')) expect(checkbox).toBeDisabled();
});

it('follows the ticket live, and reloads after the stream was disconnected', async () => {
  const { service, pass } = await showSidebar();
  service.answer(CARD, ok(aCard({ asOf: ago(-1), customer: aCustomer({ name: 'Decided again' }) })));
  service.live('policy');
  await pass(1);
  expect(screen.getByText('Answers and earlier tickets: Decided again')).toBeVisible();
  service.breakStream();
  await pass(1);
  expect(service.streams).toBe(0);
  await pass(5_000);
  expect(service.streams).toBe(1);
});

it('disconnects while hidden, and reloads when visible again', async () => {
  const { service, zendesk, pass } = await showSidebar();
  act(() => zendesk.send('app.deactivated'));
  await pass(1);
  expect(service.streams).toBe(0);
  const before = service.calls.length;
  await pass(2 * 60_000);
  expect(service.calls).toHaveLength(before);

  service.answer(CARD, ok(aCard({ asOf: ago(-1), customer: aCustomer({ name: 'New meanwhile' }) })));
  act(() => zendesk.send('app.activated'));
  await pass(1);
  expect(service.streams).toBe(1);
  expect(screen.getByText('Answers and earlier tickets: New meanwhile')).toBeVisible();
});

it('reloads every minute, since answers to other tickets change the position', async () => {
  const { service, pass } = await showSidebar();
  await pass(61_000);
  expect(reads(service.calls)).toBe(2);
});

it('never lets an older card replace a newer one', async () => {
  const { service, pass } = await showSidebar();
  service.answer(CARD, ok(aCard({ asOf: ago(60_000), customer: aCustomer({ name: 'Old' }) })));
  service.live('ticket');
  await pass(1);
  expect(screen.queryByText('Answers and earlier tickets: Old')).not.toBeInTheDocument();
});

it('switches to the ticket that the frame shows next', async () => {
  const { service, zendesk, pass } = await showSidebar();
  service.answer('GET /api/tickets/43/card', ok(aCard({ customer: aCustomer({ name: 'Of 43' }) })));
  act(() => zendesk.send('context.updated', { location: 'ticket_sidebar', ticketId: 43 }));
  await pass(1);
  expect(screen.getByText('Answers and earlier tickets: Of 43')).toBeVisible();
  expect(service.streams).toBe(1);
});

it('renews the session in the background', async () => {
  const { service, pass } = await showSidebar();
  service.answer('POST /api/session', () =>
    ok({
      accessToken: 'access-2',
      accessExpiresAt: new Date(NOW + 10 * 60_000).toISOString(),
      renewal: 'renewal-2',
      agent: { id: 7, name: 'Ann Miller', locale: 'en-US' },
    }),
  );
  await pass(5 * 60_000);
  expect(service.calls.filter(({ path }) => path === '/api/session').map(({ body }) => body)).toEqual([
    { renewal: 'renewal-1' },
  ]);
  expect(service.calls.at(-1)?.token).toBe('Bearer access-2');
  expect(screen.getByText('Refund up to $50')).toBeVisible();
});

test('the foot names the version and the build of the service', async () => {
  await showSidebar();
  expect(screen.getByText('Deskwright 0.1.0 (build 1a2b3c4d5e6f)')).toBeVisible();
});

test('a card of the former version’s service is shown during an upgrade', async () => {
  const { found: _f, recordedRefunds: _r, refundApprovals: _e, goodwill: _g, ...card } = aCard();
  const { quote: _q, priority: _p, ...tier } = aTier();
  const { answered: _a, lastMessageAt: _l, ...queue } = aQueue({ waiting: null });
  const {
    aboutMoney: _m,
    mayApprove: _y,
    share: _s,
    mayAsk: _k,
    isAnyDisputed: _z,
    needsPayment: _n,
    reasonCodes: _o,
    ...refund
  } = aRefund();
  const { feedback: _b, hasMoreAnswers: _h, ...rest } = aCustomer();
  const given = anAnswer({ survey: 'csat', score: 5, outOf: 5, at: ago(0) });
  const { drivers: _d, comment: _c, mayContact: _w, doubtful: _u, importedFrom: _i, ...answer } = given;
  const customer = { ...rest, answers: [answer] };
  const { user } = await showSidebar({ card: { status: 200, body: { ...card, tier, queue, refund, customer } } });
  expect(screen.getByText('Refund up to $50')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Why' }));
  expect(screen.getByText('The customer is not waiting for a reply.')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Answers and earlier tickets: Jo Rivera' }));
  expect(screen.getByText('CSAT 5 of 5, good')).toBeVisible();
  expect(screen.queryByRole('button', { name: /^Ask for feedback/ })).not.toBeInTheDocument();
});

test('a request for approval of the former version’s service, without its payment, is shown but not granted', async () => {
  const { payment: _p, reasonCode: _c, ...request } = anApproval();
  const { reasonCode: _o, ...recorded } = aRecordedRefund();
  const parts = { refundApprovals: { here: [request], elsewhere: [] }, recordedRefunds: [recorded] };
  const { service } = await showSidebar({ card: { status: 200, body: { ...aCard(), ...parts } } });
  expect(screen.getByText(/^Lena Fischer asks to refund \$90/)).toBeVisible();
  expect(screen.getByText(/\$12\.50/)).toBeVisible();
  expect(screen.queryByRole('button', { name: /^Approve/ })).not.toBeInTheDocument();
  service.answer(CARD, ok(aCard({ asOf: ago(-1), refundApprovals: { here: [anApproval()], elsewhere: [] } })));
  service.live('ticket');
  expect(await screen.findByRole('button', { name: 'Approve $90' })).toBeEnabled();
});
