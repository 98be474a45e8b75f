import { silentLogger } from '../../testing/pipeline-deps.ts';
import { runHistory } from '../cli/provision/run-history.ts';
import { checkDrift } from '../provision/check-drift.ts';
import { aPolicy, type ProvisionFixture, startProvisionFixture } from '../provision/testing/provision-fixture.ts';
import { checkViews } from './check-views.ts';

let fixture: ProvisionFixture;
beforeEach(async () => {
  fixture = await startProvisionFixture();
});
afterEach(() => fixture.stop());

const policy = aPolicy();
const view = () => fixture.zendesk.account.views.list()[0]!;
const owner = () => ({ id: fixture.zendesk.account.ownerId });
const sortNewestFirst = () => {
  const { output } = view();
  return fixture.zendesk.account.views.update(view().id, { output: { ...output, sort_order: 'desc' } }, owner());
};
const check = async (keep: 'enforce' | 'warn' = 'enforce') => {
  const views = policy.views.map((each) => ({ ...each, keep }));
  return (await checkViews({ ...fixture.deps, views: () => views, logger: silentLogger }, 'policy')).reports;
};
const drift = async () =>
  (await checkDrift({ ...fixture.deps, policy: () => policy })).map((each) => [
    each.key,
    each.drift.changes.map(({ field }) => field),
    each.drift.by?.name,
  ]);
const history = async () => {
  const lines: string[] = [];
  await runHistory({ db: fixture.database.db, json: false, out: (line) => lines.push(line) });
  return lines.filter((line) => !line.startsWith('Times are those of'));
};

test('what the service sets back is in the history, and plan, drift and rollback know of it', async () => {
  await fixture.apply();
  sortNewestFirst();
  const name = fixture.zendesk.account.users.find(owner().id)?.name;
  expect(await drift()).toEqual([['view/All open', ['sort_order'], name]]);

  expect(await check()).toMatchObject([{ state: 'repaired' }]);

  expect(view().output).toMatchObject({
    sort_by: 'created',
    sort_order: 'asc',
    columns: ['status', 'description', 'created'],
  });
  expect(await drift()).toEqual([]);
  expect((await history())[0]).toMatch(
    new RegExp(
      `^2 .* order of the view "All open" set back, done: 1 of 1 steps, by Deskwright\\n.*${name} had changed`,
    ),
  );
  expect((await fixture.plan()).steps).toEqual([]);
  // Back to before the only apply, not to the order that was overruled.
  await fixture.rollback(1);
  expect(view().output.sort_order).toBe('asc');
  await fixture.rollback(0);
  expect(view().output).toMatchObject({ sort_order: 'desc', group_by: 'assignee' });
});

test('an apply that stopped in the middle is gone on with, although the service set a view back meanwhile', async () => {
  const plan = await fixture.plan();
  fixture.zendesk.faults.rest.add({ answer: 500, next: 1, method: 'POST', path: '/api/v2/webhooks' });
  expect(await fixture.apply(undefined, plan)).toMatchObject({ outcome: 'stopped', done: 5 });
  sortNewestFirst();
  await check();

  expect(await fixture.apply(undefined, plan)).toMatchObject({ outcome: 'done', applyId: 1 });
  expect(fixture.zendesk.account.webhooks.list()).toHaveLength(1);
});

test('a view that nobody applied is set back as well, and only told with keep: warn', async () => {
  expect(await check('warn')).toMatchObject([{ state: 'out_of_order' }]);
  expect(view().output.sort_order).toBe('desc');
  expect(await history()).toEqual(['Nothing was applied yet.']);

  expect(await check()).toMatchObject([{ state: 'repaired' }]);
  expect((await fixture.plan()).steps.map(({ key }) => key)).not.toContain('view/All open');
});

test.each([429, 500] as const)('an answer of %s stops it, and the next check sets the view back', async (answer) => {
  fixture.zendesk.faults.rest.add({ answer, next: 1, method: 'PUT' });

  expect(await check()).toMatchObject([{ state: 'failed', message: expect.stringContaining(String(answer)) }]);
  expect(await check()).toMatchObject([{ state: 'repaired' }]);
  expect((await history()).map((line) => /(stopped|done)/.exec(line)?.[1])).toEqual(['done']);
});

test('a view that cannot be set back is in the history once, however often it is tried', async () => {
  fixture.zendesk.faults.rest.add({ answer: 500, next: 3, method: 'PUT' });
  for (let tries = 1; tries <= 3; tries++) expect(await check()).toMatchObject([{ state: 'failed' }]);
  expect(await history()).toHaveLength(1);
  await check();
  sortNewestFirst();
  await check();
  expect((await history()).map((line) => /(stopped|done)/.exec(line)?.[1])).toEqual(['done', 'done']);
});
