// Whoever was forgotten does not come back from Zendesk, by any way that words come in.
import { AGENT, aZendesk, pipelineDeps } from '../../../testing/pipeline-deps.ts';
import { tablesWith } from '../../../testing/tables-with.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { erasingHooks } from '../../app/features.ts';
import { openDirectory } from '../../directory/directory.ts';
import { people } from '../../directory/tables.ts';
import type { ZendeskComment, ZendeskTicket } from '../../zendesk/zendesk.ts';
import { erasePerson } from '../projection/erase-person.ts';
import { importTickets } from '../sync/import-tickets.ts';
import { rereadTicket } from '../sync/reread-ticket.ts';
import { tickets } from '../tables.ts';
import { aPage, aRestTicket, at, CUSTOMER, change, comment, pipelineFixture } from './testing/pipeline-fixture.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());
const { hear, ticket, log } = pipelineFixture(() => database);
const secrets = () => tablesWith(database.db, 'secret');

/** In copy on the ticket of {@link CUSTOMER}. */
const KIM = 901;
const forget = (id: number) =>
  database.db.transaction((tx) =>
    erasePerson(tx, { id, email: null, now: new Date('2025-01-08T10:20:00Z'), hooks: erasingHooks() }),
  );
const said = (id: number, author: number, created: string, body: string): ZendeskComment => ({
  id,
  author_id: author,
  body,
  public: true,
  created_at: created,
});
const QUESTION = said(50, Number(CUSTOMER), '2025-01-08T10:12:07Z', 'The tent leaks.');
const OF_KIM = said(51, KIM, '2025-01-08T10:12:10Z', 'A secret of mine');

const exporting = (comments: ZendeskComment[], part: Partial<ZendeskTicket>) =>
  pipelineDeps(database.db, {
    zendesk: aZendesk({
      exportTickets: async () => ({
        ...aPage(aRestTicket({ id: 5158, ...part })),
        metricSets: [
          {
            ticket_id: 5158,
            replies: 1,
            reopens: 0,
            latest_comment_added_at: comments.at(-1)?.created_at ?? null,
            solved_at: null,
            requester_updated_at: null,
          },
        ],
      }),
      listComments: async () => comments,
    }),
  });

describe('a comment of an erased customer on the ticket of another', () => {
  beforeEach(async () => {
    await hear(pipelineDeps(database.db), {}, comment(10, '51', String(KIM), OF_KIM.body));
    await forget(KIM);
  });

  test('is not restored by the export, unlike other comments', async () => {
    const later = said(52, Number(CUSTOMER), '2025-01-08T10:40:00Z', 'Any news?');
    await importTickets(exporting([QUESTION, OF_KIM, later], { updated_at: '2025-01-08T10:40:00Z' }));
    await importTickets(exporting([QUESTION, OF_KIM, later], { updated_at: '2025-01-08T10:41:00Z' }));
    expect(await secrets()).toEqual([]);
    expect(await tablesWith(database.db, 'any news')).toContain('comments');
  });

  test('is not restored by a late event, which leaves nothing stored', async () => {
    await hear(pipelineDeps(database.db), comment(12, '53', String(KIM), 'Another secret'));
    expect(await secrets()).toEqual([]);
  });

  test('is not restored when the conversation is read for a redaction', async () => {
    const deps = pipelineDeps(database.db, { zendesk: aZendesk({ listComments: async () => [QUESTION, OF_KIM] }) });
    await hear(deps, change(40, 'ticket.comment_redacted', { actor_id: String(AGENT) }, { comment: { id: '99' } }));
    expect(await secrets()).toEqual([]);
  });

  test('is read normally when written after the erasure', async () => {
    const deps = pipelineDeps(database.db);
    await hear(deps, { ...comment(10, '54', String(KIM), 'New words'), time: '2025-01-08T10:25:00.000Z' });
    expect(await tablesWith(database.db, 'new words')).toContain('comments');
  });
});

test('the first message of an erased customer is not restored as description or in a decision', async () => {
  const words = { subject: 'secret subject', description: 'A secret refund' };
  const deps = pipelineDeps(database.db, {
    zendesk: aZendesk({ showTicket: async () => aRestTicket({ id: 5158, ...words, ...at(50) }) }),
  });
  await hear(deps, { detail: { ...words, submitter_id: String(KIM) } });
  await forget(KIM);
  expect(await secrets()).toEqual([]);

  // The later ones do not say who wrote the first message.
  await hear(deps, change(30, 'ticket.priority_changed', { ...words, priority: 'HIGH', submitter_id: null }));
  await rereadTicket(deps, 5158);

  expect(await secrets()).toEqual([]);
  expect(await ticket()).toMatchObject({ subject: '', description: '', erasedAt: null });
  expect((await log()).length).toBeGreaterThan(1);
});

test('an older, unknown ticket of an erased customer is ignored, and read only once', async () => {
  await forget(Number(CUSTOMER));
  const words = { subject: 'secret', description: 'secret' };
  await hear(pipelineDeps(database.db), { detail: words });
  expect(await secrets()).toEqual([]);
  expect(await ticket()).toMatchObject({ subject: '', erasedAt: expect.any(Date), waitingSince: null });
  expect(await log()).toEqual([]);

  await importTickets(
    pipelineDeps(database.db, {
      zendesk: aZendesk({ exportTickets: async () => aPage(aRestTicket({ id: 5158, ...words, ...at(50) })) }),
    }),
  );
  expect(await secrets()).toEqual([]);
});

test('name and address are neither requested nor stored, so that no survey uses them', async () => {
  await forget(Number(CUSTOMER));
  const asked: number[] = [];
  const user = { name: 'Robin Secret', email: 'secret@x.test', suspended: false, locale: null } as const;
  const directory = await openDirectory({
    ...pipelineDeps(database.db),
    kinds: () => new Set(),
    zendesk: aZendesk({
      me: async () => ({ id: 1, role: 'admin', ...user, name: 'Us', email: null }),
      // A list of Zendesk's may be behind: somebody who is no agent any more stands in it.
      listAgents: async () => [{ id: Number(CUSTOMER), role: 'end-user', ...user }],
      listNames: async () => [],
      showUsers: async (ids) => {
        asked.push(...ids);
        return [{ id: Number(CUSTOMER), role: 'end-user', ...user }];
      },
    }),
  });
  expect(await directory.person(Number(CUSTOMER))).toBeNull();
  expect(asked).toEqual([]);
  expect(await database.db.select().from(people)).toEqual([]);
  expect(await database.db.select().from(tickets)).toEqual([]);
});
