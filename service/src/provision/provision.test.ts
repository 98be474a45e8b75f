import { EVENT_TYPES } from '../tickets/index.ts';
import { checkDrift } from './check-drift.ts';
import { loadPlan, savePlan } from './plan-file.ts';
import { readRecords } from './records.ts';
import { aPolicy, OWNER, type ProvisionFixture, startProvisionFixture } from './testing/provision-fixture.ts';

let fixture: ProvisionFixture;
beforeEach(async () => {
  fixture = await startProvisionFixture();
});
afterEach(() => fixture.stop());

const account = () => fixture.zendesk.account;
const groups = () =>
  account()
    .groups.list()
    .map(({ name }) => name);
const field = (title: string) =>
  account()
    .ticketFields.list()
    .find((each) => each.title === title);
const view = () =>
  account()
    .views.list()
    .find(({ title }) => title === 'All open');
const actions = (plan: Awaited<ReturnType<ProvisionFixture['plan']>>) =>
  plan.steps.map(({ action, key }) => `${action} ${key}`);
const withoutTime = (objects: Record<string, unknown>[]) => objects.map(({ updated_at: _at, ...rest }) => rest);

test('a plan names every object that is missing or different, and writes nothing', async () => {
  const before = await fixture.everything();

  const plan = await fixture.plan();

  expect(actions(plan)).toEqual([
    'create group/tier/t1',
    'create group/tier/t2',
    'create ticket_field/category',
    'create ticket_field/tier',
    'change view/All open',
    'create webhook/events',
  ]);
  expect(plan.steps[4]?.changes).toEqual([
    { field: 'group_by', from: 'assignee', to: null, drifted: false },
    { field: 'sort_order', from: 'desc', to: 'asc', drifted: false },
  ]);
  expect(await fixture.everything()).toEqual(before);
});

test('an apply makes what the plan says; a second one has nothing to do', async () => {
  expect(await fixture.apply()).toEqual({ outcome: 'done', applyId: 1, steps: 6 });

  expect(groups()).toEqual(expect.arrayContaining(['First line', 'Second line']));
  expect(field('Category')).toMatchObject({
    type: 'tagger',
    custom_field_options: [
      { name: 'Refunds', value: 'category__refunds' },
      { name: 'Bug', value: 'category__bug' },
    ],
  });
  expect(view()?.output).toMatchObject({ sort_by: 'created', sort_order: 'asc', group_by: null });
  expect(account().webhooks.list()).toEqual([
    expect.objectContaining({
      endpoint: 'https://desk.example.com/webhooks/zendesk',
      subscriptions: EVENT_TYPES,
    }),
  ]);
  const second = await fixture.plan();
  expect([second.steps, second.notices]).toEqual([[], []]);
});

test('an object that the list lacks for a moment is asked for before it counts as missing', async () => {
  await fixture.apply();
  const { objects } = fixture.deps;
  fixture.deps.objects = {
    ...objects,
    list: async (kind) =>
      (await objects.list(kind)).filter(({ name, title }) => name !== 'First line' && title !== 'Category'),
  };
  expect(actions(await fixture.plan())).toEqual([]);
  expect(await checkDrift({ ...fixture.deps, policy: aPolicy })).toEqual([]);

  const [group] = account()
    .groups.list()
    .filter(({ name }) => name === 'First line');
  account().groups.delete(group?.id ?? 0, OWNER);
  expect(actions(await fixture.plan())).toEqual(['create group/tier/t1']);
});

test('follows the policy: renames in place, removes what it made, and leaves what others made', async () => {
  account().groups.create({ name: 'Second line' }, OWNER);
  await fixture.apply();
  const [id] = account()
    .groups.list()
    .filter(({ name }) => name === 'First line')
    .map((group) => group.id);
  const options = field('Category')?.custom_field_options.map((option) => option.id);
  const changed = aPolicy({
    tiers: [{ id: 't1', name: 'Tier 1', group: 'Front desk' }],
    categories: [
      { id: 'bug', name: 'Something broke', tier: 't1' },
      { id: 'refunds', name: 'Refunds', tier: 't1' },
    ],
    views: [],
  });

  expect(await fixture.apply(changed)).toMatchObject({ outcome: 'done' });

  expect(account().groups.find(id!)?.name).toBe('Front desk');
  expect(groups()).toContain('Second line');
  // Known options keep their ids, so tickets keep their values.
  expect(field('Category')?.custom_field_options.map((option) => option.id)).toEqual(options?.toReversed());
  expect((await fixture.plan(changed)).steps).toEqual([]);
});

test('an object of the same name that somebody else made is not taken over', async () => {
  account().ticketFields.create(
    { type: 'tagger', title: 'Category', custom_field_options: [{ name: 'A', value: 'a' }] },
    OWNER,
  );
  account().ticketFields.create(
    { type: 'tagger', title: 'Other', custom_field_options: [{ name: 'T', value: 'tier__t1' }] },
    OWNER,
  );
  const before = account().ticketFields.list();

  await fixture.apply();

  expect(account().ticketFields.list()).toEqual(before);
  expect((await fixture.plan()).notices.map(({ key, message }) => [key, message])).toEqual([
    ['ticket_field/category', expect.stringContaining('made by somebody else')],
    ['ticket_field/tier', expect.stringContaining('the field "Other"')],
  ]);
});

test('the webhook of another installation on the same account stays its own', async () => {
  await fixture.apply();
  const [theirs] = account().webhooks.list();
  await fixture.rollback(0);
  const { id: _id, ...webhook } = theirs!;
  account().webhooks.create({ ...webhook, endpoint: 'https://staging.example.com/webhooks/zendesk' }, OWNER);

  await fixture.apply();

  expect(
    account()
      .webhooks.list()
      .map(({ endpoint }) => endpoint),
  ).toEqual(['https://staging.example.com/webhooks/zendesk', 'https://desk.example.com/webhooks/zendesk']);
});

test('a plan that the account or the policy has overtaken is refused, with what changed', async () => {
  const plan = await fixture.plan();
  account().views.update(view()!.id, { output: { columns: ['status'], sort_by: 'updated', sort_order: 'asc' } }, OWNER);

  expect(await fixture.apply(undefined, plan)).toEqual({
    outcome: 'overtaken',
    differences: ['view/All open: somebody changed group_by, group_order, sort_by, sort_order, columns.'],
  });
  expect(await fixture.apply(aPolicy({ views: [] }), plan)).toMatchObject({
    differences: ['The policy changed since the plan was made.'],
  });
  expect(groups()).not.toContain('First line');
});

test('a saved plan is read as it was written; carried out twice, it does nothing the second time', async () => {
  const file = `${process.env['TMPDIR'] ?? '/tmp'}/plan-${process.pid}.json`;
  await savePlan(file, await fixture.plan());
  const plan = await loadPlan(file);

  expect(await fixture.apply(undefined, plan)).toMatchObject({ outcome: 'done', applyId: 1 });
  expect(await fixture.apply(undefined, plan)).toEqual({ outcome: 'already', applyId: 1 });
});

test('a rollback restores exactly what the API returned, to any apply', async () => {
  const atFirst = withoutTime(await fixture.everything());
  await fixture.apply();
  const afterOne = withoutTime(await fixture.everything());
  await fixture.apply(
    aPolicy({
      tiers: [
        { id: 't1', name: 'T', group: 'Front desk' },
        { id: 't2', name: 'Tier 2', group: 'Second line' },
      ],
    }),
  );

  expect(await fixture.rollback(1)).toMatchObject({ outcome: 'done' });
  expect(withoutTime(await fixture.everything())).toEqual(afterOne);

  expect(await fixture.rollback(0)).toMatchObject({ outcome: 'done' });
  expect(withoutTime(await fixture.everything())).toEqual(atFirst);
  expect(await readRecords(fixture.database.db)).toEqual(new Map());

  // What was removed comes back with other ids.
  expect(await fixture.rollback(1)).toMatchObject({ outcome: 'done' });
  const timeless = (objects: Record<string, unknown>[]) =>
    JSON.parse(
      JSON.stringify(objects, (key, value: unknown) =>
        ['id', 'url', 'created_at', 'updated_at'].includes(key) ? undefined : value,
      ),
    ) as unknown;
  expect(timeless(await fixture.everything())).toEqual(timeless(afterOne));
});

test.each([
  ['before the call was sent', false],
  ['after Zendesk had answered', true],
])('continues after a process that ended %s, and makes nothing twice', async (_when, sent) => {
  const { objects } = fixture.deps;
  const plan = await fixture.plan();
  const create = objects.create.bind(objects);
  objects.create = async (kind, body) => {
    if (kind !== 'ticket_field') return create(kind, body);
    if (sent) await create(kind, body);
    throw new Error('killed');
  };
  await expect(fixture.apply(undefined, plan)).rejects.toThrow('killed');
  objects.create = create;

  expect(await fixture.apply(undefined, plan)).toMatchObject({ outcome: 'done', applyId: 1 });

  expect(
    account()
      .ticketFields.list()
      .filter(({ title }) => title === 'Category'),
  ).toHaveLength(1);
  expect((await fixture.plan()).steps).toEqual([]);
  expect(await fixture.rollback(0)).toMatchObject({ outcome: 'done' });
  expect(groups()).not.toContain('First line');
});

test('an object that was created before the process ended is not made twice while the list lacks it', async () => {
  const { objects } = fixture.deps;
  const plan = await fixture.plan();
  const { create, list } = { create: objects.create.bind(objects), list: objects.list.bind(objects) };
  objects.create = async (kind, body) => {
    const made = await create(kind, body);
    if (kind === 'ticket_field') throw new Error('killed');
    return made;
  };
  await expect(fixture.apply(undefined, plan)).rejects.toThrow('killed');
  objects.create = create;
  let lacking = 2;
  objects.list = async (kind) =>
    kind === 'ticket_field' && lacking-- > 0
      ? (await list(kind)).filter(({ title }) => title !== 'Category')
      : list(kind);

  expect(await fixture.apply(undefined, plan)).toMatchObject({ outcome: 'done', applyId: 1 });

  expect(
    account()
      .ticketFields.list()
      .filter(({ title }) => title === 'Category'),
  ).toHaveLength(1);
});

test.each([
  ['an error', { answer: 500, next: 1 } as const, 'answered 500'],
  ['a refusal for longer than a minute', { answer: 429, retry_after: 90, next: 1 } as const, 'answered 429'],
  ['silence', { answer: 'timeout', next: 1 } as const, 'timed out'],
])('stops at %s and says where; the next apply goes on', async (_what, fault, said) => {
  fixture.zendesk.faults.rest.add({ ...fault, method: 'POST', path: '/api/v2/ticket_fields' });

  const stopped = await fixture.apply();

  expect(stopped).toMatchObject({ outcome: 'stopped', done: 2, of: 6 });
  expect(stopped).toHaveProperty('reason', expect.stringContaining(said));
  expect(await fixture.apply()).toMatchObject({ outcome: 'done', steps: 4 });
  expect(
    account()
      .ticketFields.list()
      .filter(({ title }) => title === 'Category'),
  ).toHaveLength(1);
});

test('waits when Zendesk asks for less than a minute', async () => {
  fixture.zendesk.faults.rest.add({ answer: 429, retry_after: 7, next: 1, method: 'POST', path: '/api/v2/webhooks' });

  expect(await fixture.apply()).toMatchObject({ outcome: 'done' });
  expect(fixture.waits).toEqual([7_000]);
});
