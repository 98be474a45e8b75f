import { AGENT, aZendesk, ME, pipelineDeps } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import type { ZendeskTicket } from '../../zendesk/zendesk.ts';
import { aPage, aRestTicket, CUSTOMER, comment, pipelineFixture } from '../process/testing/pipeline-fixture.ts';
import { importTickets } from './import-tickets.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());
const { hear, heard, effects, ticket, log, surveys } = pipelineFixture(() => database);

describe('the incremental export', () => {
  test('fills the projection on the first read, and reading the same tickets again decides nothing', async () => {
    const exported = [
      aRestTicket({ id: 1 }),
      aRestTicket({ id: 2, status: 'solved' }),
      aRestTicket({ id: 3, subject: 'Hi', description: 'Where is my order' }),
    ];
    const deps = pipelineDeps(database.db, { zendesk: aZendesk({ exportTickets: async () => aPage(...exported) }) });

    expect(await importTickets(deps)).toMatchObject({ tickets: 3, decided: 2 });
    expect(await importTickets(deps)).toMatchObject({ tickets: 3, decided: 0 });

    expect(
      (await log())
        .map(({ ticketId, category, trigger }) => [ticketId, category, trigger].join())
        .toSorted((a, b) => a.localeCompare(b)),
    ).toEqual(['1,refunds,import', '3,other,import']);
  });

  test('may arrive before the webhook of the same moment, which then changes nothing', async () => {
    const created = {
      ticketId: 1,
      detail: {
        subject: 'Refund please',
        description: 'I want a refund',
        brand_id: '1',
        form_id: '1',
        type: null,
        organization_id: null,
      },
    };
    const deps = pipelineDeps(database.db, { zendesk: aZendesk({ exportTickets: async () => aPage(aRestTicket()) }) });
    await importTickets(deps);

    await hear(deps, created);

    expect((await log()).map(({ trigger }) => trigger)).toEqual(['import']);
    expect((await effects()).map(({ state }) => state)).toEqual(['waiting']);
    expect(await heard()).toMatchObject([{ state: 'ignored', outcome: 'known' }]);

    const { policy, compiled } = deps.policy.current();
    await hear({ ...deps, policy: { current: () => ({ policy, compiled, hash: 'edited' }) } }, created);
    await hear(deps, { ...comment(20, '71', CUSTOMER), ticketId: 1 });
    expect((await log()).map(({ trigger }) => trigger)).toEqual(['import', 'ticket.created', 'ticket.comment_added']);
  });

  test('repairs a solve whose webhook was lost: the survey is scheduled', async () => {
    const deps = (...list: ZendeskTicket[]) =>
      pipelineDeps(database.db, { zendesk: aZendesk({ exportTickets: async () => aPage(...list) }) });
    await importTickets(deps(aRestTicket()));

    await importTickets(deps(aRestTicket({ status: 'solved', updated_at: '2025-01-08T11:00:00Z' })));

    expect(await surveys()).toEqual([expect.objectContaining({ survey: 'ces', state: 'scheduled' })]);
  });

  test('reads the comments of an answered ticket, to know since when the customer waits', async () => {
    const answered = {
      ...aPage(aRestTicket()),
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
    };
    const listComments = async () => [
      { id: 11, author_id: 900, body: 'I want a refund', public: true, created_at: '2025-01-08T10:12:07Z' },
      { id: 12, author_id: AGENT, body: 'Which order?', public: true, created_at: '2025-01-08T10:30:00Z' },
      { id: 13, author_id: 900, body: '#1042', public: true, created_at: '2025-01-08T10:40:00Z' },
    ];

    await importTickets(
      pipelineDeps(database.db, { zendesk: aZendesk({ exportTickets: async () => answered, listComments }) }),
    );

    expect((await ticket(1))?.waitingSince).toEqual(new Date('2025-01-08T10:40:00Z'));
  });

  test('reads private notes of ours and of agents whose webhooks were lost, and they decide nothing', async () => {
    const deps = (part: Parameters<typeof aZendesk>[0]) => pipelineDeps(database.db, { zendesk: aZendesk(part) });
    await importTickets(deps({ exportTickets: async () => aPage(aRestTicket()) }));
    const metrics = { ticket_id: 1, replies: 0, reopens: 0, solved_at: null, requester_updated_at: null };
    const noted = {
      ...aPage(aRestTicket({ updated_at: '2025-01-08T10:41:00Z' })),
      metricSets: [{ ...metrics, latest_comment_added_at: '2025-01-08T10:41:00Z' }],
    };
    let reads = 0;
    const listComments = async () => {
      reads += 1;
      return [
        { id: 12, author_id: ME, body: 'Category: Refund', public: false, created_at: '2025-01-08T10:40:00Z' },
        { id: 13, author_id: AGENT, body: 'I look into it.', public: false, created_at: '2025-01-08T10:41:00Z' },
      ];
    };

    for (const _ of [1, 2]) {
      expect(await importTickets(deps({ exportTickets: async () => noted, listComments }))).toMatchObject({
        decided: 0,
      });
    }

    expect(reads).toBe(1);
    expect(await log()).toHaveLength(1);
  });
});
