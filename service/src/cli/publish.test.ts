import { spawnSync } from 'node:child_process';
import {
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettled } from '../policy/publish-mark.ts';
import { checkDraft } from '../policy/read-policy-file.ts';
import { runPublish, runTakeBack } from './publish.ts';

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

describe('a draft in several files', () => {
  let copy: string;
  const inCopy = (file: string, text: string) => writeFile(join(copy, file), text);
  const live = (file: string) => readFile(join(folder, file), 'utf8');
  beforeEach(async () => {
    copy = join(folder, 'copy');
    await mkdir(join(copy, 'parts'), { recursive: true });
    await mkdir(join(folder, 'parts'));
    await writeFile(join(folder, 'parts/bikes.yaml'), 'views: [{ title: Bikes }]\n');
    await writeFile(join(folder, 'parts/same.yaml'), '# the same\nviews: [{ title: Tents }]\n');
    draft = join(copy, 'deskwright.yaml');
    await writeFile(draft, `include: [parts/*.yaml]\n${example}`);
  });
  const FORMER_PART = 'bikes.2026-11-29T06-31-07-000Z.yaml';

  it('replaces the policy with those that differ or are new, keeps the former ones, and takes the others from beside the policy', async () => {
    await inCopy('parts/bikes.yaml', '# edited\nviews: [{ title: Boats }]\n');
    await inCopy('parts/new.yaml', 'views: [{ title: Skis }]\n');

    const tried = await publish({ dryRun: true });
    expect(tried.printed).toContain(`Would write ${join(folder, 'parts/bikes.yaml')}, which it names.`);
    expect(await live('parts/bikes.yaml')).toBe('views: [{ title: Bikes }]\n');
    expect(await readdir(join(folder, 'parts'))).toHaveLength(2);

    const { code, printed } = await publish();
    expect(code).toBe(0);
    expect(printed).toContain('views: adds "Boats", "Skis", "Tents"');
    expect(printed).toContain(`Former files that it names: ${join(folder, 'parts', FORMER_PART)}`);
    expect(await live('parts/bikes.yaml')).toBe('# edited\nviews: [{ title: Boats }]\n');
    expect(await live(`parts/${FORMER_PART}`)).toBe('views: [{ title: Bikes }]\n');
    expect(await live('deskwright.yaml')).toContain('include: [parts/*.yaml]');
    expect((await readdir(join(folder, 'parts'))).toSorted()).toEqual([
      FORMER_PART,
      'bikes.yaml',
      'new.yaml',
      'same.yaml',
    ]);
    expect(await readdir(folder)).not.toContain('.deskwright-publishing');
  });

  it('takes guidance from beside the draft, and checks it there', async () => {
    await cp(join(folder, 'guidance'), join(copy, 'guidance'), { recursive: true });
    const [file = ''] = (await readdir(join(copy, 'guidance'))).filter((name) => name.endsWith('.md'));
    await inCopy(`guidance/${file}`, '');
    const refused = await publish();
    expect([refused.code, refused.printed]).toEqual([1, expect.stringContaining(`copy/guidance/${file}: line`)]);

    await inCopy(`guidance/${file}`, '## Edited\n\n- [ ] Ask\n');
    const { code, printed } = await publish();
    expect(code).toBe(0);
    expect(printed).toContain(`Wrote ${join(folder, 'guidance', file)}, which it names.`);
    expect(await live(`guidance/${file}`)).toContain('Edited');
    expect(printed.match(/^Wrote /gm)).toHaveLength(1);
  });

  it('names the part of the draft that has a mistake', async () => {
    await inCopy('parts/bikes.yaml', 'views:\n  - { title: Boats, order: oldest_frist }\n');
    const { code, printed } = await publish();
    expect(code).toBe(1);
    expect(printed).toMatch(/copy\/parts\/bikes\.yaml: line 2, column \d+: order cannot be "oldest_frist"/);
    expect(await live('deskwright.yaml')).toBe(example);
  });

  it('puts all back when one of them cannot be written', async () => {
    await inCopy('parts/bikes.yaml', 'views: [{ title: Boats }]\n');
    await inCopy('parts/new.yaml', 'views: [{ title: Skis }]\n');
    const failing = async (from: string, to: string) => {
      if (to === policyPath) throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
      await rename(from, to);
    };
    await expect(publish({ files: { rename: failing } })).rejects.toThrow('ENOSPC');
    expect(await live('parts/bikes.yaml')).toBe('views: [{ title: Bikes }]\n');
    expect(await live('deskwright.yaml')).toBe(example);
    expect((await readdir(join(folder, 'parts'))).toSorted()).toEqual(['bikes.yaml', 'same.yaml']);
    expect(await readdir(folder)).not.toContain('.deskwright-publishing');
  });

  it('puts back a part that is mounted by itself, and says what it could not put back', async () => {
    const mounted = join(folder, 'parts/bikes.yaml');
    await inCopy('parts/bikes.yaml', 'views: [{ title: Boats }]\n');
    await inCopy('parts/new.yaml', 'views: [{ title: Skis }]\n');
    const failing = async (from: string, to: string) => {
      if (to === policyPath) throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
      if (to === mounted) throw Object.assign(new Error('EBUSY'), { code: 'EBUSY' });
      await rename(from, to);
    };
    await expect(publish({ files: { rename: failing } })).rejects.toThrow('ENOSPC');
    expect(await live('parts/bikes.yaml')).toBe('views: [{ title: Bikes }]\n');
    expect((await readdir(join(folder, 'parts'))).toSorted()).toEqual(['bikes.yaml', 'same.yaml']);

    const overwrite = async (path: string, bytes: Buffer) => {
      if (!bytes.toString().includes('Boats')) throw new Error('read-only');
      await writeFile(path, bytes);
    };
    await expect(publish({ files: { rename: failing, overwrite } })).rejects.toThrow(
      `ENOSPC. Not all is as before: put back yourself ${join(folder, 'parts', FORMER_PART)} in the place of ${mounted}`,
    );
    expect((await readdir(join(folder, 'parts'))).toSorted()).toEqual(
      [FORMER_PART, 'bikes.yaml', 'same.yaml'].toSorted(),
    );
  });

  it('lets a running service see all files or none', async () => {
    await inCopy('parts/bikes.yaml', 'views: [{ title: Boats }]\n');
    const seen: unknown[] = [];
    const watching = async (from: string, to: string) => {
      await rename(from, to);
      seen.push(await readSettled(policyPath));
    };
    await publish({ files: { rename: watching } });
    expect(seen).toEqual([null, expect.objectContaining({ ok: true })]);
    const after = await readSettled(policyPath);
    expect(after?.ok && after.included.map(({ file }) => file)).toEqual(['parts/bikes.yaml', 'parts/same.yaml']);
  });
});

describe('a publish that was killed between two files', () => {
  const MARK = '.deskwright-publishing';
  const markFile = () => join(folder, MARK);
  const later = () => new Date('2026-11-29T07:00:00Z');
  const ended = spawnSync('true').pid;
  beforeEach(async () => {
    await mkdir(join(folder, 'copy'));
    draft = join(folder, 'copy/deskwright.yaml');
    await writeFile(join(folder, 'bikes.yaml'), 'views: [{ title: Bikes }]\n');
    await writeFile(policyPath, `include: [bikes.yaml]\n${example}`);
    await writeFile(join(folder, 'copy/bikes.yaml'), 'views: [{ title: Boats }]\n');
    await writeFile(draft, `include: [bikes.yaml]\n${edited()}`);
  });

  /** As `kill -9` leaves it, after that many files. */
  async function killed(after: number, owner: object = {}) {
    let left = after;
    await new Promise<void>((resolve) => {
      const hanging = async (from: string, to: string) => {
        if (left-- > 0) return rename(from, to);
        resolve();
        return new Promise<void>(() => undefined);
      };
      void publish({ files: { rename: hanging } });
    });
    const mark = { ...JSON.parse(await readFile(markFile(), 'utf8')), pid: ended, ...owner };
    await writeFile(markFile(), JSON.stringify(mark));
    for (const name of await readdir(folder))
      if (name.endsWith('.tmp'))
        await rename(join(folder, name), join(folder, name.replace(`${process.pid}`, `${mark.pid}`)));
  }
  const aMinuteAgo = () => utimes(markFile(), new Date(), new Date(Date.now() - 61_000));
  const namesIn = async () => (await readdir(folder)).toSorted();

  it('is taken back by the next one, which then publishes', async () => {
    const before = await namesIn();
    await killed(1);
    const { code, printed } = await publish({ now: later });
    expect(code).toBe(0);
    expect(printed).toMatch(
      /^An earlier change of the files \(by .+ on .+, process \d+, begun at 2026-11-29T06:31:07.000Z\) was interrupted. What it had replaced was taken back./,
    );
    expect(await readFile(policyPath, 'utf8')).toContain('Southwind');
    expect(await readFile(join(folder, 'bikes.2026-11-29T07-00-00-000Z.yaml'), 'utf8')).toContain('Bikes');
    const kept = ['bikes.2026-11-29T07-00-00-000Z.yaml', 'deskwright.2026-11-29T07-00-00-000Z.yaml'];
    expect(await namesIn()).toEqual([...before, ...kept].toSorted());
  });

  it.each([
    [0, 'It had replaced nothing', 'Bikes'],
    [1, 'What it had replaced was taken back', 'Bikes'],
  ])('after %d files is taken back by --take-back, which leaves nothing else', async (after, done, title) => {
    const before = await namesIn();
    await killed(after);
    const printed: string[] = [];
    const takeBack = () => runTakeBack({ policyPath, now: later(), json: false, out: (text) => printed.push(text) });
    expect(await takeBack()).toBe(0);
    expect(printed.at(-1)).toContain(done);
    expect(await readFile(join(folder, 'bikes.yaml'), 'utf8')).toContain(title);
    expect(await namesIn()).toEqual(before);
    expect(await takeBack()).toBe(0);
    expect(printed.at(-1)).toBe('No publish was interrupted.');
  });

  it('is never read by a service, however long ago it was, which is told what to do', async () => {
    await killed(1);
    expect(await readSettled(policyPath)).toBeNull();
    const told = { ok: false, reason: expect.stringContaining('deskwright publish --take-back') };
    expect(await readSettled(policyPath, { isLastTry: true })).toEqual(told);
    await aMinuteAgo();
    expect(await readSettled(policyPath)).toEqual(told);
    await runTakeBack({ policyPath, now: later(), json: false, out: () => undefined });
    expect(await readSettled(policyPath)).toMatchObject({ ok: true });
  });

  it.each([
    ['a living process', { pid: process.pid }],
    ['another machine', { host: 'other', user: 'anna' }],
  ])('counts as at work while its mark is fresh and names %s', async (_, owner) => {
    await killed(1, owner);
    const { pid, host, user } = { pid: ended, host: hostname(), user: '.+', ...owner };
    await expect(publish()).rejects.toThrow(
      new RegExp(`Nothing was changed.*\\(by ${user} on ${host}, process ${pid}, begun at 2026-11-29T06:31`),
    );
    await aMinuteAgo();
    expect((await publish({ now: later })).code).toBe(0);
  });

  it('stays as it is when a former file is gone, and says so', async () => {
    await killed(1);
    await rm(join(folder, 'bikes.2026-11-29T06-31-07-000Z.yaml'));
    await expect(publish({ now: later })).rejects.toThrow('bikes.2026-11-29T06-31-07-000Z.yaml is not what it kept');
    expect(await readFile(join(folder, 'bikes.yaml'), 'utf8')).toContain('Boats');
  });

  it('leaves what somebody edited since beside the file', async () => {
    await killed(1);
    await writeFile(join(folder, 'bikes.yaml'), 'views: [{ title: Canoes }]\n');
    await runTakeBack({ policyPath, now: later(), json: false, out: () => undefined });
    expect(await readFile(join(folder, 'bikes.yaml'), 'utf8')).toContain('Bikes');
    expect(await readFile(join(folder, 'bikes.2026-11-29T07-00-00-000Z.yaml'), 'utf8')).toContain('Canoes');
  });
});

it('refuses a second publish meanwhile, also of one file, and says who is at work', async () => {
  await writeFile(draft, edited());
  let second: unknown;
  const meanwhile = async (from: string, to: string) => {
    second = await publish().catch((error: unknown) => error);
    await rename(from, to);
  };
  expect((await publish({ files: { rename: meanwhile } })).code).toBe(0);
  expect(String(second)).toContain(`process ${process.pid}, begun at 2026-11-29T06:31:07.000Z`);
  expect(await readFile(policyPath, 'utf8')).toBe(edited());
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
