import { AGENT, aZendesk, ME, pipelineDeps } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { comments } from '../../platform/storage/schema.ts';
import type { ZendeskComment } from '../../zendesk/zendesk.ts';
import { importTickets } from '../sync/import-tickets.ts';
import { aPage, aRestTicket, at, CUSTOMER, change, comment, pipelineRoom } from './testing/pipeline-room.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());
const { hear, ticket, log } = pipelineRoom(() => database);
const bodies = async () => (await database.db.select().from(comments)).map(({ body }) => body);

const said = (id: number, author: number, second: number, body: string, isPublic = true): ZendeskComment => ({
  id,
  author_id: author,
  body,
  public: isPublic,
  created_at: at(second).updated_at,
});
/** A process for which Zendesk has these comments. */
const withComments = (...list: ZendeskComment[]) =>
  pipelineDeps(database.db, { zendesk: aZendesk({ listComments: async () => list }) });
const QUESTION = said(50, Number(CUSTOMER), 7, 'The tent leaks.');

describe('an answer made private', () => {
  const answered = async () => {
    const deps = pipelineDeps(database.db);
    await hear(deps, {}, comment(10, '51', String(AGENT), 'Which tent?'));
    expect((await ticket())?.waitingSince).toBeNull();
  };

  test.each([
    ['of which the event tells nothing', {}],
    ['of which the event tells the id', { comment: { id: '51' } }],
  ])('%s: the customer waits again', async (_name, event) => {
    await answered();
    const deps = withComments(QUESTION, said(51, AGENT, 10, 'Which tent?', false));

    await hear(deps, change(20, 'ticket.comment_made_private', { actor_id: String(AGENT) }, event));

    expect((await ticket())?.waitingSince).toEqual(new Date('2025-01-08T10:12:07Z'));
    expect((await log()).at(-1)).toMatchObject({ trigger: 'ticket.comment_made_private' });
  });

  test('that the export alone shows: repair brings it', async () => {
    await answered();
    const { zendesk } = withComments(QUESTION, said(51, AGENT, 10, 'Which tent?', false));
    const before = (await ticket())!;
    const shown = aRestTicket({
      id: 5158,
      subject: before.subject,
      description: before.description,
      status: 'new',
      type: 'task',
      organization_id: before.organizationId,
      brand_id: before.brandId,
      ticket_form_id: before.formId,
    });
    const readExport = (updatedAt: string) =>
      importTickets(
        pipelineDeps(database.db, {
          zendesk: aZendesk({
            listComments: (id) => zendesk.listComments(id),
            exportTickets: async () => aPage({ ...shown, updated_at: updatedAt }),
          }),
        }),
      );
    expect(await readExport(at(10).updated_at)).toMatchObject({ decided: 0 });

    await readExport(at(30).updated_at);

    expect((await ticket())?.waitingSince).toEqual(new Date('2025-01-08T10:12:07Z'));
  });
});

test('the first message made private: nobody waits, and no later event brings it back', async () => {
  await hear(pipelineDeps(database.db), {});
  const deps = withComments({ ...QUESTION, public: false });

  await hear(deps, change(20, 'ticket.comment_made_private'));
  expect((await ticket())?.waitingSince).toBeNull();
  await hear(deps, change(30, 'ticket.priority_changed', { priority: 'HIGH' }));

  expect((await ticket())?.waitingSince).toBeNull();
});

test('redacted words decide nothing any more and are kept nowhere in the conversation', async () => {
  await hear(pipelineDeps(database.db), {}, comment(10, '52', CUSTOMER, 'My card is 4242.'));
  const deps = withComments(QUESTION, said(52, Number(CUSTOMER), 10, 'My card is ▇▇▇▇.'));

  await hear(deps, change(20, 'ticket.comment_redacted', { actor_id: String(AGENT) }, { comment: { id: '52' } }));

  expect((await bodies()).join()).not.toContain('4242');
  expect((await log()).at(-1)).toMatchObject({ trigger: 'ticket.comment_redacted' });
});

test('a note whose event brings the words left after a redaction stays without words, and is no news', async () => {
  const note = comment(10, '53', String(AGENT), 'A secret note');
  await hear(
    pipelineDeps(database.db),
    {},
    {
      ...note,
      event: { comment: { id: '53', body: 'A secret note', is_public: false, author: { id: String(AGENT) } } },
    },
  );
  await hear(
    pipelineDeps(database.db),
    change(20, 'ticket.comment_redacted', { actor_id: String(AGENT) }, { comment: { id: '53', body: 'A ▇▇▇▇ note' } }),
  );
  expect((await bodies()).toSorted()).toEqual(['', expect.any(String)]);
  expect((await bodies()).join()).not.toContain('note');
});

test('words redacted in the first message are gone from the ticket and from what stands in for the message', async () => {
  await hear(pipelineDeps(database.db), { detail: { description: 'My card is 4242.' } });

  await hear(
    pipelineDeps(database.db),
    change(20, 'ticket.description_changed', { description: 'My card is ▇▇▇▇.', actor_id: String(AGENT) }),
  );

  expect([...(await bodies()), (await ticket())?.description].join()).not.toContain('4242');
});

test('a comment that Zendesk no longer has is forgotten; one that an event has just brought is not', async () => {
  await hear(pipelineDeps(database.db), {}, comment(10, '52', CUSTOMER, 'Forget this.'));
  const now = Date.parse('2025-01-08T10:12:40Z');
  const deps = { ...withComments(QUESTION), clock: () => now };
  await hear(deps, change(20, 'ticket.comment_redacted'));
  expect(await bodies()).toContain('Forget this.');

  await hear(withComments(QUESTION), change(30, 'ticket.comment_redacted'));

  expect(await bodies()).not.toContain('Forget this.');
});

test('notes of ours in the conversation are no news', async () => {
  await hear(pipelineDeps(database.db), {}, comment(10, '51', String(AGENT)));
  const deps = withComments(QUESTION, said(51, AGENT, 10, 'Hello?'), said(53, ME, 11, 'Category: Refund', false));

  await hear(deps, change(20, 'ticket.comment_redacted'));
  const decisions = (await log()).length;
  await hear(deps, change(20, 'ticket.comment_redacted'));

  expect(await log()).toHaveLength(decisions);
});
