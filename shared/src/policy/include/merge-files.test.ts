import { POLICY_TEXT } from '../../../testing/policy-text.ts';
import { saidOf } from '../../../testing/said-of.ts';
import { describeProblem } from '../format-problems.ts';
import { loadPolicy } from '../load-policy.ts';

const [BEFORE = '', AFTER = ''] = POLICY_TEXT.split(/^triggers:\n[\s\S]*(?=^views:)/m);
const TRIGGERS = POLICY_TEXT.slice(BEFORE.length, POLICY_TEXT.length - AFTER.length);
const ROOT = BEFORE + AFTER;
const trigger = (id: string, category = 'bug') =>
  `  - { id: ${id}, title: T, conditions: { any: [{ field: text, operator: includes_any, value: [${id}] }] }, actions: { category: ${category} } }\n`;
const MORE = `triggers:\n${trigger('crash')}`;

const load = (root: string, ...included: [name: string, text: string][]) =>
  loadPolicy(
    root,
    'policy.yaml',
    included.map(([name, text]) => ({ name, text })),
  );

function said(root: string, ...included: [name: string, text: string][]): string[] {
  const loaded = load(root, ...included);
  return (loaded.ok ? loaded.warnings : loaded.problems).map((one) => `${one.file}: ${describeProblem(one)}`);
}

it('a policy spread over files is the policy in one file, with the same hash', () => {
  const whole = load(POLICY_TEXT);
  const spread = load(`${ROOT}include: [a.yaml]\n`, ['a.yaml', TRIGGERS]);
  if (!whole.ok || !spread.ok) throw new Error('not valid');
  expect({ ...spread.policy, include: undefined }).toEqual({ ...whole.policy, include: undefined });
  expect(spread.hash).toBe(whole.hash);
});

it('lists are appended in the order of the files', () => {
  const loaded = load(
    POLICY_TEXT,
    ['b.yaml', MORE],
    ['a.yaml', `triggers:\n${trigger('slow')}views: [{ title: Old }]\n`],
  );
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  expect(loaded.policy.triggers.map(({ id }) => id)).toEqual(['refund-wording', 'crash', 'slow']);
  expect(loaded.policy.views.map(({ title }) => title)).toEqual(['Unassigned', 'Old']);
});

it('the hash covers included files', () => {
  const [one, other] = [load(ROOT, ['a.yaml', TRIGGERS]), load(ROOT, ['a.yaml', TRIGGERS.replace('high', 'urgent')])];
  expect(one.ok && other.ok && one.hash !== other.hash).toBe(true);
});

it('the places of names are in the file that has them', () => {
  const more = `categories: []\ntiers:\n  - { id: t3, name: Tier 3, group: Engineers }\n`;
  const loaded = load(POLICY_TEXT, ['a.yaml', more]);
  expect(loaded).toMatchObject({ ok: true, places: { 'tiers[2].group': { file: 'a.yaml', line: 3, column: 36 } } });
});

it.each([
  ['a wrong value', MORE.replace('bug', 'bgu'), 'line 2, column 129: category "bgu" does not exist. Allowed: refund'],
  ['a missing key', MORE.replace(' title: T,', ''), 'line 2, column 5: title is missing in entry 1 of triggers'],
  ['an unknown key', 'trigers: []\n', 'line 1, column 1: "trigers" is not known at the top of the file'],
  ['a syntax error', 'triggers:\n\t- id: a\n', 'line 2, column 1: a tab'],
  ['a duplicate key', 'views: []\nviews: []\n', 'line 2, column 1: "views" is defined twice in the same block'],
  [
    'an id of another file',
    `# A comment\ntriggers:\n${trigger('refund-wording')}`,
    'line 3, column 11: trigger "refund-wording" is already used by entry 1 of triggers (policy.yaml, line 16)',
  ],
  [
    'a key that stands there already',
    'triggers: []\ncompany: Northwind Outdoor\n',
    'line 2, column 1: "company" is already defined in policy.yaml, line 2; only lists can be split over several files, so keep one',
  ],
  [
    'a block that stands there already',
    'surveys: { csat: { delay: 1h, expires: 1d } }\n',
    'line 1, column 1: "surveys" is already defined in policy.yaml, line 27',
  ],
  ['no list', 'triggers: none\n', 'line 1, column 11: triggers must be a list'],
  ['nothing', '# Later\n', 'line 1, column 1: the file is empty'],
  ['no keys', '- a\n', 'line 1, column 1: the file must contain keys'],
])('%s in an included file is reported there', (_, text, message) => {
  expect(said(POLICY_TEXT, ['b.yaml', MORE.replaceAll('crash', 'slow')], ['a.yaml', text])).toEqual([
    expect.stringContaining(`a.yaml: ${message}`),
  ]);
});

it('a missing key belongs to the policy, and its own problems come first', () => {
  const wrong = MORE.replace('bug', 'bgu');
  expect(said(POLICY_TEXT.replace('company: Northwind Outdoor\n', ''), ['a.yaml', wrong])).toEqual([
    expect.stringContaining('policy.yaml: line 1, column 1: company is missing'),
    expect.stringContaining('a.yaml: line 2, column 129: category "bgu"'),
  ]);
});

it.each([
  ['/etc/passwd.yaml', 'must be a path relative to the folder of the policy file'],
  ['../a.yaml', 'must be in the folder of the policy file or below it'],
  ['a/../../b.yaml', 'must be in the folder of the policy file or below it'],
  ['triggers\\a.yaml', 'separate folders with /. Did you mean "triggers/a.yaml"?'],
  ['**/*.yaml', 'may contain * only in the file name'],
  ['*/a.yaml', 'may contain * only in the file name'],
  ['{a,b}.yaml', 'may contain * only in the file name'],
  ['a.json', 'must be a YAML file'],
])('include %s: %s', (path, message) => {
  const text = POLICY_TEXT.replace('company:', () => `include: ['${path}']\ncompany:`);
  expect(saidOf(text)).toEqual([expect.stringContaining(message)]);
});
