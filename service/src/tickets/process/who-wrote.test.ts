import { eq } from 'drizzle-orm';
import { AGENT, aZendesk, ME, pipelineDeps, silentLogger } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { openDirectory } from '../../directory/directory.ts';
import { createFakeZendesk } from '../../zendesk/create-fake-zendesk.ts';
import type { ZendeskComment, ZendeskTicket } from '../../zendesk/zendesk.ts';
import { importTickets } from '../sync/import-tickets.ts';
import { comments } from '../tables.ts';
import type { PipelineDeps } from './deps.ts';
import { aPage, aRestTicket, change, comment, pipelineFixture } from './testing/pipeline-fixture.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());
const { hear, ticket } = pipelineFixture(() => database);

const CREATED = '2025-01-08T10:12:07Z';
const CUSTOMER = 900;
const LEFT = 77;

const said = (id: number, author_id: number, minute: number, isPublic = true): ZendeskComment => ({
  id,
  author_id,
  body: 'Words',
  public: isPublic,
  created_at: `2025-01-08T10:${minute}:07Z`,
});

/** An account whose only ticket has these comments, of which agents answered so many. */
function imported(deps: Partial<PipelineDeps>, part: Partial<ZendeskTicket>, list: ZendeskComment[] = [], replies = 0) {
  const metrics = { solved_at: null, requester_updated_at: null, reopens: 0, replies };
  return importTickets(
    pipelineDeps(database.db, {
      zendesk: aZendesk({
        exportTickets: async () => ({
          ...aPage(aRestTicket(part)),
          metricSets: [{ ...metrics, ticket_id: 1, latest_comment_added_at: list.at(-1)?.created_at ?? CREATED }],
        }),
        listComments: async () => list,
      }),
      ...deps,
    }),
  );
}

const person = (id: number, role: 'end-user' | 'agent') => ({
  id,
  name: 'Robin',
  email: null,
  role,
  suspended: false,
  locale: null,
  timeZone: null,
  customerIds: [],
  createdAt: null,
  fetchedAt: new Date(),
  staffSince: null,
  staffUntil: null,
});

/** Directory in which only the usual agents are on the list, and these people are known to Zendesk. */
function directory(...people: ReturnType<typeof person>[]): Partial<PipelineDeps> {
  const usual = pipelineDeps(database.db).directory;
  return { directory: { ...usual, person: async (id) => people.find((one) => one.id === id) ?? null } };
}

describe('the first message', () => {
  const cases: [string, { submitter: number | null; requester: number; isPublic: boolean }, boolean][] = [
    ['of a customer', { submitter: CUSTOMER, requester: CUSTOMER, isPublic: true }, true],
    ['of an agent for a customer', { submitter: AGENT, requester: CUSTOMER, isPublic: true }, false],
    ['of an agent for a customer, in private', { submitter: AGENT, requester: CUSTOMER, isPublic: false }, false],
    ['under our login for a customer', { submitter: ME, requester: CUSTOMER, isPublic: true }, false],
    ['of an agent who left since, for a customer', { submitter: LEFT, requester: CUSTOMER, isPublic: true }, false],
    ['that Zendesk made for a customer', { submitter: -1, requester: CUSTOMER, isPublic: true }, true],
    ['of nobody who is named', { submitter: null, requester: CUSTOMER, isPublic: true }, true],
    ['of another customer for a colleague', { submitter: 901, requester: CUSTOMER, isPublic: true }, true],
  ];
  const people = () => directory(person(LEFT, 'agent'), person(901, 'end-user'), person(CUSTOMER, 'end-user'));

  test.each(cases)('%s waits in the same way by import', async (_what, { submitter, requester, isPublic }, waits) => {
    await imported(people(), { submitter_id: submitter, requester_id: requester, is_public: isPublic });
    expect((await ticket(1))?.waitingSince ?? null).toEqual(waits ? new Date(CREATED) : null);
  });

  test.each(cases)('%s waits in the same way by webhook', async (_what, { submitter, requester, isPublic }, waits) => {
    const ids = { submitter_id: submitter === null ? null : String(submitter), requester_id: String(requester) };
    await hear(pipelineDeps(database.db, people()), { detail: { ...ids, is_public: isPublic } });
    expect((await ticket())?.waitingSince ?? null).toEqual(waits ? new Date(CREATED) : null);
  });

  test('of a private question does not wait after its author is renamed', async () => {
    const list = [said(10, AGENT, 12, false), said(11, CUSTOMER, 20)];
    await imported({}, { submitter_id: AGENT, is_public: true }, list, 1);
    expect((await ticket(1))?.waitingSince).toEqual(new Date('2025-01-08T10:20:07Z'));
  });
});

describe('an answer', () => {
  test('of a third party by mail, which Zendesk makes private, is none, nor is what they write later', async () => {
    const mail = { ...said(12, 901, 14, false), via: { channel: 'email' } };
    const list = [said(10, CUSTOMER, 12), said(11, AGENT, 13), mail, said(13, 901, 20)];
    await imported(directory(person(901, 'end-user')), {}, list, 1);
    expect((await ticket(1))?.waitingSince).toEqual(new Date('2025-01-08T10:20:07Z'));
    const rows = await database.db.select().from(comments).where(eq(comments.authorId, 901));
    expect(rows.map(({ author }) => author)).toEqual(['customer', 'customer']);
  });

  test.each([
    [false, 'customer'],
    [true, 'agent'],
    [null, 'agent'],
  ] as const)('in private by webhook is by staff as Zendesk says (%s)', async (is_staff, author) => {
    const said = { id: '70', body: 'Words', is_public: false, author: { id: '901', name: 'x', is_staff } };
    const event = change(20, 'ticket.comment_added', { actor_id: '901' }, { comment: said });
    await hear(pipelineDeps(database.db, directory(person(901, 'end-user'))), {}, event);
    const rows = await database.db.select().from(comments).where(eq(comments.authorId, 901));
    expect(rows.map((one) => one.author)).toEqual([author]);
  });

  test.each<[string, ZendeskComment[], number, Partial<Parameters<typeof person>[1]>[]]>([
    ['of an agent who left, whom Zendesk still calls one', [said(11, LEFT, 20)], 1, ['agent']],
    ['of somebody who wrote a private note too', [said(11, LEFT, 20), said(12, LEFT, 21, false)], 1, ['end-user']],
    ["that only Zendesk's count of replies tells to be one", [said(11, LEFT, 20)], 1, ['end-user']],
  ])('%s ends the wait by import', async (_what, list, replies, [role]) => {
    await imported(directory(person(LEFT, role as 'agent')), {}, [said(10, CUSTOMER, 12), ...list], replies);
    expect((await ticket(1))?.waitingSince).toBeNull();
  });

  test('of another customer does not end the wait, and a comment of Zendesk itself neither starts nor ends it', async () => {
    const list = [said(10, CUSTOMER, 12), said(11, AGENT, 13), said(12, 901, 20), said(13, -1, 21)];
    await imported(directory(person(901, 'end-user')), {}, list, 1);
    expect((await ticket(1))?.waitingSince).toEqual(new Date('2025-01-08T10:20:07Z'));

    await database.clear();
    await hear(pipelineDeps(database.db), {}, comment(20, '70', String(AGENT)), comment(30, '71', '-1'));
    expect((await ticket())?.waitingSince).toBeNull();
  });
});

test("is judged by the author's role when it was written, also after an agent became a customer", async () => {
  const zendesk = createFakeZendesk(Date.now);
  const lena = { name: 'Lena', email: null, suspended: false, locale: null };
  zendesk.account.users.push({ ...lena, id: LEFT, role: 'agent' }, { ...lena, id: 78, role: 'end-user' });
  let now = Date.parse('2025-01-08T10:00:00Z');
  const open = () =>
    openDirectory({ db: database.db, zendesk, clock: () => now, logger: silentLogger, kinds: () => new Set() });
  const directoryOfThen = await open();
  await directoryOfThen.person(78);
  expect([directoryOfThen.isAgent(LEFT), directoryOfThen.isAgent(78)]).toEqual([true, false]);

  now += 7_200_000;
  Object.assign(zendesk.account.users[1]!, { role: 'end-user' });
  Object.assign(zendesk.account.users[2]!, { role: 'agent' });
  await directoryOfThen.refresh();

  for (const one of [directoryOfThen, await open()]) {
    const is = (id: number, at: string) => one.isAgent(id, new Date(at));
    expect([one.isAgent(LEFT), is(LEFT, '2025-01-08T10:30:00Z'), is(LEFT, '2025-01-08T12:30:00Z')]).toEqual([
      false,
      true,
      false,
    ]);
    expect([one.isAgent(78), is(78, '2025-01-08T09:30:00Z'), is(78, '2025-01-08T12:30:00Z')]).toEqual([
      true,
      false,
      true,
    ]);
  }
  // Hours later, somebody who asked for help before is looked up by Zendesk's own word.
  now += 7_200_000;
  await directoryOfThen.person(LEFT);
  await directoryOfThen.refresh();
  expect(directoryOfThen.isAgent(LEFT, new Date('2025-01-08T10:30:00Z'))).toBe(true);
});
