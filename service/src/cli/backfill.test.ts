import { asc, eq } from 'drizzle-orm';
import { aZendesk, pipelineDeps, silentLogger } from '../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { figuresIn, storeFigures, updateFigures } from '../history/backfill/store-figures.ts';
import { measuresDue, zendeskFigures } from '../history/tables.ts';
import { settings } from '../platform/storage/tables.ts';
import { aPage, aRestTicket } from '../tickets/process/testing/pipeline-fixture.ts';
import { importTickets } from '../tickets/sync/import-tickets.ts';
import { unreadableRecords } from '../tickets/tables.ts';
import type { ExportPage, ZendeskMetricSet, ZendeskTicket } from '../zendesk/zendesk.ts';
import { readMoment, runBackfill } from './backfill.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());

const NOW = Date.parse('2026-11-29T12:00:00Z');
const SINCE = new Date('2026-09-01T00:00:00Z');
const minutes = (calendar: number, business = calendar) => ({ calendar, business });

const solved = (id: number, part: Partial<ZendeskTicket> = {}): ZendeskTicket =>
  aRestTicket({
    id,
    status: 'closed',
    tags: ['category__refund', 'tier__t1', 'vip'],
    via: { channel: 'email' },
    group_id: 11,
    assignee_id: 2,
    created_at: '2026-10-01T10:00:00Z',
    updated_at: '2026-10-02T10:00:00Z',
    ...part,
  });
const measured = (ticket_id: number, part: Partial<ZendeskMetricSet> = {}): ZendeskMetricSet => ({
  ticket_id,
  replies: 2,
  reopens: 1,
  solved_at: '2026-10-02T10:00:00Z',
  latest_comment_added_at: null,
  requester_updated_at: null,
  reply_time_in_minutes: minutes(30, 20),
  first_resolution_time_in_minutes: minutes(600, 300),
  full_resolution_time_in_minutes: minutes(1440, 540),
  requester_wait_time_in_minutes: minutes(700, 400),
  ...part,
});
const page = (tickets: ZendeskTicket[], part: Partial<ExportPage> = {}): ExportPage => ({
  ...aPage(...tickets),
  metricSets: tickets.map(({ id }) => measured(id)),
  ...part,
});
const stored = () => database.db.select().from(zendeskFigures).orderBy(asc(zendeskFigures.ticketId));
const due = async () => (await database.db.select().from(measuresDue)).map(({ ticketId }) => ticketId);

/** Pages by cursor; the first has none. */
function run(
  pages: Record<string, ExportPage>,
  part: Partial<Parameters<typeof runBackfill>[0]> = {},
  onRead: (cursor: string) => void = () => undefined,
) {
  const lines: string[] = [];
  const told: string[] = [];
  const ran = runBackfill({
    db: database.db,
    zendesk: {
      exportTickets: async (from) => {
        const cursor = 'cursor' in from ? from.cursor : 'first';
        onRead(cursor);
        return pages[cursor]!;
      },
    },
    since: SINCE,
    until: null,
    dryRun: false,
    json: false,
    out: (line) => lines.push(line),
    err: (line) => told.push(line),
    progressTo: { isTTY: false } as NodeJS.WriteStream,
    signal: new AbortController().signal,
    clock: () => NOW,
    callsPerMinute: 60_000,
    ...part,
  });
  return ran.then((code) => ({ code, text: lines.join('\n'), told: told.join('\n') }));
}

test('stores what Zendesk measured, and has the ticket measured', async () => {
  expect(await run({ first: page([solved(1)]) })).toMatchObject({ code: 0 });
  expect(await stored()).toMatchObject([
    {
      ticketId: 1,
      createdAt: new Date('2026-10-01T10:00:00Z'),
      solvedAt: new Date('2026-10-02T10:00:00Z'),
      channel: 'email',
      category: 'refund',
      tier: 't1',
      groupId: 11,
      assigneeId: 2,
      firstReply: 30,
      firstReplyBusiness: 20,
      firstResolution: 600,
      firstResolutionBusiness: 300,
      fullResolution: 1440,
      fullResolutionBusiness: 540,
      requesterWait: 700,
      requesterWaitBusiness: 400,
      replies: 2,
      reopens: 1,
    },
  ]);
  expect(await due()).toEqual([1]);
});

test.each<[string, Partial<ZendeskTicket>, Partial<ZendeskMetricSet>, object | null]>([
  ['deleted', { status: 'deleted' }, {}, null],
  ['created and solved before', { created_at: '2026-08-01T00:00:00Z' }, { solved_at: '2026-08-02T00:00:00Z' }, null],
  ['created before, and solved since', { created_at: '2026-08-01T00:00:00Z' }, {}, { fullResolution: 1440 }],
  ['archived', { status: 'archived' }, {}, { fullResolution: 1440 }],
  ['merged', { tags: ['closed_by_merge'] }, {}, { firstReply: 30, fullResolution: null, solvedAt: null, reopens: 0 }],
  ['open', { status: 'open' }, { solved_at: null }, { firstResolution: 600, fullResolution: null, solvedAt: null }],
  ['of two categories', { tags: ['category__a', 'category__b'] }, {}, { category: null, tier: null }],
])('a ticket that is %s', async (_name, ticket, set, expected) => {
  await run({ first: page([solved(1, ticket)], { metricSets: [measured(1, set)] }) });
  expect(await stored()).toMatchObject(expected === null ? [] : [expected]);
});

test('an archived ticket without a metric set arrived, and nothing more is known of it', async () => {
  await run({ first: page([solved(1, { status: 'archived' })], { metricSets: [] }) });
  expect(await stored()).toMatchObject([{ ticketId: 1, firstReply: null, solvedAt: null, replies: 0 }]);
});

test('a second run changes nothing and measures nothing again', async () => {
  const pages = { first: page([solved(1), solved(2)]) };
  await run(pages);
  await database.db.delete(measuresDue);
  expect((await run(pages)).text).toContain('Figures of 0 were new');
  expect(await due()).toEqual([]);
});

test('until limits it, and a dry run only reads', async () => {
  const pages = { first: page([solved(1), solved(2, { created_at: '2026-11-10T00:00:00Z' })]) };
  pages.first.metricSets[1] = measured(2, { solved_at: '2026-11-11T00:00:00Z' });
  expect((await run(pages, { until: new Date('2026-11-01'), dryRun: true })).text).toContain(
    '1 were created or solved',
  );
  expect(await stored()).toEqual([]);
  await run(pages, { until: new Date('2026-11-01') });
  expect((await stored()).map(({ ticketId }) => ticketId)).toEqual([1]);
});

test('an interrupted run continues after its last page, however often it is stopped', async () => {
  const pages = {
    first: page([solved(1)], { cursor: 'second', endOfStream: false }),
    second: page([solved(2)], { cursor: 'third' }),
  };
  const stop = new AbortController();
  const interrupted = await run(pages, { signal: stop.signal }, () => stop.abort());
  expect(interrupted).toMatchObject({ code: 1 });
  expect(interrupted.text).toContain('Give the same command within a day to continue.');

  const read: string[] = [];
  const since = new Date(SINCE.getTime() + 60_000);
  const rest = await run(pages, { since }, (cursor) => read.push(cursor));
  expect(read).toEqual(['second']);
  expect(rest.text).toContain('Continued an interrupted backfill after 1 pages.');
  expect((await stored()).map(({ ticketId }) => ticketId)).toEqual([1, 2]);
  expect(await database.db.select().from(settings).where(eq(settings.key, 'backfill'))).toEqual([]);
});

test('a run with another range begins anew', async () => {
  const pages = { first: page([solved(1)], { cursor: 'second', endOfStream: false }), second: page([solved(2)]) };
  const stop = new AbortController();
  await run(pages, { signal: stop.signal }, () => stop.abort());
  const read: string[] = [];
  await run(pages, { since: new Date('2026-06-01') }, (cursor) => read.push(cursor));
  expect(read[0]).toBe('first');
});

test('of two at once, one waits and says so', async () => {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let begin = (): void => undefined;
  const began = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const first = runBackfill({
    db: database.db,
    zendesk: {
      exportTickets: async () => {
        begin();
        await held;
        return page([solved(1)]);
      },
    },
    since: SINCE,
    until: null,
    dryRun: false,
    json: true,
    out: () => undefined,
    err: () => undefined,
    progressTo: { isTTY: false } as NodeJS.WriteStream,
    signal: new AbortController().signal,
    clock: () => NOW,
    callsPerMinute: 60_000,
  });
  await began;
  const second = run({ first: page([solved(1)]) }, { err: () => release() });
  expect(await first).toBe(0);
  expect(await second).toMatchObject({ code: 0 });
});

test('what cannot be read is set aside', async () => {
  const unreadable = [{ kind: 'ticket' as const, id: '9', reason: 'status is missing' }];
  expect((await run({ first: page([solved(1)], { unreadable }) })).text).toContain('1 could not be read');
  expect(await database.db.select().from(unreadableRecords)).toMatchObject([{ recordId: '9', ticketId: 9 }]);
});

test('the first import takes the figures on its way, and later pages correct them', async () => {
  const deps = pipelineDeps(database.db, {
    clock: () => NOW,
    logger: silentLogger,
    hooks: [
      {
        onExportPage: async (db, one, { isFirstImport }) => {
          if (isFirstImport) await storeFigures(db, figuresIn(one, { since: SINCE, until: null }, new Date(NOW)));
          else await updateFigures(db, one, new Date(NOW));
        },
      },
    ],
  });
  const importing = (one: ExportPage) =>
    importTickets({ ...deps, zendesk: aZendesk({ exportTickets: async () => one }) });
  await importing(page([solved(1), solved(2)]));
  expect((await stored()).map(({ ticketId }) => ticketId)).toEqual([1, 2]);

  await importing(page([solved(1), solved(3)], { metricSets: [measured(1, { replies: 5 }), measured(3)] }));
  expect(await stored()).toMatchObject([
    { ticketId: 1, replies: 5 },
    { ticketId: 2, replies: 2 },
  ]);
  await importing(page([solved(1, { status: 'deleted' })]));
  expect((await stored()).map(({ ticketId }) => ticketId)).toEqual([2]);
});

test.each([
  ['90d', '2026-08-31T12:00:00.000Z'],
  ['2w', '2026-11-15T12:00:00.000Z'],
  ['2026-09-01', '2026-09-01T00:00:00.000Z'],
])('%s is understood', (text, at) => expect(readMoment(text, new Date(NOW)).toISOString()).toBe(at));

test.each(['90', 'yesterday', '2026-13-01', '2026-02-31', '-3d'])('%s is refused, and what to write is said', (text) =>
  expect(() => readMoment(text, new Date(NOW))).toThrow('Write 90d, 12w, or a day such as 2026-09-01.'),
);

test('a range that ends before it begins is refused', async () => {
  await expect(run({}, { until: new Date('2026-08-01') })).rejects.toThrow('is not after --since');
});
