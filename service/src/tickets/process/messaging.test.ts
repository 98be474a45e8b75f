import { aZendesk, pipelineDeps } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { countMessagingWithoutMessages } from '../readiness.ts';
import type { EnvelopeParts } from '../receive/testing/an-envelope.ts';
import { importTickets } from '../sync/import-tickets.ts';
import { tickets } from '../tables.ts';
import { aPage, aRestTicket, at, change, pipelineFixture } from './testing/pipeline-fixture.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());
const { hear, ticket, log } = pipelineFixture(() => database);

const ID = 5158;
const conversation = {
  subject: 'Conversation with Kim',
  description: 'Conversation with Kim',
  via: { channel: 'native_messaging' },
  is_public: false,
};

/** As Zendesk documents it: nothing of the ticket but its id, and a message named by text. */
const message = (second: number, type: string, body: string): EnvelopeParts => ({
  type: 'messaging_ticket.message_added',
  time: at(second).time,
  detail: Object.fromEntries(Object.keys({ ...conversation, status: 0, created_at: 0 }).map((key) => [key, undefined])),
  event: {
    actor: { id: type === 'system' ? 'zd:answerBot' : '900', name: 'Kim', type },
    conversation_id: '67ab5f53a96f98663935c3f2',
    message: { id: `67ab5f55155becd183e284${second}`, body },
  },
});
const deps = () => pipelineDeps(database.db);
const opened: EnvelopeParts = { detail: conversation };

test('the customer of a conversation waits from its start, although the first comment is private', async () => {
  await hear(deps(), opened);
  expect((await ticket())?.waitingSince).toEqual(new Date('2025-01-08T10:12:07Z'));
});

test("the customer's messages start and keep the wait", async () => {
  await hear(deps(), opened, message(10, 'end_user', 'Hi there'));
  expect(await ticket()).toMatchObject({ wanted: { category: 'other' } });

  await hear(deps(), message(11, 'end_user', 'I want a refund'));
  await hear(deps(), message(12, 'end_user', 'Are you there?'));

  expect((await ticket())?.wanted).toMatchObject({ category: 'refunds', priority: 'high' });
  expect((await log()).at(-1)).toMatchObject({ category: 'refunds', trigger: 'messaging_ticket.message_added' });
});

test('a bot does not end the wait, an agent does, and the next message starts it again', async () => {
  await hear(deps(), opened, message(10, 'system', 'How can I help?'), message(11, 'trigger', 'An agent will come.'));
  expect((await ticket())?.waitingSince).toEqual(new Date('2025-01-08T10:12:07Z'));

  await hear(deps(), message(20, 'agent', 'Which order?'));
  expect((await ticket())?.waitingSince).toBeNull();

  await hear(deps(), message(30, 'end_user', '#1042'));
  await hear(deps(), message(31, 'end_user', 'Hello?'));
  expect((await ticket())?.waitingSince).toEqual(new Date(at(30).time));
});

test('a message delivered twice counts once, and a later event of the ticket keeps its words', async () => {
  const refund = message(11, 'end_user', 'I want a refund');
  await hear(deps(), opened, refund, refund);
  await hear(deps(), change(20, 'ticket.tags_changed', { ...conversation, tags: ['vip'] }));
  expect((await ticket())?.wanted).toMatchObject({ category: 'refunds' });
  expect((await ticket())?.description).toBe('Conversation with Kim\nI want a refund');
});

test('a message repeated in an event of its own counts once and starts no new wait', async () => {
  const refund = message(11, 'end_user', 'I want a refund');
  await hear(deps(), opened, refund, message(20, 'agent', 'Which order?'));
  await hear(deps(), { ...refund, id: 'told-again', time: at(30).time });
  expect(await ticket()).toMatchObject({
    waitingSince: null,
    description: 'Conversation with Kim\nI want a refund',
  });
});

test('a message for an unknown ticket causes one read', async () => {
  let reads = 0;
  const showTicket = async () => {
    reads += 1;
    return aRestTicket({
      id: ID,
      via: { channel: 'native_messaging' },
      is_public: false,
      subject: 'Hi',
      description: 'Hi',
    });
  };
  await hear(
    pipelineDeps(database.db, { zendesk: aZendesk({ showTicket }) }),
    message(11, 'end_user', 'I want'),
    message(12, 'end_user', 'a refund'),
  );
  expect((await ticket())?.wanted).toMatchObject({ category: 'refunds' });
  expect(reads).toBe(1);
});

test('counts conversations without a received message, until one arrives', async () => {
  const zendesk = aZendesk({
    exportTickets: async () => aPage(aRestTicket({ id: ID, via: { channel: 'whatsapp' } }), aRestTicket({ id: 2 })),
  });
  await importTickets(pipelineDeps(database.db, { zendesk }));
  expect(await countMessagingWithoutMessages(database.db)).toBe(1);

  await hear(deps(), message(10, 'end_user', 'Hi'));
  expect(await countMessagingWithoutMessages(database.db)).toBe(0);
});

test('the name that Zendesk gives to a conversation causes no decision', async () => {
  await hear(deps(), opened, message(10, 'end_user', 'I want a refund'));
  const shown = await ticket();
  const decided = (await log()).length;
  const rest = aRestTicket({
    id: ID,
    subject: conversation.subject,
    description: conversation.description,
    via: { channel: 'native_messaging' },
    status: 'new',
    type: 'task',
    organization_id: shown?.organizationId ?? null,
    brand_id: shown?.brandId ?? null,
    ticket_form_id: shown?.formId ?? null,
    updated_at: at(30).updated_at,
  });
  const exporting = aZendesk({
    exportTickets: async () => aPage(rest),
    listComments: async () => [],
  });
  await database.db.update(tickets).set({ updatedAt: new Date(at(29).updated_at) });
  expect(await importTickets(pipelineDeps(database.db, { zendesk: exporting }))).toMatchObject({ decided: 0 });
  expect(await log()).toHaveLength(decided);
});
