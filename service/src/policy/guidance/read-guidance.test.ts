import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPolicyFile } from '../read-policy-file.ts';
import { readGuidanceTexts } from './read-guidance.ts';

const policyNaming = (files: Record<string, string>) => `version: 1
company: Northwind Outdoor
time_zone: UTC
business_hours: { weekdays: { mon-fri: "09:00-18:00" } }
tiers: [{ id: t1, name: Tier 1, group: Support }]
categories:
${Object.entries(files)
  .map(([id, file]) => `  - { id: ${id}, name: The ${id}, tier: t1, guidance: ${file} }`)
  .join('\n')}
default_category: ${Object.keys(files)[0]}
default_survey: none
`;

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deskwright-guidance-'));
  path = join(folder, 'policy.yaml');
  await mkdir(join(folder, 'guidance'));
});
afterEach(() => rm(folder, { recursive: true }));

const write = (name: string, text: string | Uint8Array) => writeFile(join(folder, name), text);

async function problemsOf(files: Record<string, string>) {
  await write('policy.yaml', policyNaming(files));
  const read = await readPolicyFile(path);
  if (read.outcome !== 'refused') throw new Error(`the policy is ${read.outcome}`);
  return read.problems;
}

it('reads UTF-16, and refuses letters that are not UTF-8', async () => {
  await write('guidance/a.md', Buffer.from('\ufeff# Rückgabe\n', 'utf16le'));
  await write('policy.yaml', policyNaming({ refunds: 'guidance/a.md' }));
  expect(await readPolicyFile(path)).toMatchObject({ outcome: 'loaded' });

  await write('guidance/a.md', Buffer.from('# Hallo\n\nR\u00fcckgabe\n', 'latin1'));
  expect(await problemsOf({ refunds: 'guidance/a.md' })).toMatchObject([
    {
      message: expect.stringMatching(/"guidance\/a\.md" cannot be read: line 3 is not valid UTF-8.*save it/),
    },
  ]);
});

it('has guidance by category, with the title of the file or the name of the category', async () => {
  await write('guidance/a.md', '# Money back\n\n- [ ] Ask\n');
  await write('guidance/b.md', '- [ ] Wait\n- [ ] Ask\n');
  await write(
    'policy.yaml',
    policyNaming({ refunds: 'guidance/a.md', other: 'guidance/b.md', more: './guidance/b.md' }),
  );
  const read = await readPolicyFile(path);
  expect(read).toMatchObject({ outcome: 'loaded', loaded: { warnings: [] } });
  const guidance = read.outcome === 'loaded' ? read.loaded.guidance : new Map();
  expect(Object.fromEntries(guidance)).toMatchObject({
    refunds: { title: 'Money back', steps: 1 },
    other: { title: 'The other', steps: 2 },
    more: { title: 'The more', steps: 2 },
  });
});

it('reports errors of the policy and of every file at once, each with its own line', async () => {
  await write('guidance/a.md', '# A\n\n- [ ] Hi {{nobody}}\n');
  await write('guidance/b.md', '<b>\n');
  const text = policyNaming({ a: 'guidance/a.md', b: 'guidance/b.md', c: 'guidance/b.md' });
  await write('policy.yaml', text.replace('default_category: a', 'default_category: d'));
  const read = await readPolicyFile(path);
  if (read.outcome !== 'refused') throw new Error(read.outcome);
  expect(read.problems).toMatchObject([
    { file: path, line: 10, path: 'default_category' },
    { file: join(folder, 'guidance/a.md'), line: 3, column: 10, path: '', severity: 'error' },
    { file: join(folder, 'guidance/b.md'), line: 1, column: 1 },
  ]);
  expect(read.text.get(join(folder, 'guidance/b.md'))).toBe('<b>\n');
});

it('keeps a warning in guidance a warning', async () => {
  await write('guidance/a.md', '- [x] Done\n');
  await write('policy.yaml', policyNaming({ a: 'guidance/a.md' }));
  expect(await readPolicyFile(path)).toMatchObject({
    outcome: 'loaded',
    loaded: { warnings: [{ severity: 'warning', file: join(folder, 'guidance/a.md'), line: 1 }] },
  });
});

describe('a file that cannot be read is reported where the policy names it', () => {
  const at = (column: number, message: unknown) => [
    { file: path, line: 7, column, path: 'categories[0].guidance', message },
  ];

  it('when it is missing', async () => {
    expect(await problemsOf({ a: 'guidance/a.md' })).toMatchObject(
      at(47, expect.stringMatching(/^there is no file "guidance\/a\.md" in the folder of the policy/)),
    );
  });

  it('when it is a folder', async () => {
    await mkdir(join(folder, 'a.md'));
    expect(await problemsOf({ a: 'a.md' })).toMatchObject(at(47, expect.stringContaining('is a folder')));
  });

  it('when it is larger than 200 kB', async () => {
    await write('a.md', 'word '.repeat(40_001));
    expect(await problemsOf({ a: 'a.md' })).toMatchObject(at(47, expect.stringContaining('larger than 200 kB')));
  });

  it('when it is a link to a file outside the folder', async () => {
    await symlink('/etc/hostname', join(folder, 'a.md'));
    expect(await problemsOf({ a: 'a.md' })).toMatchObject(at(47, expect.stringContaining('outside the folder')));
  });
});

it('reads guidance beside a policy in the root folder', async () => {
  await write('a.md', '- [ ] Ask\n');
  const file = join(folder, 'a.md').slice(1);
  const named = [{ categoryId: 'a', categoryName: 'A', file, place: { line: 1, column: 1, path: '' } }];
  expect(await readGuidanceTexts(named, '/')).toEqual(new Map([[file, { ok: true, text: '- [ ] Ask\n' }]]));
});

it('refuses what is not a regular file', async () => {
  const socket = createServer().listen(join(folder, 'a.md'));
  await once(socket, 'listening');
  expect(await problemsOf({ a: 'a.md' })).toMatchObject([{ message: '"a.md" is not a file' }]);
  socket.close();
});

it('follows a link that stays in the folder, as in mounted configuration', async () => {
  await mkdir(join(folder, '..data'));
  await write('..data/a.md', '- [ ] Ask\n');
  await symlink('..data/a.md', join(folder, 'a.md'));
  await write('policy.yaml', policyNaming({ a: 'a.md' }));
  expect(await readPolicyFile(path)).toMatchObject({ outcome: 'loaded' });
});
