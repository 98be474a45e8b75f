import { aZendesk, pipelineDeps } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import type { ZendeskTicket } from '../../zendesk/zendesk.ts';
import { importTickets } from '../sync/import-tickets.ts';
import { aPage, aRestTicket, pipelineFixture } from './testing/pipeline-fixture.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());
const { hear, surveys } = pipelineFixture(() => database);

const SOON = Date.parse('2025-01-08T10:13:00Z');
const exporting = (clock: number, ...list: ZendeskTicket[]) =>
  pipelineDeps(database.db, {
    clock: () => clock,
    zendesk: aZendesk({ exportTickets: async () => aPage(...list), listComments: async () => [] }),
  });

test('a ticket that is created solved, such as a phone call, gets a survey', async () => {
  const deps = pipelineDeps(database.db, { clock: () => SOON });
  await hear(deps, { detail: { status: 'SOLVED', actor_id: '2', submitter_id: '2' } });
  expect(await surveys()).toMatchObject([{ state: 'scheduled', requesterId: 900 }]);
});

test('gets no survey when it arrives too late, and the reason is recorded', async () => {
  const deps = pipelineDeps(database.db, { clock: () => SOON + 30 * 86_400_000 });
  await hear(deps, { detail: { status: 'SOLVED', actor_id: '2', submitter_id: '2' } });
  expect(await surveys()).toMatchObject([{ state: 'cancelled', reason: 'too_late' }]);
});

test('is found by the export when its webhook is lost; tickets solved before the first import get no survey', async () => {
  await importTickets(exporting(SOON, aRestTicket({ id: 1, status: 'solved' })));
  expect(await surveys()).toEqual([]);
  await importTickets(exporting(SOON, aRestTicket({ id: 2, status: 'solved' })));
  expect(await surveys()).toMatchObject([{ ticketId: 2, state: 'scheduled' }]);
  const old = { created_at: '2025-01-07T10:00:00Z', updated_at: '2025-01-08T10:13:00Z' };
  await importTickets(exporting(SOON, aRestTicket({ id: 3, status: 'closed', ...old })));
  expect(await surveys()).toHaveLength(1);
});
