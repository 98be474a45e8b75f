import { AGENT, aZendesk, pipelineDeps } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { invitations } from '../../surveys/tables.ts';
import { aZendeskTicket } from '../../zendesk/testing/a-zendesk-ticket.ts';
import type { ZendeskComment, ZendeskTicket } from '../../zendesk/zendesk.ts';
import { tickets } from '../tables.ts';
import { addTicket } from './reread-ticket.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());

const TICKET = aZendeskTicket({
  id: 42,
  subject: 'Money back',
  description: 'I want a refund.',
  status: 'solved',
  assignee_id: AGENT,
  requester_id: 900,
  created_at: '2025-01-06T10:00:00Z',
  updated_at: '2025-01-06T12:00:00Z',
});

const said = (id: number, author_id: number, at: string): ZendeskComment => ({
  id,
  author_id,
  body: 'Words',
  public: true,
  created_at: at,
});

const learn = (ticket: ZendeskTicket, comments: ZendeskComment[]) =>
  addTicket(pipelineDeps(database.db, { zendesk: aZendesk({ listComments: async () => comments }) }), ticket);

test('a ticket solved before the first import is stored, waits for nobody and gets no survey', async () => {
  await learn(TICKET, [said(1, 900, '2025-01-06T10:00:00Z'), said(2, AGENT, '2025-01-06T12:00:00Z')]);
  expect(await database.db.select().from(tickets)).toMatchObject([{ id: 42, status: 'solved', waitingSince: null }]);
  expect(await database.db.select().from(invitations)).toEqual([]);
});

test('an open ticket is decided, and waits since the first unanswered message', async () => {
  await learn({ ...TICKET, status: 'open' }, [
    said(1, 900, '2025-01-06T10:00:00Z'),
    said(2, AGENT, '2025-01-06T11:00:00Z'),
    said(3, 900, '2025-01-06T12:00:00Z'),
  ]);
  expect(await database.db.select().from(tickets)).toMatchObject([
    { category: 'refunds', tier: 't1', waitingSince: new Date('2025-01-06T12:00:00Z') },
  ]);
});

test('a change in the same second as our read counts as newer', async () => {
  await learn({ ...TICKET, status: 'open' }, []);
  expect(await database.db.select().from(tickets)).toMatchObject([{ snapshotAt: new Date(TICKET.updated_at) }]);
});
