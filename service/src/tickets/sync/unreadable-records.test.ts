import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ME, pipelineDeps, silentLogger } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { runFailed } from '../../cli/failed.ts';
import { openDirectory } from '../../directory/directory.ts';
import { until } from '../../platform/testing/until.ts';
import { createZendesk } from '../../zendesk/create-zendesk.ts';
import { pipelineFixture } from '../process/testing/pipeline-fixture.ts';
import { ticketReadiness } from '../readiness.ts';
import { importTickets } from './import-tickets.ts';
import { storeUnreadableRecords } from './unreadable-records.ts';

let database: TestDatabase;
let server: Server;
/** Bodies by path, the ending `.json` and the query left out. A number is a status without a body. */
let answers: Record<string, unknown> = {};

beforeAll(async () => {
  database = await createTestDatabase();
  server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0]?.replace(/\.json$/, '') ?? '';
    const answer = answers[path] ?? 404;
    if (typeof answer === 'number') response.writeHead(answer, { 'content-type': 'application/json' }).end('{}');
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
});
beforeEach(() => {
  answers = { '/api/v2/users/me': { user: { id: ME, name: 'Deskwright', role: 'admin' } } };
});
afterEach(() => database.clear());
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await database.drop();
});
const { ticket } = pipelineFixture(() => database);

const CREATED = '2025-01-08T10:12:07Z';
const GOOD = { id: 1, subject: 'Refund please', status: 'open', tags: [], created_at: CREATED, updated_at: CREATED };
const EXPORT = '/api/v2/incremental/tickets/cursor';

function aClient() {
  return createZendesk({
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    apiToken: { email: 'desk@northwind.test', token: 'token' },
    clock: Date.now,
    logger: silentLogger,
    limits: { backoffMs: 1 },
    onListRead: storeUnreadableRecords(database.db, silentLogger),
  });
}
const deps = () => pipelineDeps(database.db, { zendesk: aClient(), clock: Date.now });

function exporting(...tickets: unknown[]) {
  answers[EXPORT] = {
    tickets,
    metric_sets: tickets.map((one) => ({ ticket_id: (one as { id: unknown } | null)?.id, replies: 0, reopens: 0 })),
    after_cursor: 'c1',
    end_of_stream: true,
  };
}

async function failed(options: { retry?: boolean; ids?: string[] } = {}): Promise<string> {
  const lines: string[] = [];
  await runFailed({
    db: database.db,
    json: false,
    retry: false,
    ids: [],
    out: (line) => lines.push(line),
    ...options,
  });
  return lines.join('\n');
}

function readiness() {
  const webhooks = { check: async () => ({ ok: true as const }) };
  return ticketReadiness({ db: database.db, webhooks, writesPerMinute: () => 60 }).records!();
}

describe('one invalid ticket of the export', () => {
  test.each([
    ['a null stamp', { updated_at: null }],
    ['no time', { created_at: 'yesterday' }],
    ['an unknown status', { status: 'asleep' }],
    ['no status', { status: null }],
    ['an id that is none', { id: 'x2' }],
    ['tags that are no list', { tags: 'vip' }],
    ['a subject that is an object', { subject: { en: 'Hi' } }],
  ])('with %s is dead-lettered and reported, and the rest is imported', async (_what, odd) => {
    exporting({ ...GOOD, id: 1 }, { ...GOOD, id: 2, ...odd }, { ...GOOD, id: 3 });

    await importTickets(deps());

    expect([await ticket(1), await ticket(2), await ticket(3)]).toEqual([
      expect.objectContaining({ category: 'refunds' }),
      undefined,
      expect.objectContaining({ category: 'refunds' }),
    ]);
    expect(await failed()).toMatch(/record:1 .*\n {2}Zendesk's ticket .* could not be read: \w+: /);
    expect(await readiness()).toEqual({ ok: true, warning: expect.stringContaining('1 record of Zendesk') });
  });

  test.each([null, 'a ticket', 7, []])('that is %j is dead-lettered too', async (odd) => {
    exporting(odd, GOOD);

    await importTickets(deps());

    expect(await ticket(1)).toMatchObject({ category: 'refunds' });
    expect(await failed()).toContain('ticket number 1 of the list');
  });

  test.each([
    ['tags', { tags: null }, { tags: [] }],
    ['tags among other things', { tags: ['vip', null, 5] }, { tags: ['vip'] }],
    ['no tags', { tags: undefined }, { tags: [] }],
    ['a numeric channel', { via: { channel: 4 } }, { via: 'email' }],
    ['an unknown channel', { via: { channel: 'carrier_pigeon' } }, { via: 'carrier_pigeon' }],
    ['no channel', { via: { channel: null } }, { via: null }],
    ['an unknown priority', { priority: 'blazing' }, { priority: null }],
    ['an empty priority', { priority: '' }, { priority: null }],
    ['an unknown type', { type: 'riddle' }, { type: null }],
    ['ids that say none', { group_id: 0, assignee_id: '', brand_id: '0' }, { groupId: null, assigneeId: null }],
    ['an id as text', { group_id: '11' }, { groupId: 11 }],
    ['a null subject', { subject: null, raw_subject: 'Refund' }, { subject: 'Refund' }],
    ['capitals', { status: 'OPEN', priority: 'HIGH' }, { status: 'open', priority: 'high' }],
    ['no stamp of its making', { generated_timestamp: null }, { status: 'open' }],
    [
      'odd custom fields',
      { custom_fields: [null, { id: 1, value: { x: 1 } }, { id: 2, value: [1, 'b', {}] }, { id: 'x', value: 1 }, 'y'] },
      { customFields: { 1: null, 2: ['1', 'b'] } },
    ],
    ['no custom fields', { custom_fields: null }, { customFields: {} }],
  ])('with %s is imported, because the value has a meaning', async (_what, odd, row) => {
    exporting({ ...GOOD, ...odd });

    await importTickets(deps());

    expect(await ticket(1)).toMatchObject(row);
    expect(await failed()).toBe('Nothing has failed.');
    expect(await readiness()).toEqual({ ok: true });
  });

  test.each(['deleted', 'archived', 'scrubbed'])(
    'that is %s counts as finished, and nothing is dead-lettered',
    async (status) => {
      exporting({ ...GOOD, id: 2, status, subject: null, tags: null, custom_fields: null, requester_id: null }, GOOD);

      await importTickets(deps());

      expect([await ticket(1), await ticket(2)]).toEqual([expect.objectContaining({ status: 'open' }), undefined]);
      expect(await failed()).toBe('Nothing has failed.');
    },
  );

  test('is imported once it has a known form', async () => {
    exporting({ ...GOOD, status: 'asleep' });
    await importTickets(deps());
    expect(await failed()).toContain('ticket 1 could not be read: status');

    exporting(GOOD);
    await importTickets(deps());

    expect(await ticket(1)).toMatchObject({ category: 'refunds' });
    expect(await failed()).toBe('Nothing has failed.');
  });

  test('is read again on a retry, and dead-lettered again while it is invalid', async () => {
    exporting({ ...GOOD, status: 'asleep' });
    await importTickets(deps());
    exporting();
    answers['/api/v2/tickets/1'] = { ticket: { ...GOOD, status: 'asleep' } };
    answers['/api/v2/tickets/1/comments'] = { comments: [] };
    answers['/api/v2/tickets/1/audits'] = { audits: [] };

    expect(await failed({ retry: true, ids: ['record:1'] })).toContain('1 records');
    await importTickets(deps());
    expect(await failed()).toContain('ticket 1 could not be read');

    answers['/api/v2/tickets/1'] = { ticket: GOOD };
    await failed({ retry: true });
    await importTickets(deps());
    expect(await ticket(1)).toMatchObject({ category: 'refunds' });
    expect(await failed()).toBe('Nothing has failed.');
  });

  test('whose comments Zendesk refuses is dead-lettered, and retried automatically after an hour', async () => {
    exporting(GOOD, { ...GOOD, id: 2 });
    (answers[EXPORT] as { metric_sets: unknown[] }).metric_sets = [
      { ticket_id: 1, replies: 1, reopens: 0 },
      { ticket_id: 2, replies: 0, reopens: 0 },
    ];
    answers['/api/v2/tickets/1/comments'] = 403;
    await importTickets(deps());

    expect([await ticket(1), await ticket(2)]).toEqual([undefined, expect.objectContaining({ category: 'refunds' })]);
    expect(await failed()).toContain('ticket 1 could not be read');

    exporting();
    answers['/api/v2/tickets/1'] = { ticket: GOOD };
    answers['/api/v2/tickets/1/comments'] = { comments: [] };
    answers['/api/v2/tickets/1/audits'] = { audits: [] };
    await importTickets(deps());
    expect(await ticket(1)).toBeUndefined();
    await importTickets({ ...deps(), clock: () => Date.now() + 3_601_000 });
    expect(await ticket(1)).toMatchObject({ category: 'refunds' });
  });
});

describe('one invalid record of a list', () => {
  const users = [
    { id: 2, name: 'Lena', role: 'agent' },
    { id: null, name: 'Nobody' },
    null,
    { id: '3', role: 'wizard' },
  ];

  test('of agents or groups is left out and reported, until the list is valid again', async () => {
    answers['/api/v2/users'] = { users };
    answers['/api/v2/groups'] = { groups: [{ id: 11, name: 'Support' }, { id: 12, name: null }, 'x'] };
    const open = () =>
      openDirectory({
        db: database.db,
        zendesk: aClient(),
        clock: Date.now,
        logger: silentLogger,
        kinds: () => new Set(),
      });

    const directory = await open();

    expect([directory.isAgent(2), directory.groupId('Support')]).toEqual([true, 11]);
    await until(async () => (await failed()).includes("Zendesk's group 12 could not be read: name"));
    await until(async () => (await failed()).includes("Zendesk's user number 2 of the list"));

    answers['/api/v2/users'] = { users: users.slice(0, 1) };
    answers['/api/v2/groups'] = { groups: [{ id: 11, name: 'Support' }] };
    await open();
    await until(async () => (await failed()) === 'Nothing has failed.');
  });

  test('of comments, audits, memberships or views does not affect the others', async () => {
    const comment = { id: 7, author_id: 900, body: 'Hi', public: true, created_at: CREATED };
    const view = { id: 5, title: 'Mine', active: true, updated_at: CREATED, execution: { sort_by: null } };
    answers['/api/v2/tickets/1/comments'] = {
      comments: [comment, { ...comment, id: null }, { ...comment, id: 8, author_id: -1, public: null, body: null }],
    };
    answers['/api/v2/tickets/1/audits'] = { audits: [{ id: 1, metadata: null }, { id: null }, 'x'] };
    answers['/api/v2/views'] = {
      views: [view, { ...view, title: null }, { ...view, id: 6, execution: { columns: null } }],
    };
    answers['/api/v2/users/2'] = { user: { id: 2, name: 'Lena', role: 'agent' } };
    answers['/api/v2/users/2/group_memberships'] = { group_memberships: [{ group_id: 11 }, { group_id: null }] };
    const zendesk = aClient();

    expect(await zendesk.listComments(1)).toEqual([
      { ...comment, via: null },
      { id: 8, author_id: -1, public: false, body: '', created_at: CREATED, via: null },
    ]);
    expect(await zendesk.listAuditMetadata(1)).toEqual([{ auditId: 1, custom: {} }]);
    expect((await zendesk.objects.listReadable('view')).map(({ id }) => id)).toEqual([5, 6]);
    expect(await zendesk.showAgent(2)).toMatchObject({ group_ids: [11] });
    await until(async () => (await failed()).includes('comment') && (await failed()).includes('membership'));
  });
});
