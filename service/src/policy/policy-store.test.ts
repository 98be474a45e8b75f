import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LoadedPolicy } from '@deskwright/shared';
import type { Logger } from '../platform/logging/logger.ts';
import { until } from '../platform/testing/until.ts';
import { createPolicyStore, type PolicyStore } from './policy-store.ts';
import { checkPolicyTexts } from './read-policy-file.ts';

const EXAMPLE = join(process.cwd(), 'config/deskwright.yaml');

let folder: string;
let path: string;
let store: PolicyStore;
let example: string;
let logged: { level: string; fields: Record<string, unknown>; message: string }[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deskwright-policy-'));
  path = join(folder, 'deskwright.yaml');
  example = await readFile(EXAMPLE, 'utf8');
  await writeFile(path, example);
  await cp(join(EXAMPLE, '../guidance'), join(folder, 'guidance'), { recursive: true });
  logged = [];
  store = createPolicyStore({ path, logger: aLogger(), clock: () => 1_000, debounceMs: 10, pollMs: 50 });
});

afterEach(async () => {
  await store.stop();
  await rm(folder, { recursive: true });
});

function aLogger(): Logger {
  const log = (level: string) => (fields: Record<string, unknown>, message: string) =>
    logged.push({ level, fields, message });
  const logger = {
    debug: log('debug'),
    info: log('info'),
    warn: log('warn'),
    error: log('error'),
    child: () => logger,
  };
  return logger as unknown as Logger;
}

describe('a bug during a reload', () => {
  it('is reported, keeps the last valid policy, and does not stop watching', async () => {
    let broken = false;
    const check = (...args: Parameters<typeof checkPolicyTexts>) => {
      if (broken) throw new RangeError('Maximum call stack size exceeded');
      return checkPolicyTexts(...args);
    };
    store = createPolicyStore({ path, logger: aLogger(), debounceMs: 10, pollMs: 50, check });
    await store.start();
    broken = true;
    await writeFile(path, renamed('First'));
    await until(() => !store.status().ok);
    expect(store.status().problems[0]?.message).toContain('Maximum call stack size exceeded');
    expect(store.current().policy.company).toBe('Northwind Outdoor');
    expect(logged.filter(({ level }) => level === 'error')).toHaveLength(1);

    broken = false;
    await writeFile(path, renamed('Second'));
    await until(() => store.current().policy.company === 'Second');
    expect(store.status().ok).toBe(true);
  });
});

const renamed = (company: string) => example.replace('company: Northwind Outdoor', `company: ${company}`);

describe('the policy store', () => {
  it('has the policy in force once it has started', async () => {
    expect(() => store.current()).toThrow('has not been started');
    await store.start();
    expect(store.current().policy.company).toBe('Northwind Outdoor');
    expect(store.status()).toEqual({
      ok: true,
      problems: [],
      warnings: [],
      loadedAt: 1_000,
      hash: store.current().hash,
      path,
    });
  });

  it.each([
    ['written over', async (text: string) => writeFile(path, text)],
    [
      'replaced, as by most editors',
      async (text: string) => {
        await writeFile(`${path}~`, text);
        await rename(`${path}~`, path);
      },
    ],
  ])('loads a new policy when the file is %s', async (_, save) => {
    await store.start();
    const heard: LoadedPolicy[] = [];
    store.onChange((loaded) => heard.push(loaded));
    await save(renamed('Southwind'));
    await until(() => heard.length === 1);
    expect(store.current().policy.company).toBe('Southwind');
    expect(heard[0]).toBe(store.current());
    await save(renamed('Eastwind'));
    await until(() => heard.length === 2);
    expect(store.current().policy.company).toBe('Eastwind');
  });

  it('refuses an invalid edit, says why, and keeps the last valid policy until the file is corrected', async () => {
    await store.start();
    const before = store.current();
    const heard: string[] = [];
    store.onChange(({ policy }) => heard.push(policy.company));
    await writeFile(path, example.replace('default_category: other', 'default_category: othr'));
    await until(() => !store.status().ok);
    expect(store.current()).toBe(before);
    expect(store.status().problems).toMatchObject([{ path: 'default_category', didYouMean: 'other' }]);
    expect(logged.filter((entry) => entry.level === 'warn')).toEqual([
      {
        level: 'warn',
        message: 'The edited policy was refused; the last valid one remains in force',
        fields: {
          path,
          problems: 1,
          first: [expect.stringMatching(/^line \d+, column 19: category "othr" does not exist/)],
        },
      },
    ]);
    await writeFile(path, renamed('Mended'));
    await until(() => store.status().ok);
    expect(heard).toEqual(['Mended']);
  });

  it('reports that the file was removed, and notices when it is back', async () => {
    await store.start();
    await rm(path);
    await until(() => !store.status().ok);
    expect(store.status().problems[0]?.message).toContain('there is no file');
    expect(store.current().policy.company).toBe('Northwind Outdoor');
    await writeFile(path, example);
    await until(() => store.status().ok);
  });

  it('notifies nobody of an edit that changes only comments, but no longer reports the file as invalid', async () => {
    await store.start();
    const heard: string[] = [];
    store.onChange(({ policy }) => heard.push(policy.company));
    await writeFile(path, 'version: 2');
    await until(() => !store.status().ok);
    await writeFile(path, `# a comment\n${example}`);
    await until(() => store.status().ok);
    expect(heard).toEqual([]);
  });

  it('keeps working when a listener fails', async () => {
    await store.start();
    const heard: string[] = [];
    store.onChange(() => {
      throw new Error('cannot compile');
    });
    store.onChange(({ policy }) => heard.push(policy.company));
    await writeFile(path, renamed('Southwind'));
    await until(() => heard.length === 1);
    expect(logged.some((entry) => entry.level === 'error')).toBe(true);
  });

  it('notifies no listener after it was stopped', async () => {
    const other = createPolicyStore({ path, logger: aLogger(), debounceMs: 10, pollMs: 50 });
    await Promise.all([store.start(), other.start()]);
    await store.stop();
    await writeFile(path, renamed('Southwind'));
    await until(() => other.current().policy.company === 'Southwind');
    await other.stop();
    expect(store.current().policy.company).toBe('Northwind Outdoor');
  });

  describe('guidance', () => {
    const guidance = () => join(folder, 'guidance/refunds.md');
    const titleInForce = () => store.current().guidance.get('refunds')?.title;

    it('is in force with the policy', async () => {
      await store.start();
      expect(titleInForce()).toBe('Refunds');
      expect(store.current().guidance.get('refunds')?.steps).toBe(6);
      expect([...store.current().guidance.keys()]).toEqual(store.current().policy.categories.map(({ id }) => id));
    });

    it('takes effect when its file is saved, with the policy as it was', async () => {
      store = createPolicyStore({ path, logger: aLogger(), clock: () => 2_000, debounceMs: 10, pollMs: 60_000 });
      await store.start();
      const { hash } = store.current();
      const heard: (string | undefined)[] = [];
      store.onChange((loaded) => heard.push(loaded.guidance.get('refunds')?.title));
      await writeFile(guidance(), '# Money back\n\n- [ ] Ask\n');
      await until(() => heard.length === 1);
      expect(heard).toEqual(['Money back']);
      expect(store.current().hash).toBe(hash);
      await writeFile(`${guidance()}~`, '# Money\n\n- [ ] Ask\n');
      await rename(`${guidance()}~`, guidance());
      await until(() => heard.length === 2);
      expect(titleInForce()).toBe('Money');
    });

    it('is refused in full while a file is invalid or missing, and the last valid one stays', async () => {
      await store.start();
      const before = store.current();
      await writeFile(guidance(), '# Money back\n\n<b>\n');
      await until(() => !store.status().ok);
      expect(store.current()).toBe(before);
      expect(store.status().problems).toMatchObject([{ file: guidance(), line: 3, column: 1 }]);
      expect(logged.find(({ level }) => level === 'warn')?.fields).toMatchObject({
        first: [expect.stringMatching(/^guidance\/refunds\.md: line 3, column 1: HTML/)],
      });
      await rm(guidance());
      await until(() => store.status().problems[0]?.file === path);
      expect(store.status().problems).toMatchObject([{ path: 'categories[6].guidance' }]);
      await writeFile(guidance(), '# Money back\n\n- [ ] Ask\n');
      await until(() => store.status().ok);
      expect(titleInForce()).toBe('Money back');
    });

    it('is watched from the moment the policy names it', async () => {
      await store.start();
      await writeFile(join(folder, 'new.md'), '- [ ] Ask\n');
      await writeFile(path, example.replace('guidance: guidance/order.md', 'guidance: new.md'));
      await until(() => store.current().guidance.get('order')?.title === 'Order');
      await writeFile(join(folder, 'new.md'), '# Orders\n\n- [ ] Ask\n');
      await until(() => store.current().guidance.get('order')?.title === 'Orders');
    });
  });

  it.each([
    ['is bad', async () => writeFile(path, 'version: 2'), /has errors[\s\S]*line 1, column 10/],
    ['is missing', async () => rm(path), /there is no file .*--policy/],
    [
      'is a folder',
      async () => {
        path = folder;
      },
      /is a folder/,
    ],
  ])('does not start when the file %s', async (_, spoil, message) => {
    await spoil();
    const bad = createPolicyStore({ path, logger: aLogger() });
    await expect(bad.start()).rejects.toThrow(message);
  });
});

describe('tests in the policy', () => {
  const withTest = (category: string) =>
    `${example.replace(/^tests:\n[\s\S]*/m, '')}tests:\n  - { name: Money back, given: { subject: money back }, expect: { category: ${category} } }\n`;

  it('an edit that makes one fail is refused with its line, and the last valid policy stays', async () => {
    await writeFile(path, withTest('refunds'));
    await store.start();
    const before = store.current();
    await writeFile(path, withTest('bug').replace(/^company: .*$/m, 'company: Southwind'));
    await until(() => !store.status().ok);
    expect(store.current()).toBe(before);
    expect(store.status().problems).toEqual([
      expect.objectContaining({
        file: path,
        line: withTest('bug').trimEnd().split('\n').length,
        path: 'tests[0].expect.category',
        message: expect.stringContaining('test "Money back" fails: category is refunds, expected bug'),
      }),
    ]);
    expect(logged.find(({ level }) => level === 'warn')?.fields).toMatchObject({
      first: [expect.stringContaining('test "Money back" fails')],
    });
    await writeFile(path, withTest('refunds').replace(/^company: .*$/m, 'company: Southwind'));
    await until(() => store.current().policy.company === 'Southwind');
  });

  it('a start with one that fails uses the last valid policy, and is refused without one', async () => {
    await writeFile(path, withTest('bug'));
    await expect(store.start()).rejects.toThrow(/test "Money back" fails/);
    // Kept by a version that decided otherwise: what was in force stays in force.
    const kept = {
      ok: true,
      text: withTest('bug'),
      named: [],
      guidance: new Map(),
      included: [],
      notIncluded: [],
    } as const;
    const lastGood = { read: async () => ({ texts: kept, keptAt: new Date(0) }), keep: async () => undefined };
    store = createPolicyStore({ path, logger: aLogger(), debounceMs: 10, pollMs: 50, lastGood });
    await store.start();
    expect(store.current().policy.company).toBe('Northwind Outdoor');
    expect(store.status()).toMatchObject({ ok: false, problems: [{ path: 'tests[0].expect.category' }] });
  });
});

describe('a policy that was in force before a check became stricter', () => {
  const PARAMETER = '?api_key=hunter22';
  const refusedToday = () =>
    example.replace('accounts/{{customer.email}}"', `accounts/{{customer.email}}${PARAMETER}"`);
  const kept = (text: string) => ({
    read: async () => ({
      texts: { ok: true, text, named: [], guidance: new Map(), included: [], notIncluded: [] } as const,
      keptAt: new Date(0),
    }),
    keep: async () => undefined,
  });

  it('stays in force at the start, and what is to be corrected is reported', async () => {
    await writeFile(path, refusedToday());
    await expect(store.start()).rejects.toThrow(/api_key/);
    store = createPolicyStore({ path, logger: aLogger(), debounceMs: 10, pollMs: 50, lastGood: kept(refusedToday()) });
    await store.start();
    expect(store.current().policy.tools[0]?.request.address).toContain(PARAMETER);
    const problem = { path: 'tools[0].request.address', message: expect.stringContaining('"api_key"') };
    expect(store.status()).toMatchObject({
      ok: false,
      problems: [{ severity: 'error', ...problem }],
      warnings: [{ severity: 'warning', ...problem }],
    });
    await writeFile(path, refusedToday().replace(PARAMETER, ''));
    await until(() => store.status().ok);
  });

  it('is not used if this version cannot read it', async () => {
    await writeFile(path, 'version: 2');
    store = createPolicyStore({ path, logger: aLogger(), lastGood: kept('version: 2') });
    await expect(store.start()).rejects.toThrow(/has errors, and no earlier policy is loaded/);
  });
});

describe('a publish that was killed between two files', () => {
  const content = (text: string) => createHash('sha256').update(text).digest('hex');
  async function halfPublished(part: string) {
    await writeFile(path, `include: [part.yaml]\n${example}`);
    await writeFile(join(folder, 'part.yaml'), part);
  }
  async function markIt(at = new Date(Date.now() - 61_000)) {
    const policy = { file: 'deskwright.yaml', old: content(`include: [part.yaml]\n${example}`), new: content('new') };
    const files = [{ file: 'part.yaml', old: content(OLD), new: content(NEW) }, policy];
    const mark = { host: 'other', pid: 1, user: 'anna', at: at.toISOString(), files };
    await writeFile(join(folder, '.deskwright-publishing'), JSON.stringify(mark));
    await utimes(join(folder, '.deskwright-publishing'), at, at);
  }
  const OLD = 'views: [{ title: Bikes }]\n';
  const NEW = 'views: [{ title: Boats }]\n';
  const titles = () => store.current().policy.views.map(({ title }) => title);

  it('keeps the last valid policy in force and says what to do, until it was taken back', async () => {
    await halfPublished(OLD);
    await store.start();
    await markIt();
    await writeFile(join(folder, 'part.yaml'), NEW);
    await until(() => !store.status().ok);
    expect(store.status().problems[0]?.message).toContain('deskwright publish --take-back');
    expect(titles()).toContain('Bikes');
    await writeFile(join(folder, 'part.yaml'), OLD);
    await until(() => store.status().ok);
    expect(titles()).toContain('Bikes');
    expect(logged.filter(({ level }) => level === 'warn')).toHaveLength(1);
  });

  it('starts with the policy of before, whatever the age of the mark', async () => {
    await halfPublished(OLD);
    const kept: { texts: never; keptAt: Date }[] = [];
    const lastGood = {
      keep: async (texts: unknown) => void kept.push({ texts: texts as never, keptAt: new Date() }),
      read: async () => kept[0] ?? null,
    };
    const options = { path, logger: aLogger(), clock: () => 1_000, debounceMs: 1, pollMs: 50, lastGood };
    store = createPolicyStore(options);
    await store.start();
    await store.stop();
    await writeFile(join(folder, 'part.yaml'), NEW);
    await markIt(new Date());
    store = createPolicyStore(options);
    await store.start();
    expect(titles()).toContain('Bikes');
    expect(store.status().ok).toBe(false);
    await rm(join(folder, '.deskwright-publishing'));
    await until(() => store.status().ok);
    expect(titles()).toContain('Boats');
  });
});
