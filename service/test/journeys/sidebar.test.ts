// The whole service, as the sidebar sees it: a local Zendesk signs, the service verifies, shows, and acts.
import { invitations, responses } from '../../src/surveys/tables.ts';
import { customer } from '../../testing/people-at-zendesk.ts';
import { installSidebar, signIn } from '../../testing/sign-in-to-sidebar.ts';
import { type Harness, startHarness, until } from '../../testing/start-harness.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ installApp: installSidebar });
});
afterAll(() => harness.stop());

const nameOfCustomer = (ticketId: number): string => {
  const { account } = harness.zendesk;
  return account.users.find(account.tickets.find(ticketId)!.requester_id)!.name;
};

const PRIYA = 'priya@northwind.test';

test('an agent opens a ticket, reads its card and corrects the category, and Zendesk has the tags soon after', async () => {
  const id = await customer(harness).opens('Money back', 'I want my money back for the tent.');
  const { session, call } = await signIn(harness, PRIYA);
  expect(session.agent).toMatchObject({ id: expect.any(Number), name: expect.stringContaining('Priya') });
  const decided = await until('the ticket is decided', async () => {
    const { status, body } = await call('GET', `/tickets/${id}/card`);
    return status === 200 && body.tier ? body.tier : null;
  });
  expect(decided).toMatchObject({ category: { id: 'refunds' }, placedBy: 'policy' });
  expect((await call('GET', '/guidance')).body).toMatchObject({ categories: expect.any(Array) });

  await until(
    'the customer is known by name',
    async () => (await call('GET', `/tickets/${id}/card`)).body.customer.name === nameOfCustomer(id),
  );

  const other = decided.categories.find((category) => category.id !== 'refunds')!;
  const corrected = await call('PUT', `/tickets/${id}/category`, { from: 'refunds', category: other.id });
  expect(corrected.body.tier).toMatchObject({ category: { id: other.id }, correction: { to: { id: other.id } } });
  await until('the tags are on the ticket', () =>
    harness.zendesk.account.tickets.find(id)?.tags.includes(`category__${other.id}`),
  );
});

test("the card shows the customer's survey answers", async () => {
  const id = await customer(harness).opens('Pole is bent', 'It broke.');
  const { call } = await signIn(harness, PRIYA);
  await until('the ticket is decided', async () => (await call('GET', `/tickets/${id}/card`)).body.tier);
  const { db } = harness.database;
  const at = new Date();
  const requesterId = harness.zendesk.account.tickets.find(id)!.requester_id;
  const invitation = { ticketId: id, solvedAt: at, survey: 'csat', category: 'other', requesterId, dueAt: at } as const;
  const [asked] = await db
    .insert(invitations)
    .values({ ...invitation, state: 'answered' })
    .returning();
  await db.insert(responses).values({ invitationId: asked!.id, score: 4, answeredAt: at, changedAt: at });
  const { customer: shown } = (await call('GET', `/tickets/${id}/card`)).body;
  expect(shown.answers).toMatchObject([{ survey: 'csat', score: 4, outOf: 5, good: true, ticketId: id }]);
});

test('an agent who may see only assigned tickets can sign in, and gets no card of another ticket', async () => {
  const { account } = harness.zendesk;
  const made = account.users.create(
    { name: 'Tess', email: 'tess@northwind.test', role: 'agent', ticket_restriction: 'assigned' },
    { id: account.ownerId },
  );
  expect(made.ok).toBe(true);
  const id = await customer(harness).opens('Where is my parcel', 'It should be here.');
  const { call } = await signIn(harness, 'tess@northwind.test');
  expect(await call('GET', `/tickets/${id}/card`)).toMatchObject({ status: 403, body: { error: 'forbidden' } });
});

test('an open page is notified at once when its ticket changes', async () => {
  const id = await customer(harness).opens('Tent leaks', 'It rained in.');
  const { session, call } = await signIn(harness, PRIYA);
  await until('the ticket is decided', async () => (await call('GET', `/tickets/${id}/card`)).body.tier);
  const leaving = new AbortController();
  const stream = await fetch(`${harness.serviceUrl}/api/live?ticket=${id}`, {
    headers: { authorization: `Bearer ${session.accessToken}` },
    signal: leaving.signal,
  });
  let heard = '';
  void (async () => {
    for await (const chunk of stream.body ?? []) heard += Buffer.from(chunk).toString();
  })().catch(() => undefined);
  await customer(harness).writesAgain(id, 'Hello?');
  await until('the event', () => heard.includes('event: ticket'));
  leaving.abort();
});

test('/readyz reports the sidebar, and nothing is missing', async () => {
  const { checks } = (await (await fetch(`${harness.serviceUrl}/readyz`)).json()) as {
    checks: Record<string, unknown>;
  };
  expect(checks.sidebar).toMatchObject({ ok: true });
});
