import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkDraft } from '../policy/read-policy-file.ts';
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

it('refuses a draft with a test that fails', async () => {
  const test = 'tests:\n  - { name: Money back, given: { subject: money back }, expect: { category: bug } }\n';
  await writeFile(draft, `${example.replace(/^tests:\n[\s\S]*/m, '')}${test}`);
  const { code, printed } = await publish();
  expect(code).toBe(1);
  expect(printed).toMatch(
    /draft\.yaml: line \d+, column \d+: test "Money back" fails: category is refunds, expected bug/,
  );
  expect(await readFile(policyPath, 'utf8')).toBe(example);
});

it('publishes a draft that includes the files beside the policy, and refuses one with other such files of its own', async () => {
  const copy = join(folder, 'copy');
  const [live, own] = [join(folder, 'more.yaml'), join(copy, 'more.yaml')];
  await mkdir(copy);
  draft = join(copy, 'deskwright.yaml');
  await writeFile(draft, `include: [more.yaml]\n${example}`);
  await writeFile(live, 'views: [{ title: Bikes }]\n');
  await writeFile(own, 'views: [{ title: Boats }]\n');

  const refused = await publish();
  expect(refused.code).toBe(1);
  expect(refused.printed).toContain(`${own} differs from ${live}, and publish replaces the policy alone`);
  expect(await readFile(policyPath, 'utf8')).toBe(example);

  await cp(live, own);
  const { code, printed } = await publish();
  expect(printed).toContain('views: adds "Bikes"');
  expect(code).toBe(0);
  expect(await readFile(policyPath, 'utf8')).toContain('include: [more.yaml]');
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

describe('when the policy is a mount of its own, as a single file in Docker is', () => {
  const rename = async () => {
    throw Object.assign(new Error('EBUSY: resource busy or locked, rename'), { code: 'EBUSY' });
  };

  it.each(['longer', 'shorter'])('writes a %s policy into the file and says how to mount it better', async (length) => {
    const text = length === 'longer' ? `${edited()}${'# more\n'.repeat(50)}` : edited().replaceAll(/^ *#.*\n/gm, '');
    await writeFile(draft, text);
    const { ino } = await stat(policyPath);
    const { code, printed } = await publish({ files: { rename } });

    expect(code).toBe(0);
    expect(printed).toContain('Mount its folder instead');
    expect(await readFile(policyPath, 'utf8')).toBe(text);
    expect((await stat(policyPath)).ino).toBe(ino);
    expect(await readFile(join(folder, FORMER), 'utf8')).toBe(example);
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it.each([
    [1, 'The former one is in it again', []],
    [2, 'nor restored: copy', [FORMER]],
  ])('when %d writes fail, says what is in the file', async (failures, message, kept) => {
    await writeFile(draft, edited());
    let failed = 0;
    const overwrite = async (path: string, bytes: Buffer) => {
      await writeFile(path, bytes.subarray(0, failed < failures ? 20 : bytes.length));
      if (failed++ < failures) throw new Error('no space left');
    };
    await expect(publish({ files: { rename, overwrite } })).rejects.toThrow(message);
    expect((await readdir(folder)).filter((name) => name === FORMER || name.endsWith('.tmp'))).toEqual(kept);
    expect(await readFile(join(folder, kept[0] ?? 'deskwright.yaml'), 'utf8')).toBe(example);
  });
});

it('leaves the policy and nothing else when its place cannot be taken', async () => {
  await writeFile(draft, edited());
  const rename = async () => {
    throw Object.assign(new Error('EACCES'), { code: 'EACCES' });
  };
  await expect(publish({ files: { rename } })).rejects.toThrow('EACCES');
  expect(await readFile(policyPath, 'utf8')).toBe(example);
  expect((await readdir(folder)).toSorted()).toEqual(['deskwright.yaml', 'draft.yaml', 'guidance']);
});

it('publishes nothing when the draft is saved again while it is checked', async () => {
  await writeFile(draft, edited());
  const check: typeof checkDraft = async (...paths) => {
    const checked = await checkDraft(...paths);
    await writeFile(draft, `${edited()}# saved again\n`);
    return checked;
  };
  await expect(publish({ check })).rejects.toThrow('was saved again while it was being checked');
  expect(await readFile(policyPath, 'utf8')).toBe(example);
});

it('writes through a symbolic link', async () => {
  await writeFile(draft, edited());
  const link = join(folder, 'linked.yaml');
  await symlink(policyPath, link);
  expect((await publish({ policyPath: link })).code).toBe(0);
  expect(await readFile(policyPath, 'utf8')).toBe(edited());
  expect(await readFile(link, 'utf8')).toBe(edited());
});
