import { AGENT, aZendesk, ME, pipelineDeps } from '../../../testing/pipeline-deps.ts';
import { tablesWith } from '../../../testing/tables-with.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { outbox } from '../../platform/outbox/tables.ts';
import type { ZendeskComment } from '../../zendesk/zendesk.ts';
import { importTickets } from '../sync/import-tickets.ts';
import { comments as commentTable, decisions } from '../tables.ts';
import { aPage, aRestTicket, at, CUSTOMER, change, comment, pipelineFixture } from './testing/pipeline-fixture.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());
const { hear, ticket, log } = pipelineFixture(() => database);
const bodies = async () => (await database.db.select().from(commentTable)).map(({ body }) => body);

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
    ['the event does not name the comment', {}],
    ['the event has its id', { comment: { id: '51' } }],
  ])('makes the customer wait again: %s', async (_name, event) => {
    await answered();
    const deps = withComments(QUESTION, said(51, AGENT, 10, 'Which tent?', false));

    await hear(deps, change(20, 'ticket.comment_made_private', { actor_id: String(AGENT) }, event));

    expect((await ticket())?.waitingSince).toEqual(new Date('2025-01-08T10:12:07Z'));
    expect((await log()).at(-1)).toMatchObject({ trigger: 'ticket.comment_made_private' });
  });

  test('without a webhook is found by repair', async () => {
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

test('a first message made private ends the wait, and no later event restores it', async () => {
  await hear(pipelineDeps(database.db), {});
  const deps = withComments({ ...QUESTION, public: false });

  await hear(deps, change(20, 'ticket.comment_made_private'));
  expect((await ticket())?.waitingSince).toBeNull();
  await hear(deps, change(30, 'ticket.priority_changed', { priority: 'HIGH' }));

  expect((await ticket())?.waitingSince).toBeNull();
});

test('redacted words no longer affect decisions and are removed from the conversation', async () => {
  await hear(pipelineDeps(database.db), {}, comment(10, '52', CUSTOMER, 'My card is 4242.'));
  const deps = withComments(QUESTION, said(52, Number(CUSTOMER), 10, 'My card is ▇▇▇▇.'));

  await hear(deps, change(20, 'ticket.comment_redacted', { actor_id: String(AGENT) }, { comment: { id: '52' } }));

  expect((await bodies()).join()).not.toContain('4242');
  expect((await log()).at(-1)).toMatchObject({ trigger: 'ticket.comment_redacted' });
});

describe('redacted words', () => {
  // With letters: a random id or a time may hold any four digits.
  const SECRET = 'My secret refund code is moon-4242.';
  const everywhere = () => tablesWith(database.db, 'moon-4242');
  const LEFT = 'My secret refund code is ▇▇▇▇.';
  const reported = comment(10, '52', CUSTOMER, SECRET);
  const redacted = change(20, 'ticket.comment_redacted', { actor_id: String(AGENT) }, { comment: { id: '52' } });
  const readExport = async (second: number, ...list: ZendeskComment[]) => {
    const { description } = (await ticket())!;
    const { updated_at } = at(second);
    const answered = { replies: 1, reopens: 0, solved_at: null, requester_updated_at: null };
    const page = {
      ...aPage(aRestTicket({ id: 5158, description, updated_at })),
      metricSets: [{ ticket_id: 5158, ...answered, latest_comment_added_at: updated_at }],
    };
    const calls = { listComments: async () => list, exportTickets: async () => page };
    await importTickets(pipelineDeps(database.db, { zendesk: aZendesk(calls) }));
  };
  const afterwards = () => withComments(QUESTION, said(52, Number(CUSTOMER), 10, LEFT));

  test('are removed from event bodies, decisions and changes, and the ticket is decided again', async () => {
    await hear(pipelineDeps(database.db), {}, reported);
    expect(await everywhere()).toEqual(expect.arrayContaining(['comments', 'inbox']));
    await database.db.update(outbox).set({ state: 'done', payload: { note: SECRET } });
    await database.db.update(decisions).set({ sentence: SECRET });

    await hear(afterwards(), redacted);

    expect(await everywhere()).toEqual([]);
    expect((await log()).at(-1)).toMatchObject({ trigger: 'ticket.comment_redacted', category: 'refunds' });
    expect((await log()).at(-1)?.sentence).not.toContain('erased');
  });

  test('are removed when the event arrives with the comment, or before it', async () => {
    await hear(afterwards(), {}, reported, redacted);
    expect(await everywhere()).toEqual([]);
    await hear(afterwards(), { ...reported, time: '2025-01-08T10:12:10.5Z' });
    expect(await everywhere()).toEqual([]);
  });

  test('are removed without a webhook: repair finds the comment changed or missing', async () => {
    await hear(pipelineDeps(database.db), {}, reported);
    await readExport(30, QUESTION, said(52, Number(CUSTOMER), 10, LEFT));
    expect(await everywhere()).toEqual([]);

    await hear(pipelineDeps(database.db), comment(35, '53', CUSTOMER, 'Again: moon-4242'));
    await database.db.update(commentTable).set({ createdAt: new Date('2025-01-08T10:12:09Z') });
    await readExport(50, QUESTION, said(52, Number(CUSTOMER), 10, LEFT));
    expect(await everywhere()).toEqual([]);
  });

  test('are removed from the first message', async () => {
    await hear(pipelineDeps(database.db), { detail: { description: SECRET } });
    await hear(
      pipelineDeps(database.db),
      change(20, 'ticket.description_changed', { description: LEFT, actor_id: String(AGENT) }),
    );
    expect(await everywhere()).toEqual([]);
  });

  test('cost no call for a ticket whose comments only differ in form', async () => {
    await hear(pipelineDeps(database.db), {}, reported);
    const [before] = await log();
    await readExport(50, QUESTION, said(52, Number(CUSTOMER), 10, `**${SECRET.replaceAll(' ', '  ')}**`));
    expect(await everywhere()).toContain('inbox');
    expect((await log())[0]?.sentence).toBe(before?.sentence);
  });
});

test('do not come back with a later event of a note, and the event causes no decision', async () => {
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

test('of the first message are removed from the ticket and its description', async () => {
  await hear(pipelineDeps(database.db), { detail: { description: 'My card is 4242.' } });

  await hear(
    pipelineDeps(database.db),
    change(20, 'ticket.description_changed', { description: 'My card is ▇▇▇▇.', actor_id: String(AGENT) }),
  );

  expect([...(await bodies()), (await ticket())?.description].join()).not.toContain('4242');
});

test('a comment that Zendesk no longer has is removed, but not one from a recent event', async () => {
  await hear(pipelineDeps(database.db), {}, comment(10, '52', CUSTOMER, 'Forget this.'));
  const now = Date.parse('2025-01-08T10:12:40Z');
  const deps = { ...withComments(QUESTION), clock: () => now };
  await hear(deps, change(20, 'ticket.comment_redacted'));
  expect(await bodies()).toContain('Forget this.');

  await hear(withComments(QUESTION), change(30, 'ticket.comment_redacted'));

  expect(await bodies()).not.toContain('Forget this.');
});

test('our own notes in the conversation cause no decision', async () => {
  await hear(pipelineDeps(database.db), {}, comment(10, '51', String(AGENT)));
  const deps = withComments(QUESTION, said(51, AGENT, 10, 'Hello?'), said(53, ME, 11, 'Category: Refund', false));

  await hear(deps, change(20, 'ticket.comment_redacted'));
  const decisions = (await log()).length;
  await hear(deps, change(20, 'ticket.comment_redacted'));

  expect(await log()).toHaveLength(decisions);
});
