import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describeProblem } from '@deskwright/shared';
import { until } from '../platform/testing/until.ts';
import { createPolicyStore } from './policy-store.ts';
import { checkDraft, readPolicyFile } from './read-policy-file.ts';

const ROOT = `version: 1
company: Northwind Outdoor
time_zone: America/New_York
tiers: [{ id: team, name: Support, group: Support }]
categories: [{ id: refund, name: Refund, tier: team }, { id: other, name: Other, tier: team }]
default_category: other
`;
const trigger = (id: string) =>
  `triggers: [{ id: ${id}, title: T, conditions: { any: [{ field: text, operator: includes_any, value: [${id}] }] }, actions: { category: refund } }]\n`;

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deskwright-include-'));
  path = join(folder, 'config/policy.yaml');
});
afterEach(() => rm(folder, { recursive: true }));

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const file = join(folder, 'config', name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

async function read() {
  const found = await readPolicyFile(path);
  if (found.outcome === 'unreadable') throw new Error(found.reason);
  if (found.outcome === 'loaded') return { triggers: found.loaded.policy.triggers.map(({ id }) => id), said: [] };
  const said = found.problems.map(
    (one) => `${one.file.slice(join(folder, 'config/').length)}: ${describeProblem(one)}`,
  );
  return { triggers: null, said };
}

it('reads files, patterns and files included by files, in the order of the includes', async () => {
  await write({
    'policy.yaml': `${ROOT}include: [first.yaml, "triggers/*.yaml"]\n${trigger('own')}`,
    'first.yaml': `include: [deep/c.yml]\n${trigger('first')}`,
    'deep/c.yml': trigger('deep'),
    'triggers/b.yaml': trigger('b'),
    'triggers/a.yaml': trigger('a'),
    // Not taken: hidden, another ending, a former policy that `publish` kept.
    'triggers/.c.yaml': trigger('hidden'),
    'triggers/d.txt': 'x',
    'triggers/a.2026-11-29T06-31-07-000Z.yaml': trigger('former'),
  });
  expect(await read()).toEqual({ triggers: ['own', 'first', 'deep', 'a', 'b'], said: [] });
});

it('a pattern takes what was not included before, and not the policy itself', async () => {
  await write({
    'policy.yaml': `${ROOT}include: [z.yaml, "*.yaml"]\n`,
    'z.yaml': trigger('z'),
    'a.yaml': `include: ["*.yaml"]\n${trigger('a')}`,
  });
  expect(await read()).toEqual({ triggers: ['z', 'a'], said: [] });
});

it.each([
  ['a file that is missing', { 'a.yaml': '' }, '[b.yaml]', 'line 7, column 11: there is no file "b.yaml"'],
  ['a pattern that fits nothing', {}, '["*.yml"]', 'line 7, column 11: no file fits "*.yml"'],
  ['a folder that is missing', {}, '["t/*.yaml"]', 'line 7, column 11: there is no folder "t/"'],
  ['a folder', { 'a.yaml/b': '' }, '[a.yaml]', 'line 7, column 11: "a.yaml" is a folder'],
  [
    'the same file twice',
    { 'a.yaml': trigger('a') },
    '[a.yaml, ./a.yaml]',
    'line 7, column 19: "./a.yaml" is included already',
  ],
  [
    'itself',
    {},
    '[policy.yaml]',
    'line 7, column 11: files include one another in a circle: policy.yaml -> policy.yaml',
  ],
])('refuses %s, at the entry', async (_, files, include, message) => {
  await write({ ...files, 'policy.yaml': `${ROOT}include: ${include}\n` });
  expect((await read()).said).toEqual([expect.stringContaining(`policy.yaml: ${message}`)]);
});

it('refuses a circle, in the file that closes it', async () => {
  await write({
    'policy.yaml': `${ROOT}include: [a.yaml]\n`,
    'a.yaml': `${trigger('a')}include: [t/b.yaml]\n`,
    't/b.yaml': 'include:\n  - a.yaml\n',
  });
  expect((await read()).said).toEqual([
    't/b.yaml: line 2, column 5: files include one another in a circle: policy.yaml -> a.yaml -> t/b.yaml -> a.yaml',
  ]);
});

it('refuses a symbolic link out of the folder, also of a folder, and follows one within it', async () => {
  await write({ 'policy.yaml': `${ROOT}include: [link.yaml]\n`, 'real/a.yaml': trigger('a') });
  await symlink(join(folder, 'config/real/a.yaml'), join(folder, 'config/link.yaml'));
  expect(await read()).toMatchObject({ triggers: ['a'] });

  await writeFile(join(folder, 'secret.yaml'), trigger('secret'));
  await rm(join(folder, 'config/link.yaml'));
  await symlink(join(folder, 'secret.yaml'), join(folder, 'config/link.yaml'));
  expect((await read()).said).toEqual([expect.stringContaining('"link.yaml" is a link to a file outside the folder')]);

  await symlink(folder, join(folder, 'config/out'));
  await write({ 'policy.yaml': `${ROOT}include: ["out/*.yaml"]\n` });
  expect((await read()).said).toEqual([expect.stringContaining('"out/secret.yaml" is a link to a file outside')]);
});

it('refuses what is too deep, too many or too large', async () => {
  const chain = Object.fromEntries([1, 2, 3, 4, 5, 6].map((n) => [`${n}.yaml`, `include: [${n + 1}.yaml]\n`]));
  await write({ ...chain, 'policy.yaml': `${ROOT}include: [1.yaml]\n`, '5.yaml': trigger('five') });
  expect(await read()).toEqual({ triggers: ['five'], said: [] });
  await write({ '5.yaml': 'include: [6.yaml]\n', '6.yaml': trigger('six') });
  expect((await read()).said).toEqual([
    '5.yaml: line 1, column 11: "6.yaml" is on level 6; files may include one another 5 levels deep',
  ]);

  const many = Object.fromEntries(Array.from({ length: 201 }, (_, n) => [`m/${1000 + n}.yaml`, 'views: []\n']));
  await write({ ...many, 'policy.yaml': `${ROOT}include: ["m/*.yaml"]\n` });
  expect((await read()).said).toEqual([expect.stringContaining('"m/1200.yaml" is one file too many')]);

  const half = `# ${'x'.repeat(1_990_000)}\nviews: []\n`;
  await write({ 'policy.yaml': `${ROOT}include: [l1.yaml, l2.yaml, l3.yaml]\n` });
  await write({ 'l1.yaml': half, 'l2.yaml': half, 'l3.yaml': half });
  expect((await read()).said).toEqual([expect.stringContaining('with "l3.yaml" the policy is larger than 4 MB')]);
});

it('guidance and tests of an included file are named from the folder, and reported in the right file', async () => {
  const more = `categories:
  - { id: bug, name: Bug, tier: team, guidance: guidance/bug.md }
tests:
  - { name: A, given: { subject: refund }, expect: { category: bug } }
`;
  const files = { 'policy.yaml': `${ROOT}include: [t/more.yaml]\n${trigger('refund')}`, 't/more.yaml': more };
  await write(files);
  expect((await read()).said).toEqual([
    expect.stringContaining('t/more.yaml: line 2, column 49: there is no file "guidance/bug.md"'),
    expect.stringContaining('t/more.yaml: line 4, column 64: test "A" fails: category is refund, expected bug'),
  ]);
  await write({
    'guidance/bug.md': '- [ ] {{nope}}\n',
    't/more.yaml': more.replace('category: bug', 'category: refund'),
  });
  expect((await read()).said).toEqual([
    expect.stringContaining('guidance/bug.md: line 1, column 7: placeholder "nope"'),
  ]);
});

it('a draft elsewhere includes the files beside the policy, and errors name those', async () => {
  await write({ 'policy.yaml': ROOT, 't/a.yaml': trigger('a').replace('refund', 'refnd') });
  const draft = join(folder, 'draft.yaml');
  await writeFile(draft, `${ROOT}include: ["t/*.yaml", "*.yaml"]\n`);
  const { read: found } = await checkDraft(draft, path);
  expect(found).toMatchObject({
    outcome: 'refused',
    problems: [{ file: join(folder, 'config/t/a.yaml'), line: 1, didYouMean: 'refund' }],
  });
});

it('the store follows included files, keeps the last valid policy, and takes new files of a pattern', async () => {
  await write({ 'policy.yaml': `${ROOT}include: ["t/*.yaml"]\n`, 't/a.yaml': trigger('a') });
  const logger = { info: () => undefined, warn: () => undefined, error: () => undefined } as never;
  const store = createPolicyStore({ path, logger, debounceMs: 10, pollMs: 50 });
  await store.start();
  try {
    const ids = () =>
      store
        .current()
        .policy.triggers.map(({ id }) => id)
        .join();
    const { hash } = store.current();
    await write({ 't/a.yaml': trigger('b') });
    await until(() => ids() === 'b');
    expect(store.current().hash).not.toBe(hash);
    await write({ 't/a.yaml': trigger('b').replace('refund', 'refnd') });
    await until(() => !store.status().ok);
    expect(store.status().problems).toMatchObject([{ file: join(folder, 'config/t/a.yaml'), line: 1 }]);
    expect(ids()).toBe('b');
    await write({ 't/a.yaml': trigger('c'), 't/d.yaml': trigger('d') });
    await until(() => ids() === 'c,d');
  } finally {
    await store.stop();
  }
});
