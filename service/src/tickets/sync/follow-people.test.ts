// Checks that the user export reports what webhooks missed.
import { aZendesk, pipelineDeps, silentLogger } from '../../../testing/pipeline-deps.ts';
import { tablesWith } from '../../../testing/tables-with.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { people } from '../../directory/tables.ts';
import { hashAddress } from '../../surveys/hash-address.ts';
import { invitations, unsubscribed } from '../../surveys/tables.ts';
import type { ExportedUser } from '../../zendesk/zendesk.ts';
import { aRestTicket, CUSTOMER, change, comment, pipelineFixture } from '../process/testing/pipeline-fixture.ts';
import { comments, tickets } from '../tables.ts';
import { followPeople } from './follow-people.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());
const { hear, ticket } = pipelineFixture(() => database);

const ROBIN = Number(CUSTOMER);
const KIM = 950;
const WORDS = { subject: 'My secret refund', description: 'A secret: I want my money back' };
const user = (id: number, part: Partial<ExportedUser> = {}): ExportedUser => ({
  id,
  name: 'Robin Secret',
  email: 'robin.secret@x.test',
  role: 'end-user',
  suspended: false,
  locale: 'en-US',
  active: true,
  permanently_deleted: false,
  ...part,
});
const GONE = { name: 'Permanently Deleted User', email: null, active: false, permanently_deleted: true };

function exporting(users: ExportedUser[], requesterNow = ROBIN) {
  const asked: unknown[] = [];
  const zendesk = aZendesk({
    exportUsers: async (from) => {
      asked.push(from);
      return { users, cursor: 'c1', endOfStream: true };
    },
    showTickets: async (ids) => ids.map((id) => aRestTicket({ id, requester_id: requesterNow })),
  });
  return { asked, deps: { ...pipelineDeps(database.db, { zendesk }), logger: silentLogger } };
}

async function given(): Promise<void> {
  const { db } = database;
  const said = comment(10, '7', CUSTOMER, 'More secret');
  const withWords = { ...said, detail: { ...said.detail, ...WORDS } };
  await hear(pipelineDeps(db), { detail: WORDS }, withWords);
  const fetchedAt = new Date('2025-01-08T10:00:00Z');
  await db.insert(people).values([
    { ...user(ROBIN), fetchedAt },
    { ...user(KIM, { name: 'Kim', email: 'kim@x.test' }), fetchedAt },
  ]);
  await db.insert(invitations).values({
    ticketId: 5158,
    survey: 'csat',
    category: 'refunds',
    requesterId: ROBIN,
    solvedAt: fetchedAt,
    dueAt: fetchedAt,
    sentAt: fetchedAt,
    state: 'sent',
    recipient: 'robin.secret@x.test',
  });
}

test('a permanently deleted customer is erased, even if no webhook reported it', async () => {
  await given();
  const { deps } = exporting([user(ROBIN, GONE), user(999, GONE)]);
  expect(await followPeople(deps)).toMatchObject({ erased: 1 });
  expect(await tablesWith(database.db, 'secret')).toEqual([]);
  expect(await database.db.select({ id: people.id }).from(people)).toEqual([{ id: KIM }]);

  // Zendesk shows them again, and an event from before comes late.
  expect(await followPeople(deps)).toMatchObject({ erased: 0 });
  await hear(pipelineDeps(database.db), { detail: WORDS });
  expect(await tablesWith(database.db, 'secret')).toEqual([]);
});

test('a customer who was deleted but not permanently keeps everything, and is not read further', async () => {
  await given();
  const { deps } = exporting([user(ROBIN, { active: false, email: null })]);
  expect(await followPeople(deps)).toMatchObject({ erased: 0, merged: 0 });
  expect(await ticket()).toMatchObject({ subject: WORDS.subject, requesterId: ROBIN });
});

test('updates name, address and role of known people, and stores no others', async () => {
  await given();
  const renamed = user(KIM, { name: 'Kim Jones', email: 'jones@x.test', suspended: true });
  const { deps } = exporting([renamed, user(999)]);
  expect(await followPeople(deps)).toMatchObject({ updated: 1 });
  expect(await database.db.select().from(people)).toEqual([
    expect.objectContaining({ id: ROBIN }),
    expect.objectContaining({ id: KIM, name: 'Kim Jones', email: 'jones@x.test', suspended: true }),
  ]);
});

describe('a merge into another user', () => {
  const merged = async () => {
    const { db } = database;
    return {
      tickets: await db.select({ of: tickets.requesterId }).from(tickets),
      comments: await db.selectDistinct({ of: comments.authorId }).from(comments),
      asked: await db.select({ of: invitations.requesterId }).from(invitations),
      people: await db.select({ of: people.id }).from(people),
      unsubscribed: (await db.select({ email: unsubscribed.email }).from(unsubscribed))
        .map(({ email }) => email)
        .toSorted(),
    };
  };
  const ALL_OF_KIM = {
    tickets: [{ of: KIM }],
    comments: [{ of: KIM }],
    asked: [{ of: KIM }],
    people: [{ of: KIM }],
    unsubscribed: [],
  };

  test('without a webhook moves tickets, comments and survey contacts to the remaining user', async () => {
    await given();
    const { deps } = exporting([user(ROBIN, { active: false, email: null })], KIM);
    expect(await followPeople(deps)).toMatchObject({ merged: 1, erased: 0 });
    expect(await merged()).toEqual(ALL_OF_KIM);
  });

  test.each([
    ['names the one who is no more', ROBIN, {}],
    ['names the one who stays, and the other in its event', KIM, { user: { id: CUSTOMER } }],
  ])('with a webhook that %s does the same', async (_name, subject, event) => {
    await given();
    const { deps } = exporting([], KIM);
    await hear(deps, { ...change(40, 'user.merged'), subject: `zen:user:${subject}`, event, detail: {} });
    expect(await merged()).toEqual({ ...ALL_OF_KIM, people: expect.any(Array) });
    expect(await tablesWith(database.db, 'robin')).not.toContain('people');
  });

  test('moves an unsubscription too, of which only a hash may be left', async () => {
    await given();
    await database.db.insert(unsubscribed).values({ email: hashAddress('robin.secret@x.test') });
    await followPeople(exporting([user(ROBIN, { active: false })], KIM).deps);
    expect((await merged()).unsubscribed).toContain('kim@x.test');
  });
});

test('continues at its cursor, a few pages a run, and starts where the decision log starts', async () => {
  await given();
  const { asked, deps } = exporting([]);
  await followPeople(deps);
  await followPeople(deps);
  expect(asked).toEqual([{ startTime: Date.parse('2025-01-08T11:20:00Z') / 1000 }, { cursor: 'c1' }]);
  let pages = 0;
  const endless = aZendesk({
    exportUsers: async () => ({ users: [], cursor: `c${++pages}`, endOfStream: false }),
  });
  expect(await followPeople({ ...deps, zendesk: endless })).toMatchObject({ pages: 3 });
});
