import { eq } from 'drizzle-orm';
import { aZendesk, pipelineDeps } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { settings } from '../../platform/storage/tables.ts';
import { type Zendesk, ZendeskError } from '../../zendesk/zendesk.ts';
import { importTickets } from '../sync/import-tickets.ts';
import { aPage, aRestTicket, pipelineFixture } from './testing/pipeline-fixture.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());
const { ticket } = pipelineFixture(() => database);
const position = async () =>
  (await database.db.select().from(settings).where(eq(settings.key, 'export')))[0]?.value ?? 'none';

/** Ticket 1 has been answered, so its comments are read; 2 has not. */
const exporting = (calls: Partial<Zendesk>) =>
  pipelineDeps(database.db, {
    zendesk: aZendesk({
      exportTickets: async () => ({
        ...aPage(aRestTicket({ id: 1 }), aRestTicket({ id: 2 })),
        metricSets: [
          {
            ticket_id: 1,
            replies: 1,
            reopens: 0,
            solved_at: null,
            latest_comment_added_at: '2025-01-08T10:40:00Z',
            requester_updated_at: null,
          },
        ],
      }),
      ...calls,
    }),
  });

test('a ticket deleted since its page was read does not delay the others', async () => {
  const listComments = async () => {
    throw new ZendeskError('not_found', 'GET comments answered 404', 404);
  };

  await importTickets(exporting({ listComments }));

  expect(await ticket(1)).toBeUndefined();
  expect(await ticket(2)).toMatchObject({ category: 'refunds' });
  expect(await position()).toMatchObject({ cursor: 'c1', imported: true });
});

test('text that PostgreSQL cannot store does not delay other tickets', async () => {
  const bad = { description: 'a refund\0 please', custom_fields: [{ id: 5, value: 'half \ud83d' }] };
  const zendesk = aZendesk({ exportTickets: async () => aPage(aRestTicket(bad), aRestTicket({ id: 2 })) });

  await importTickets(pipelineDeps(database.db, { zendesk }));

  expect(await ticket(1)).toMatchObject({ description: 'a refund\ufffd please', category: 'refunds' });
  expect(await ticket(2)).toMatchObject({ category: 'refunds' });
});

test('a page is not marked as read while Zendesk is unavailable', async () => {
  const listComments = async () => {
    throw new ZendeskError('unavailable', 'GET comments timed out', null);
  };

  await expect(importTickets(exporting({ listComments }))).rejects.toThrow('timed out');

  expect(await position()).toBe('none');
});

test('starts nothing more when asked to stop, and does not mark the page as read', async () => {
  const stopping = new AbortController();
  const listComments = async () => {
    stopping.abort();
    return [];
  };
  const many = Array.from({ length: 50 }, (_none, index) => aRestTicket({ id: index + 3 }));
  const deps = exporting({ listComments });
  const page = await deps.zendesk.exportTickets({ startTime: 0 });

  await importTickets(
    {
      ...deps,
      zendesk: aZendesk({
        exportTickets: async () => ({ ...page, tickets: [...page.tickets, ...many] }),
        listComments,
      }),
    },
    stopping.signal,
  );

  expect(await ticket(52)).toBeUndefined();
  expect(await position()).toBe('none');
});
