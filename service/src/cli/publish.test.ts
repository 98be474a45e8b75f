import { chmod, cp, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runPublish } from './publish.ts';

const EXAMPLE = join(process.cwd(), 'config/deskwright.yaml');

let folder: string;
let policyPath: string;
let draft: string;
let example: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deskwright-publish-'));
  policyPath = join(folder, 'deskwright.yaml');
  draft = join(folder, 'draft.yaml');
  example = await readFile(EXAMPLE, 'utf8');
  await writeFile(policyPath, example);
  await cp(join(EXAMPLE, '../guidance'), join(folder, 'guidance'), { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

async function publish(part: Partial<Parameters<typeof runPublish>[0]> = {}) {
  const printed: string[] = [];
  const now = () => new Date('2026-11-29T06:31:07Z');
  const options = {
    draft,
    policyPath,
    dryRun: false,
    json: false,
    now,
    out: (text: string) => void printed.push(text),
  };
  return { code: await runPublish({ ...options, ...part }), printed: printed.join('\n') };
}

const FORMER = 'deskwright.2026-11-29T06-31-07-000Z.yaml';
const edited = () =>
  example
    .replace('company: Northwind Outdoor', 'company: Southwind')
    .replace(/^(views:\n)/m, '$1  - { title: Bikes }\n');

it('replaces the policy with a valid draft, keeps the previous one beside it, and says what changes', async () => {
  await writeFile(draft, edited());
  // With a right that the usual umask takes from new files.
  await chmod(policyPath, 0o664);

  const { code, printed } = await publish();

  expect(code).toBe(0);
  expect(printed).toContain('company: "Northwind Outdoor" becomes "Southwind"');
  expect(printed).toContain('views: adds "Bikes"');
  expect(await readFile(policyPath, 'utf8')).toBe(edited());
  expect((await stat(policyPath)).mode & 0o777).toBe(0o664);
  expect(await readFile(join(folder, FORMER), 'utf8')).toBe(example);
  expect((await readdir(folder)).toSorted()).toEqual([FORMER, 'deskwright.yaml', 'draft.yaml', 'guidance'].toSorted());
});

it('changes nothing with --dry-run', async () => {
  await writeFile(draft, edited());
  const { code, printed } = await publish({ dryRun: true });
  expect(code).toBe(0);
  expect(printed).toContain('views: adds "Bikes"');
  expect(printed).toContain('Nothing was published');
  expect(await readFile(policyPath, 'utf8')).toBe(example);
  expect(await readdir(folder)).not.toContain(FORMER);
});

it('refuses an invalid draft, says where the mistake is, and keeps the policy', async () => {
  await writeFile(draft, example.replace('order: oldest_first', 'order: oldest_frist'));
  const { code, printed } = await publish();
  expect(code).toBe(1);
  expect(printed).toMatch(
    /draft\.yaml: line \d+, column \d+: order cannot be "oldest_frist"[\s\S]*nothing was published/,
  );
  expect(await readFile(policyPath, 'utf8')).toBe(example);
});

it('reads the guidance beside the policy, wherever the draft is', async () => {
  const elsewhere = await mkdtemp(join(tmpdir(), 'deskwright-draft-'));
  draft = join(elsewhere, 'draft.yaml');
  await writeFile(draft, edited());
  expect((await publish()).code).toBe(0);
  await rm(elsewhere, { recursive: true });
});

it('exits with 2 when there is no draft', async () => {
  const { code, printed } = await publish();
  expect(code).toBe(2);
  expect(printed).toContain('there is no file');
});

it('replaces an invalid policy, and creates a missing one', async () => {
  await writeFile(draft, edited());
  await writeFile(policyPath, 'version: 2');
  const { code, printed } = await publish();
  expect(code).toBe(0);
  expect(printed).toContain('no valid policy in its place');
  expect(await readFile(join(folder, FORMER), 'utf8')).toBe('version: 2');
  await rm(policyPath);
  expect(JSON.parse((await publish({ json: true })).printed)).toMatchObject({ published: true, former: null });
});

it('writes through a symbolic link', async () => {
  await writeFile(draft, edited());
  const link = join(folder, 'linked.yaml');
  await symlink(policyPath, link);
  expect((await publish({ policyPath: link })).code).toBe(0);
  expect(await readFile(policyPath, 'utf8')).toBe(edited());
  expect(await readFile(link, 'utf8')).toBe(edited());
});
