import { checkDrift } from './check-drift.ts';
import { idOf } from './plan.ts';
import { listSteps, readRecords } from './records.ts';
import { aPolicy, OWNER, type ProvisionFixture, startProvisionFixture } from './testing/provision-fixture.ts';

let fixture: ProvisionFixture;
beforeEach(async () => {
  fixture = await startProvisionFixture();
});
afterEach(() => fixture.stop());

const views = () => fixture.zendesk.account.views;
const view = (title: string) =>
  views()
    .list()
    .find((each) => each.title === title);
const policyOf = (...managed: Record<string, unknown>[]) => aPolicy({ views: managed });
const actions = (plan: Awaited<ReturnType<ProvisionFixture['plan']>>) =>
  plan.steps.filter(({ kind }) => kind === 'view').map(({ action, key }) => `${action} ${key}`);
const timeless = (objects: Record<string, unknown>[]) =>
  JSON.parse(
    JSON.stringify(objects, (key, value: unknown) =>
      ['id', 'ids', 'url', 'created_at', 'updated_at'].includes(key) ? undefined : value,
    ).replaceAll(/("field":"group_id","operator":"is","value":)"\d+"/g, '$1"group"'),
  ) as unknown;

const MANAGED = policyOf({ title: 'All open' }, { title: 'Unassigned' }, { title: 'Late', tier: 't1', keep: 'warn' });

test('a view that the account lacks is made with its tickets, oldest first, after the group that it needs', async () => {
  const plan = await fixture.plan(MANAGED);
  expect(actions(plan)).toEqual(['change view/All open', 'create view/Unassigned', 'create view/Late']);

  expect(await fixture.apply(MANAGED)).toMatchObject({ outcome: 'done' });

  const [group] = fixture.zendesk.account.groups.list().filter(({ name }) => name === 'First line');
  expect(view('Unassigned')).toMatchObject({
    conditions: {
      all: [
        { field: 'status', operator: 'less_than' },
        { field: 'assignee_id', value: '' },
      ],
      any: [],
    },
    output: { sort_by: 'created', sort_order: 'asc' },
    restriction: null,
  });
  expect(view('Late')?.conditions.all).toEqual([
    { field: 'status', operator: 'less_than', value: 'solved' },
    { field: 'group_id', operator: 'is', value: String(group?.id) },
  ]);
  const second = await fixture.plan(MANAGED);
  expect([second.steps, second.notices]).toEqual([[], []]);
});

test('asks where the title does not say what a view shows, and where it exists under another spelling or switched off', async () => {
  views().create({ title: 'unassigned', all: [{ field: 'status', operator: 'is', value: 'new' }] }, OWNER);
  views().create(
    { title: 'Pending', active: false, all: [{ field: 'status', operator: 'is', value: 'pending' }] },
    OWNER,
  );
  const managed = policyOf(
    { title: 'Unassigned' },
    { title: 'Pending' },
    { title: 'VIPs' },
    { title: 'Bills', group: 'No such group' },
    { id: 77 },
  );

  const plan = await fixture.plan(managed);

  expect(actions(plan)).toEqual([]);
  expect(plan.notices.map(({ key, message }) => [key, message])).toEqual([
    ['view/Unassigned', expect.stringContaining('Did you mean "unassigned"')],
    ['view/Pending', expect.stringContaining('Activate it')],
    ['view/VIPs', expect.stringContaining('add `tier`, `group` or `shows`')],
    ['view/Bills', expect.stringContaining('the group "No such group"')],
    ['view/#77', expect.stringContaining('Name it by `title`')],
  ]);
});

test('only a view that we made is renamed, changed or removed; of others only the order', async () => {
  await fixture.apply(MANAGED);
  const late = view('Late')!;
  const open = view('All open')!;
  const all = [{ field: 'status', operator: 'is', value: 'new' }];
  views().update(late.id, { title: 'Later', all }, OWNER);
  views().update(open.id, { all, output: { ...open.output, columns: ['status'] } }, OWNER);
  views().update(view('Unassigned')!.id, { all, title: 'Nobody' }, OWNER);

  const plan = await fixture.plan(MANAGED);

  expect(actions(plan)).toEqual(['change view/Unassigned']);
  expect(plan.steps[0]?.changes.map(({ field, drifted }) => [field, drifted])).toEqual([
    ['title', true],
    ['conditions', true],
  ]);
  expect(plan.notices).toMatchObject([{ key: 'view/Late', message: expect.stringContaining('title, conditions') }]);
  await fixture.apply(MANAGED);
  expect(view('Unassigned')?.conditions.all).toHaveLength(2);
  expect(view('All open')?.conditions.all).toEqual(all);

  await fixture.apply(policyOf());
  expect(
    views()
      .list()
      .map(({ title }) => title),
  ).toEqual(['All open']);
});

test('a rollback restores views exactly, also those that were removed, and their place', async () => {
  const atFirst = timeless(await fixture.everything());
  await fixture.apply(MANAGED);
  const afterOne = timeless(await fixture.everything());
  views().update(
    view('Unassigned')!.id,
    { restriction: { type: 'Group', id: 7, ids: [7] }, output: { columns: ['status'] } },
    OWNER,
  );
  await fixture.apply(policyOf());

  expect(await fixture.rollback(1)).toMatchObject({ outcome: 'done' });
  expect(timeless(await fixture.everything())).toEqual(afterOne);

  expect(await fixture.rollback(0)).toMatchObject({ outcome: 'done' });
  expect(timeless(await fixture.everything())).toEqual(atFirst);
  expect(await readRecords(fixture.database.db)).toEqual(new Map());

  // The group is made anew, and the view shows the tickets of the new one.
  expect(await fixture.rollback(1)).toMatchObject({ outcome: 'done' });
  const [group] = fixture.zendesk.account.groups.list().filter(({ name }) => name === 'First line');
  expect(view('Late')?.conditions.all[1]).toMatchObject({ field: 'group_id', value: String(group?.id) });
  expect(timeless(await fixture.everything())).toEqual(afterOne);
});

test('a change that names a group of the same plan, and was not recorded, is found to be done', async () => {
  await fixture.apply(MANAGED);
  const moved = aPolicy({
    tiers: [
      { id: 't1', name: 'Tier 1', group: 'First line' },
      { id: 't2', name: 'Tier 2', group: 'Second line' },
      { id: 't3', name: 'Tier 3', group: 'Third line' },
    ],
    views: [{ title: 'All open' }, { title: 'Unassigned', tier: 't3' }],
  });
  const { objects } = fixture.deps;
  fixture.deps.objects = {
    ...objects,
    update: async (kind, ...asked) => {
      const updated = await objects.update(kind, ...asked);
      if (kind === 'view') throw new Error('killed');
      return updated;
    },
  };
  await expect(fixture.apply(moved)).rejects.toThrow('killed');
  fixture.deps.objects = objects;

  await fixture.apply(moved);

  const steps = await listSteps(fixture.deps.db);
  expect(steps.filter(({ state }) => state !== 'done')).toEqual([]);
  expect(await checkDrift({ ...fixture.deps, policy: () => moved })).toEqual([]);
});

test('a view whose making was not recorded is found again by its mark', async () => {
  await fixture.apply(MANAGED);
  await fixture.database.db.$client.query("DELETE FROM provisioned_objects WHERE key = 'view/Late'");

  const plan = await fixture.plan(MANAGED);

  expect(actions(plan)).toEqual(['record view/Late']);
  await fixture.apply(MANAGED);
  expect((await readRecords(fixture.database.db)).get('view/Late')).toMatchObject({
    origin: 'created',
    zendeskId: idOf({ id: view('Late')!.id }),
  });
});
