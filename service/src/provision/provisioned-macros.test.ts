import { readMarkdown } from '../policy/guidance/read-markdown.ts';
import { checkDrift } from './check-drift.ts';
import { aPolicy, OWNER, type ProvisionFixture, startProvisionFixture } from './testing/provision-fixture.ts';

let fixture: ProvisionFixture;
beforeEach(async () => {
  fixture = await startProvisionFixture();
  write('refunds', REFUNDS);
});
afterEach(() => fixture.stop());

const REFUNDS = `# Refunds

Ask first.

\`\`\`reply
Hello {{ ticket.requester.first_name }}, {{- ticket.account }} here. Is it order {{order_number}}?
\`\`\`

## When we *refund*

- [ ] Look it up
  \`\`\`reply
  We refund ticket {{ticket.id}} today.
  {{current_user.name}}
  \`\`\`

\`\`\`reply
Your money is on its way.
\`\`\`
`;

function write(category: string, text: string) {
  const { guidance, problems } = readMarkdown(text, ['order_number']);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  fixture.guidance.set(category, { ...guidance, title: 'Refunds' });
}

const account = () => fixture.zendesk.account;
const macros = () => account().macros.list();
const titles = () => macros().map(({ title }) => title);
const offering = (macroChoice = 'from_guidance') =>
  aPolicy({
    company: 'Northwind',
    tiers: [
      { id: 't1', name: 'Tier 1', group: 'First line', escalates_to: 't2' },
      { id: 't2', name: 'Tier 2', group: 'Second line' },
    ],
    zendesk: { macros: macroChoice },
  });
const groupId = (name: string) =>
  account()
    .groups.list()
    .find((group) => group.name === name)!.id;
const actions = async (policy = offering()) =>
  (await fixture.plan(policy)).steps
    .filter(({ kind }) => kind === 'macro')
    .map(({ action, key }) => `${action} ${key}`);
const timeless = async () =>
  JSON.parse(
    JSON.stringify(await fixture.everything(), (key, value: unknown) =>
      ['id', 'ids', 'url', 'created_at', 'updated_at'].includes(key) ? undefined : value,
    ),
  ) as unknown;

test('none are made unless the policy says so', async () => {
  expect(await actions(aPolicy())).toEqual([]);
});

test('each canned reply is a macro of the groups that handle its category, with the placeholders of Zendesk', async () => {
  expect(await fixture.apply(offering())).toMatchObject({ outcome: 'done' });

  const groups = [groupId('First line'), groupId('Second line')];
  expect(macros()).toMatchObject([
    {
      title: 'Refunds::Reply',
      actions: [
        {
          field: 'comment_value',
          value: 'Hello {{ticket.requester.first_name}},Northwind here. Is it order [order number]?',
        },
        { field: 'comment_mode_is_public', value: 'true' },
      ],
      restriction: { type: 'Group', id: groups[0], ids: groups },
      active: true,
    },
    {
      title: 'Refunds::When we refund',
      actions: [{ value: 'We refund ticket {{ticket.id}} today.\n{{current_user.name}}' }, {}],
    },
    { title: 'Refunds::When we refund 2', actions: [{ value: 'Your money is on its way.' }, {}] },
  ]);
  const second = await fixture.plan(offering());
  expect([second.steps, second.notices]).toEqual([[], []]);
});

test('follows the guidance: changes the text, removes what is no longer there, and leaves what others made', async () => {
  const theirs = { title: 'Refunds::Thanks', actions: [{ field: 'status', value: 'solved' }] };
  account().macros.create(theirs, OWNER);
  write('refunds', REFUNDS.replace('## When we *refund*', '## Thanks'));
  const asked = await fixture.plan(offering());
  expect(asked.notices).toMatchObject([
    { key: 'macro/refunds/thanks', message: expect.stringContaining('another heading in the guidance') },
  ]);
  write('refunds', REFUNDS);
  await fixture.apply(offering());
  write(
    'refunds',
    REFUNDS.replace('today', 'this week').replace('Your money is on its way.', 'Sent.').split('## ')[0]!,
  );

  expect(await actions()).toEqual(['remove macro/refunds/when-we-refund', 'remove macro/refunds/when-we-refund-2']);
  write('refunds', REFUNDS.replace('today', 'this week'));
  expect(await actions()).toEqual(['change macro/refunds/when-we-refund']);
  await fixture.apply(offering());
  expect(macros()[2]?.actions[0]?.value).toContain('this week');

  await fixture.apply(offering('none'));
  expect(titles()).toEqual(['Refunds::Thanks']);
  expect(await actions(offering('none'))).toEqual([]);
});

test('what people change on them is drift, and a rollback restores exactly what the API returned', async () => {
  const atFirst = await timeless();
  await fixture.apply(offering());
  const afterOne = await timeless();
  const [first] = macros();
  account().macros.update(first!.id, { title: 'Mine', active: false }, { id: account().ownerId });

  const drifted = await checkDrift({ ...fixture.deps, policy: () => offering() });
  expect(drifted.map(({ key, drift }) => [key, drift.changes.map(({ field }) => field)])).toEqual([
    ['macro/refunds/reply', ['title', 'active']],
  ]);
  await fixture.apply(offering());
  await fixture.apply(offering('none'));

  expect(await fixture.rollback(1)).toMatchObject({ outcome: 'done' });
  expect(await timeless()).toEqual(afterOne);
  expect(await fixture.rollback(0)).toMatchObject({ outcome: 'done' });
  expect(await timeless()).toEqual(atFirst);
  // The groups are made anew, and the macros are theirs.
  expect(await fixture.rollback(1)).toMatchObject({ outcome: 'done' });
  expect(await timeless()).toEqual(afterOne);
  expect(macros()[0]?.restriction?.ids).toEqual([groupId('First line'), groupId('Second line')]);
});
