import { AGENT, aZendesk, ME, pipelineDeps } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import type { ZendeskTicket } from '../../zendesk/zendesk.ts';
import { importTickets } from '../sync/import-tickets.ts';
import { aPage, aRestTicket, change, pipelineFixture } from './testing/pipeline-fixture.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());
const { hear, ticket, log, effects, surveys } = pipelineFixture(() => database);
const exporting = (...list: ZendeskTicket[]) =>
  pipelineDeps(database.db, { zendesk: aZendesk({ exportTickets: async () => aPage(...list) }) });

test.each([
  ['ticket.merged', { status: 'CLOSED' }, 'merged'],
  ['ticket.marked_as_spam', {}, 'spam'],
  ['ticket.soft_deleted', { status: 'DELETED' }, 'deleted'],
  ['ticket.tags_changed', { status: 'CLOSED', tags: ['closed_by_merge'] }, 'merged'],
])('%s stops work on the ticket and cancels the survey', async (type, detail, gone) => {
  const deps = pipelineDeps(database.db);
  await hear(
    deps,
    {},
    change(30, 'ticket.status_changed', { status: 'SOLVED' }, { current: 'SOLVED', previous: 'NEW' }),
  );

  await hear(deps, change(40, type, detail));

  expect(await ticket()).toMatchObject({ gone, waitingSince: null });
  expect((await surveys())[0]).toMatchObject({ state: 'cancelled', reason: gone });
});

test('a deletion event that arrives after a restore does not delete the ticket again', async () => {
  const deps = pipelineDeps(database.db);
  await hear(deps, {}, change(30, 'ticket.undeleted', { actor_id: String(AGENT) }));

  await hear(deps, change(20, 'ticket.soft_deleted', { status: 'DELETED', actor_id: String(AGENT) }));

  expect(await ticket()).toMatchObject({ gone: null, status: 'new' });
});

test('a deletion in the same second as a newer change still counts', async () => {
  const deps = pipelineDeps(database.db);
  const at30 = change(30, 'ticket.priority_changed', { priority: 'LOW' });
  await hear(deps, {}, { ...at30, time: '2025-01-08T10:12:30.900Z' });

  await hear(deps, change(30, 'ticket.soft_deleted', { status: 'DELETED' }));

  expect(await ticket()).toMatchObject({ gone: 'deleted' });
});

test('spam marked by our own user counts too', async () => {
  const deps = pipelineDeps(database.db);
  await hear(deps, {});

  await hear(deps, change(20, 'ticket.marked_as_spam', { actor_id: String(ME) }));

  expect(await ticket()).toMatchObject({ gone: 'spam' });
});

describe('the export', () => {
  test('does not add an unknown deleted ticket', async () => {
    await importTickets(exporting(aRestTicket({ status: 'deleted' })));

    expect(await ticket(1)).toBeUndefined();
    expect(await log()).toHaveLength(0);
  });

  test('reports a deletion whose webhook was lost: effects and the survey are cancelled', async () => {
    await importTickets(exporting(aRestTicket()));
    await importTickets(exporting(aRestTicket({ status: 'solved', updated_at: '2025-01-08T11:00:00Z' })));

    await importTickets(exporting(aRestTicket({ status: 'deleted', updated_at: '2025-01-08T11:10:00Z' })));

    expect(await ticket(1)).toMatchObject({ gone: 'deleted', waitingSince: null });
    expect((await effects()).map((effect) => effect.state)).toEqual(['cancelled']);
    expect(await surveys()).toEqual([expect.objectContaining({ state: 'cancelled', reason: 'deleted' })]);
  });

  test('restores a ticket whose restore webhook was lost', async () => {
    const deps = pipelineDeps(database.db);
    await hear(
      deps,
      { ticketId: 1, detail: { id: '1' } },
      { ...change(20, 'ticket.soft_deleted', { id: '1', status: 'DELETED' }), ticketId: 1 },
    );

    await importTickets(exporting(aRestTicket({ updated_at: '2025-01-08T11:00:00Z' })));

    expect(await ticket(1)).toMatchObject({ gone: null, waitingSince: new Date('2025-01-08T10:12:07Z') });
    expect((await log()).at(-1)).toMatchObject({ outcome: 'acted', trigger: 'import' });
  });
});
