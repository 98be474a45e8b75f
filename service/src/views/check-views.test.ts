import { desc, sql } from 'drizzle-orm';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { openDatabase } from '../platform/storage/database.ts';
import type { ManagedView } from '../provision/index.ts';
import { createFakeViews, type FakeView } from '../zendesk/testing/create-fake-views.ts';
import { ZendeskError } from '../zendesk/zendesk.ts';
import { type CheckReason, checkViews, type ViewDeps } from './check-views.ts';
import { viewChecks, viewOverrules } from './tables.ts';

let database: TestDatabase;
let zendesk: ReturnType<typeof createFakeViews>;
let readCalls: number;
let views: ManagedView[];
beforeAll(async () => {
  database = await createTestDatabase({ stoppedClock: true });
});
beforeEach(async () => {
  await database.clear();
  zendesk = createFakeViews(Date.now);
  readCalls = 0;
  for (const method of ['listReadable', 'show'] as const)
    zendesk.faults.before(method, () => {
      readCalls += 1;
    });
  views = [{ title: 'Unassigned', order: 'oldest_first', keep: 'enforce' }];
});
afterAll(() => database.drop());

const LOGGER = { debug() {}, info() {}, warn() {}, error() {}, child: () => LOGGER } as ViewDeps['logger'];
const checkAll = (reason: CheckReason, db = database.db) =>
  checkViews(
    {
      db,
      objects: zendesk.objects,
      account: 'https://acme.zendesk.com',
      now: () => new Date(),
      views: () => views,
      logger: LOGGER,
    },
    reason,
  );
const check = async (reason: CheckReason, db = database.db) => (await checkAll(reason, db)).reports;
/** Newest first. */
const overrules = () => database.db.select().from(viewOverrules).orderBy(desc(viewOverrules.id));
const letSecondsPass = (seconds: number) =>
  database.db.execute(sql`UPDATE view_checks SET checked_at = checked_at - ${seconds} * interval '1 second'`);

function aView(values: Partial<FakeView> = {}, execution: Partial<FakeView['execution']> = {}): FakeView {
  const view: FakeView = {
    id: 1,
    title: 'Unassigned',
    active: true,
    updated_at: '2026-11-23T08:00:00Z',
    execution: {
      columns: [
        { id: 'subject', title: 'Subject' },
        { id: 360_001, title: 'Order number' },
      ],
      group_by: null,
      group_order: null,
      sort_by: 'created',
      sort_order: 'desc',
      ...execution,
    },
    ...values,
  };
  zendesk.views.push(view);
  return view;
}

test('a view sorted newest first is repaired and keeps its columns and a grouping by age', async () => {
  const view = aView({}, { group_by: 'created', group_order: 'asc' });
  expect(await check('start')).toEqual([{ title: 'Unassigned', viewId: 1, state: 'repaired', message: null }]);
  expect(view.execution).toMatchObject({
    sort_by: 'created',
    sort_order: 'asc',
    group_by: 'created',
    group_order: 'asc',
  });
  expect(view.execution.columns.map((column) => column.id)).toEqual(['subject', 360_001]);
  expect(zendesk.writes).toMatchObject([{ id: '1', output: { columns: ['description', 360_001] } }]);
  expect(await database.db.select().from(viewChecks)).toMatchObject([{ title: 'Unassigned', state: 'repaired' }]);
});

test('a repair that cannot be verified is recorded nevertheless', async () => {
  const view = aView();
  zendesk.faults.before('update', () => {
    zendesk.faults.next('show', new ZendeskError('busy', 'GET view answered 429', 429, 60_000));
  });

  expect(await check('start')).toMatchObject([{ state: 'repaired' }]);
  expect(view.execution).toMatchObject({ sort_order: 'asc' });
  expect(await overrules()).toMatchObject([{ viewId: 1, found: { sort_order: 'desc' } }]);
});

test('the record of an overruled change says who, when and what; without an audit log it says unknown', async () => {
  aView();
  zendesk.changes.set(1, { name: 'Ada Lead', at: '2026-11-23T08:00:00Z' });
  await check('start');
  expect(await overrules()).toMatchObject([
    {
      viewId: 1,
      overruled: 'Ada Lead',
      found: { sort_by: 'created', sort_order: 'desc' },
      wanted: { sort_by: 'created', sort_order: 'asc' },
      repairedAt: expect.any(Date),
    },
  ]);
  zendesk.changes.clear();
  Object.assign(zendesk.views[0]?.execution ?? {}, { sort_by: 'updated' });
  await check('policy');
  expect(await overrules()).toMatchObject([{ overruled: 'unknown' }, { overruled: 'Ada Lead' }]);
});

test('a correctly sorted view costs one list call and no write', async () => {
  aView({}, { sort_order: 'asc' });
  zendesk.faults.next('update', new Error('must not be called'));
  expect(await check('schedule')).toMatchObject([{ state: 'in_order' }]);
  expect(readCalls).toBe(1);
});

describe('a view that is grouped', () => {
  const grouped = [
    ['priority', 'desc'],
    ['status', 'asc'],
    ['created', 'desc'],
    ['360001', 'asc'],
  ] as const;

  test.each(grouped)('by %s %s puts newer tickets first, and is repaired', async (group_by, group_order) => {
    const view = aView({}, { sort_order: 'asc', group_by, group_order });
    expect(await check('start')).toMatchObject([{ state: 'repaired' }]);
    expect(view.execution).toMatchObject({ group_by: null, sort_by: 'created', sort_order: 'asc' });
    expect(zendesk.writes.map(({ output }) => output.columns)).toEqual([['description', 360_001]]);
    expect(await overrules()).toMatchObject([{ found: { group_by, group_order } }]);
  });

  test('is only reported with keep: warn', async () => {
    const view = aView({}, { sort_order: 'asc', group_by: 'priority', group_order: 'desc' });
    views = [{ title: 'Unassigned', order: 'oldest_first', keep: 'warn' }];
    expect(await check('start')).toMatchObject([
      { state: 'out_of_order', message: expect.stringContaining('grouped by priority desc') },
    ]);
    expect(view.execution.group_by).toBe('priority');
  });

  test('by age, or not at all, is correct', async () => {
    aView({}, { sort_order: 'asc', group_by: 'created', group_order: 'asc' });
    expect(await check('start')).toMatchObject([{ state: 'in_order' }]);
    Object.assign(zendesk.views[0]?.execution ?? {}, { group_by: '', group_order: 'asc' });
    expect(await check('policy')).toMatchObject([{ state: 'in_order' }]);
  });

  test('that is wrong again after Zendesk accepted the change is a problem', async () => {
    const view = aView({}, { sort_order: 'asc', group_by: 'priority', group_order: 'desc' });
    const update = zendesk.objects.update.bind(zendesk.objects);
    zendesk.objects.update = async (...call) => {
      const answer = await update(...call);
      Object.assign(view.execution, { group_by: 'priority', group_order: 'desc' });
      return answer;
    };
    expect(await check('start')).toMatchObject([
      { state: 'failed', message: expect.stringContaining('grouped by priority') },
    ]);
  });
});

test('an event within a minute of the last check leads to a check when the minute is over', async () => {
  const view = aView({}, { sort_order: 'asc' });
  expect(await checkAll('event')).toMatchObject({ reports: [{ state: 'in_order' }], againInMs: null });
  view.execution.sort_order = 'desc';
  await letSecondsPass(20);
  const { reports, againInMs } = await checkAll('event');
  expect(reports).toEqual([]);
  expect(againInMs).toBeGreaterThan(30_000);
  expect(againInMs).toBeLessThanOrEqual(40_000);
  await letSecondsPass(40);
  expect(await checkAll('event')).toMatchObject({ reports: [{ state: 'repaired' }], againInMs: null });
});

test('a failed check is retried after a minute, without waiting for an event', async () => {
  aView();
  zendesk.faults.next('listReadable', new ZendeskError('unavailable', 'GET views timed out', null));
  const { againInMs } = await checkAll('schedule');
  expect(againInMs).toBeGreaterThan(50_000);
  expect(againInMs).toBeLessThanOrEqual(60_000);
});

test('keep: warn reports and writes nothing', async () => {
  const view = aView();
  views = [{ title: 'Unassigned', order: 'oldest_first', keep: 'warn' }];
  expect(await check('start')).toMatchObject([
    { state: 'out_of_order', message: expect.stringContaining('created desc') },
  ]);
  expect(view.execution.sort_order).toBe('desc');
  expect(await overrules()).toEqual([]);
});

test('missing, inactive and ambiguous views are reported with what to do, and the others are still enforced', async () => {
  aView();
  aView({ id: 2, title: 'Twice' });
  aView({ id: 3, title: 'Twice' });
  aView({ id: 4, title: 'Asleep', active: false });
  views = ['Unassigned', 'unassigned', 'Twice', 'Asleep'].map((title) => ({
    title,
    order: 'oldest_first',
    keep: 'enforce',
  }));
  const reports = new Map((await check('start')).map((report) => [report.title, report]));
  expect(reports.get('Unassigned')?.state).toBe('repaired');
  expect(reports.get('unassigned')).toMatchObject({ state: 'missing', message: expect.stringContaining('spelling') });
  expect(reports.get('Twice')).toMatchObject({ state: 'ambiguous', message: expect.stringContaining('ids 2, 3') });
  expect(reports.get('Asleep')).toMatchObject({ state: 'missing', message: expect.stringContaining('Activate') });
});

test('a view can be named by its id', async () => {
  aView({ id: 7, title: 'Whatever it is called today' });
  views = [{ id: 7, order: 'oldest_first', keep: 'enforce' }];
  expect(await check('start')).toMatchObject([{ title: '#7', viewId: 7, state: 'repaired' }]);
});

test('a change that Zendesk accepts but does not apply is a problem, and nobody is recorded as overruled', async () => {
  const view = aView();
  const update = zendesk.objects.update.bind(zendesk.objects);
  zendesk.objects.update = async (...call) => {
    const answer = await update(...call);
    view.execution.sort_order = 'desc';
    return answer;
  };
  expect(await check('start')).toMatchObject([{ state: 'failed', message: expect.stringContaining('created desc') }]);
  expect(await overrules()).toEqual([]);
});

test('without the right to change views the report says which right is missing', async () => {
  aView();
  zendesk.faults.next('update', new ZendeskError('forbidden', 'PUT view answered 403', 403));
  expect(await check('start')).toMatchObject([
    { state: 'failed', message: expect.stringContaining('ticket_views:write') },
  ]);
});

test('when Zendesk cannot be reached the check fails without an exception and the next one repairs', async () => {
  aView();
  zendesk.faults.next('listReadable', new ZendeskError('unavailable', 'GET views timed out', null));
  expect(await check('start')).toMatchObject([{ state: 'failed', message: expect.stringContaining('timed out') }]);
  expect(await check('policy')).toMatchObject([{ state: 'repaired' }]);
});

test('ticket events lead to at most one check a minute, whichever process receives them', async () => {
  aView({}, { sort_order: 'asc' });
  const other = openDatabase(database.url);
  try {
    const checks = Array.from({ length: 20 }, (_, index) => check('event', index % 2 ? other : database.db));
    expect((await Promise.all(checks)).flat()).toHaveLength(1);
    expect(readCalls).toBe(1);
    await letSecondsPass(61);
    expect(await check('event', other)).toHaveLength(1);
  } finally {
    await other.$client.end();
  }
});

test('a view removed from the policy is no longer reported', async () => {
  aView();
  await check('start');
  views = [];
  await check('policy');
  expect(await database.db.select().from(viewChecks)).toEqual([]);
});
