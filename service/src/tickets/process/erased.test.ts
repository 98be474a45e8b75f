import { aZendesk, pipelineDeps } from '../../../testing/pipeline-deps.ts';
import { tablesWith as findTables } from '../../../testing/tables-with.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { erasingHooks } from '../../app/features.ts';
import { people } from '../../directory/tables.ts';
import { learnRequester } from '../../sidebar/api/learn-requester.ts';
import { ZendeskError, type ZendeskTicket } from '../../zendesk/zendesk.ts';
import { erasePerson } from '../projection/erase-person.ts';
import { importTickets } from '../sync/import-tickets.ts';
import { comments, tickets, unreadableRecords } from '../tables.ts';
import { aPage, aRestTicket, change, comment, pipelineFixture } from './testing/pipeline-fixture.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());
const { hear, ticket, log, effects, heard } = pipelineFixture(() => database);
const exporting = (...list: ZendeskTicket[]) =>
  pipelineDeps(database.db, {
    zendesk: aZendesk({ exportTickets: async () => aPage(...list), listComments: async () => [] }),
  });

const WORDS = { subject: 'My secret refund', description: 'A secret: I want my money back' };

const tablesWith = (word: string) => findTables(database.db, word);

const deleted = change(50, 'ticket.permanently_deleted', { ...WORDS, status: 'DELETED' });

test('a permanent deletion erases the ticket, and no later event restores its words', async () => {
  const deps = pipelineDeps(database.db);
  await hear(deps, { detail: WORDS }, { ...comment(10, '7', '900', 'More secret'), detail: WORDS });
  expect(await tablesWith('secret')).toEqual(expect.arrayContaining(['inbox', 'tickets', 'comments']));

  await hear(deps, deleted);
  expect(await tablesWith('secret')).toEqual([]);
  expect(await ticket()).toMatchObject({ gone: 'deleted', category: 'refunds' });
  expect((await effects()).every(({ state }) => state === 'cancelled')).toBe(true);

  const decided = (await log()).length;
  await hear(deps, change(20, 'ticket.subject_changed', WORDS), change(55, 'ticket.undeleted', WORDS));
  await hear(deps, { ...comment(56, '8', '900', 'Even more secret'), detail: WORDS });
  expect(await tablesWith('secret')).toEqual([]);
  expect(await log()).toHaveLength(decided);
  expect((await heard()).filter(({ state }) => state === 'waiting')).toEqual([]);
});

test('a permanent deletion also covers an unknown ticket: late events from before it are not stored', async () => {
  const deps = pipelineDeps(database.db);
  await hear(deps, deleted);
  await hear(deps, { detail: WORDS });
  expect(await tablesWith('secret')).toEqual([]);
});

test('the export restores no words of an erased ticket, and reports a deletion whose webhook was lost', async () => {
  const rest = { id: 5158, ...WORDS };
  await importTickets(exporting(aRestTicket(rest)));
  expect(await tablesWith('secret')).toContain('tickets');
  const scrubbed = { id: 5158, subject: 'SCRUBBED', description: 'SCRUBBED', status: 'deleted' };
  await importTickets(exporting(aRestTicket({ ...scrubbed, updated_at: '2025-01-08T11:00:00Z' })));
  expect(await tablesWith('secret')).toEqual([]);
  await importTickets(exporting(aRestTicket({ ...rest, updated_at: '2025-01-08T12:00:00Z' })));
  expect(await tablesWith('secret')).toEqual([]);
  expect(await tablesWith('scrubbed')).toEqual([]);
});

test('the export reports a permanent deletion of a ticket that was seen deleted later or restored before', async () => {
  await hear(pipelineDeps(database.db), { detail: WORDS });
  const scrubbed = { id: 5158, subject: 'SCRUBBED', description: 'SCRUBBED', status: 'deleted' } as const;
  const page = {
    ...aPage(aRestTicket({ ...scrubbed, updated_at: '2025-01-08T11:00:00Z' })),
    metricSets: [
      {
        ticket_id: 5158,
        replies: 1,
        reopens: 1,
        latest_comment_added_at: null,
        solved_at: null,
        requester_updated_at: null,
      },
    ],
  };
  const deps = pipelineDeps(database.db, {
    zendesk: aZendesk({
      showTicket: async () => null,
      exportTickets: async () => page,
      lastSolvedAt: () => Promise.reject(new ZendeskError('not_found', 'no such ticket', 404)),
    }),
    clock: () => Date.parse('2025-01-08T12:00:00Z'),
  });
  await hear(deps, { type: 'trigger', detail: { id: 5158 } });
  await database.db.update(tickets).set({ updatedAt: new Date('2025-01-08T12:00:00Z') });
  await importTickets(deps);
  expect(await tablesWith('secret')).toEqual([]);
  expect(await database.db.select().from(unreadableRecords)).toEqual([]);
});

test('the name of an erased customer is not requested', async () => {
  const fetchedAt = new Date();
  await database.db.insert(people).values({ id: 900, name: 'Robin Secret', email: null, role: 'end-user', fetchedAt });
  await hear(pipelineDeps(database.db), { detail: WORDS });
  await database.db.transaction((tx) =>
    erasePerson(tx, { id: 900, email: null, now: new Date(), hooks: erasingHooks() }),
  );
  const read: number[] = [];
  const deps = pipelineDeps(database.db, {
    zendesk: aZendesk({
      showTicket: async (id) => {
        read.push(id);
        return aRestTicket({ id, ...WORDS });
      },
    }),
  });
  const directory = {
    ...deps.directory,
    person: async (id: number) => {
      read.push(id);
      return null;
    },
  };
  await hear({ ...deps, directory }, change(20, 'ticket.subject_changed', { ...WORDS, submitter_id: '901' }));
  await hear({ ...deps, directory }, change(21, 'ticket.subject_changed', { status: 'no status of Zendesk' }));
  await importTickets({
    ...exporting(aRestTicket({ id: 5158, ...WORDS, submitter_id: 901, updated_at: '2025-01-09T11:00:00Z' })),
    directory,
  });
  await learnRequester({ db: database.db, directory }, 5158);
  expect(read).toEqual([]);
  expect((await heard()).map(({ outcome, body }) => [outcome, body]).slice(1)).toEqual([
    ['erased', {}],
    ['erased', {}],
  ]);
});

test('erases a deleted user, and removes name and address of one who was merged into another', async () => {
  const deps = pipelineDeps(database.db);
  const user = (id: number, type: string) => ({
    type,
    subject: `zen:user:${id}`,
    detail: { email: 'robin.secret@x.test' },
  });
  await database.db.insert(people).values([
    { id: 900, name: 'Robin Secret', email: 'robin.secret@x.test', role: 'end-user', fetchedAt: new Date() },
    { id: 901, name: 'Second Secret', email: 'second.secret@x.test', role: 'end-user', fetchedAt: new Date() },
  ]);
  await hear(deps, { detail: WORDS });
  await hear(deps, user(901, 'user.merged'));
  expect(await database.db.select({ id: people.id }).from(people)).toEqual([{ id: 900 }]);
  await hear(deps, user(900, 'user.deleted'));
  expect(await tablesWith('secret')).toEqual([]);
});

test('the words of an internal note are not stored after its event is processed', async () => {
  const deps = pipelineDeps(database.db);
  const note = comment(10, '7', '2', 'A secret note');
  await hear(
    deps,
    {},
    { ...note, event: { comment: { id: '7', body: 'A secret note', is_public: false, author: { id: '2' } } } },
  );
  expect(await tablesWith('secret')).toEqual([]);
  expect((await database.db.select().from(comments)).map(({ id }) => id)).toContain(7);
});

test('an open ticket whose words were erased can still be solved and closed, without words', async () => {
  await hear(pipelineDeps(database.db), { detail: WORDS });
  await database.db.transaction((tx) =>
    erasePerson(tx, { id: 900, email: null, now: new Date(), hooks: erasingHooks() }),
  );
  const status = async () => (await ticket())?.status;

  await hear(pipelineDeps(database.db), change(30, 'ticket.status_changed', { ...WORDS, status: 'SOLVED' }));
  expect(await status()).toBe('solved');
  await hear(pipelineDeps(database.db), change(20, 'ticket.status_changed', { ...WORDS, status: 'OPEN' }));
  expect(await status()).toBe('solved');
  const rest = { id: 5158, ...WORDS, status: 'closed', updated_at: '2025-01-08T11:00:00Z' };
  await importTickets(exporting(aRestTicket(rest)));

  expect(await status()).toBe('closed');
  expect(await tablesWith('secret')).toEqual([]);
});
