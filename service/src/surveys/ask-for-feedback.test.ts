import { eq } from 'drizzle-orm';
import { silentLogger } from '../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { people } from '../directory/tables.ts';
import { type ActionsFixture, createActionsFixture, LENA, T3 } from '../sidebar/actions/testing/actions-fixture.ts';
import { readCard } from '../sidebar/card/read-card.ts';
import { askForFeedback, feedbackSection } from './ask-for-feedback.ts';
import { cancelInvitations } from './schedule-invitation.ts';
import { invitations, unsubscribed } from './tables.ts';

let database: TestDatabase;
let fixture: ActionsFixture;
const customer = { id: 900, name: 'Jo', email: 'Jo@Example.com', role: 'end-user' as const };
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.clear();
  fixture = createActionsFixture(database);
  await fixture.placed(42);
  await database.db
    .insert(people)
    .values({ ...customer, fetchedAt: new Date() })
    .onConflictDoNothing();
});
afterAll(() => database.drop());

const asks = (agent = LENA, ticketId = 42) => fixture.performs(askForFeedback, ticketId, agent, {});
async function shown(agent = LENA) {
  const { policy, directory } = fixture.deps;
  const deps = { db: database.db, policy, directory, sections: [feedbackSection], clock: Date.now };
  return (await readCard({ ...deps, logger: silentLogger }, { ticketId: 42, agent }))?.customer.feedback;
}
const stored = () => database.db.select().from(invitations).orderBy(invitations.id);
const refused = (why: string) => ({ status: 409, refusal: { error: 'not_asked', feedback: { why } } });

test('an agent asks the customer once a ticket, at once, and the request is told apart and logged', async () => {
  expect(await asks()).toEqual({ kind: 'done' });
  expect(await asks()).toMatchObject(refused('asked_already'));
  const [request] = await stored();
  expect(request).toMatchObject({
    cause: 'request',
    ticketId: 42,
    solvedAt: null,
    survey: 'csat',
    requesterId: 900,
    agentId: LENA.id,
    state: 'scheduled',
  });
  expect(fixture.logged).toMatchObject([
    { action: 'ask_for_feedback', ticketId: 42, agentId: LENA.id },
    { action: 'ask_for_feedback', refusal: 'not_asked' },
  ]);
});

test('two agents at once ask once', async () => {
  const results = await Promise.all([asks(), asks()]);
  expect(results.map(({ kind }) => kind).toSorted()).toEqual(['done', 'refused']);
  expect(await stored()).toHaveLength(1);
});

test('a request about an open ticket outlives a reopening', async () => {
  await asks();
  await database.db.transaction((tx) => cancelInvitations(tx, 42, 'reopened'));
  expect(await stored()).toMatchObject([{ state: 'scheduled' }]);
});

test('whoever was asked lately is not asked, and the agent learns when that was and until when', async () => {
  const sentAt = new Date(Date.now() - 3 * 86_400_000);
  const earlier = { ticketId: 41, survey: 'ces' as const, requesterId: 900, state: 'sent' as const, sentAt };
  await database.db.insert(invitations).values({ ...earlier, dueAt: sentAt, solvedAt: sentAt, category: 'billing' });
  expect(await asks()).toMatchObject({
    refusal: {
      feedback: {
        why: 'contacted_recently',
        askedAt: sentAt.toISOString(),
        until: new Date(sentAt.getTime() + 30 * 86_400_000).toISOString(),
      },
    },
  });
});

test('nobody is asked who unsubscribed, under any spelling of the address, or has none', async () => {
  await database.db.insert(unsubscribed).values({ email: 'jo@example.com' });
  expect(await asks()).toMatchObject(refused('unsubscribed'));
  await database.db.update(people).set({ email: null }).where(eq(people.id, 900));
  expect(await asks()).toMatchObject(refused('no_address'));
  expect(await asks()).toMatchObject(refused('no_address'));
  expect(await stored()).toMatchObject([
    { cause: 'request', state: 'cancelled', reason: 'unsubscribed', agentId: LENA.id },
    { cause: 'request', state: 'cancelled', reason: 'no_email', agentId: LENA.id },
  ]);
  await database.db.update(people).set({ email: 'new@example.com' }).where(eq(people.id, 900));
  expect(await asks()).toEqual({ kind: 'done' });
});

test('an unsubscription follows the customer to a new address', async () => {
  const sentAt = new Date(Date.now() - 90 * 86_400_000);
  const earlier = { ticketId: 41, survey: 'ces', requesterId: 900, state: 'sent', sentAt } as const;
  await database.db.insert(invitations).values({ ...earlier, recipient: 'old@example.com', dueAt: sentAt });
  await database.db.insert(unsubscribed).values({ email: 'old@example.com' });
  expect(await asks()).toMatchObject(refused('unsubscribed'));
});

test('a policy may leave it to the agents of some tiers', async () => {
  const policy = fixture.deps.policy.current();
  policy.policy.surveys.agents_may_ask = ['t3'];
  expect(await asks()).toMatchObject({ status: 403, refusal: { error: 'forbidden' } });
  expect(await asks({ ...LENA, groupIds: [T3] })).toEqual({ kind: 'done' });
  expect(await asks({ ...LENA, may: { ...LENA.may, edit: false } })).toMatchObject({ status: 403 });
});

test('the sidebar offers it only to those who may ask, and tells everybody when somebody asked', async () => {
  expect(await shown()).toEqual({ survey: 'csat', requestedAt: null });
  fixture.deps.policy.current().policy.surveys.agents_may_ask = ['t3'];
  expect(await shown()).toBeNull();
  const ofT3 = { ...LENA, groupIds: [T3] };
  expect(await shown(ofT3)).toEqual({ survey: 'csat', requestedAt: null });
  await asks(ofT3);
  expect(await shown()).toEqual({ survey: 'csat', requestedAt: expect.any(String) });
});
