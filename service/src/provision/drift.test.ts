import { checkDrift } from './check-drift.ts';
import { type DriftChoice, settleDrift } from './settle-drift.ts';
import { aPolicy, type ProvisionFixture, startProvisionFixture } from './testing/provision-fixture.ts';

let fixture: ProvisionFixture;
beforeAll(async () => {
  fixture = await startProvisionFixture();
});
afterAll(() => fixture.stop());

const policy = aPolicy();
const deps = () => ({ ...fixture.deps, policy, guidance: fixture.guidance });
const drift = async () => {
  const drifted = await checkDrift({ ...deps(), policy: () => policy });
  return drifted.map(({ key, drift: { isDeleted, changes, by } }) => [
    key,
    isDeleted ? 'deleted' : changes.map(({ field }) => field),
    by?.name,
  ]);
};
const settle = (choice: DriftChoice, key: string) => settleDrift(deps(), key, choice);
const group = (name: string) => fixture.zendesk.account.groups.list().find((each) => each.name === name)!;
const field = () => fixture.zendesk.account.ticketFields.list().find(({ title }) => title === 'Category')!;
const by = () => ({ id: fixture.zendesk.account.ownerId });
const owner = () => fixture.zendesk.account.users.find(by().id)?.name;
const steps = async () => (await fixture.plan()).steps.map(({ action, key }) => `${action} ${key}`);

test('is told with who caused it, and settled by overwriting, ignoring or adopting', async () => {
  const { groups, ticketFields } = fixture.zendesk.account;
  expect(await drift()).toEqual([]);
  await fixture.apply();
  expect(await drift()).toEqual([]);

  groups.update(group('First line').id, { name: 'Helpdesk' }, by());
  groups.delete(group('Second line').id, by());
  ticketFields.update(field().id, { active: false }, by());

  expect(await drift()).toEqual([
    ['group/tier/t1', ['name'], owner()],
    ['group/tier/t2', 'deleted', owner()],
    ['ticket_field/category', ['active'], owner()],
  ]);
  const plan = await fixture.plan();
  expect(plan.steps.map(({ key, changedBy }) => [key, changedBy?.name])).toEqual([
    ['group/tier/t1', owner()],
    ['group/tier/t2', owner()],
    ['ticket_field/category', owner()],
  ]);
  expect(plan.steps[0]?.changes).toEqual([{ field: 'name', from: 'Helpdesk', to: 'First line', drifted: true }]);

  expect(await settle('ignore', 'ticket_field/category')).toMatchObject({ outcome: 'settled', differs: ['active'] });
  expect(await settle('adopt', 'group/tier/t1')).toMatchObject({ outcome: 'settled', differs: ['name'] });
  expect(await settle('adopt', 'group/tier/t2')).toMatchObject({ outcome: 'refused' });
  expect(await drift()).toEqual([['group/tier/t2', 'deleted', owner()]]);
  // The policy still says otherwise of what was adopted.
  expect(await steps()).toEqual(['change group/tier/t1', 'create group/tier/t2']);

  expect(await settle('overwrite', 'ticket_field/category')).toMatchObject({ outcome: 'settled' });
  expect(await fixture.apply()).toMatchObject({ outcome: 'done', steps: 3 });
  expect([field().active, await drift(), await steps()]).toEqual([true, [], []]);
});

test('an object that somebody else made becomes ours only when it is adopted, and keeps its description', async () => {
  const { ticketFields } = fixture.zendesk.account;
  await fixture.rollback(0);
  ticketFields.create({ type: 'tagger', title: 'Category', description: 'Theirs', custom_field_options: [] }, by());
  expect((await steps()).filter((step) => step.includes('category'))).toEqual([]);

  expect(await settle('adopt', 'ticket_field/category')).toMatchObject({ record: { origin: 'adopted' } });
  await fixture.apply();

  expect(field()).toMatchObject({
    description: 'Theirs',
    custom_field_options: [{ name: 'Refunds' }, { name: 'Bug' }],
  });
  await fixture.rollback(0);
  expect(field()).toMatchObject({ description: 'Theirs', custom_field_options: [] });
});
