import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parseEnv } from 'node:util';
import { compilePolicy } from '../decide/compile-policy.ts';
import { readPolicyFile } from '../policy/read-policy-file.ts';
import { measureCoverage } from '../policy/tests/coverage.ts';
import { runTests } from '../policy/tests/run-tests.ts';
import { runCheck } from './check.ts';
import { PACKS, type Pack, runInit, writeExamplePolicy } from './init.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deskwright init '));
});
afterEach(() => rmSync(folder, { recursive: true }));

function init(options: { dryRun?: boolean; onlyMissing?: boolean; pack?: Pack } = {}) {
  const printed: string[] = [];
  const code = runInit({
    folder,
    dryRun: false,
    onlyMissing: false,
    pack: 'shop',
    out: (line) => printed.push(line),
    ...options,
  });
  return { code, printed: printed.join('\n') };
}
const env = () => parseEnv(readFileSync(join(folder, '.env'), 'utf8'));

test.each(PACKS)(
  'writes a valid policy of the %s into an empty folder, and settings that only the owner can read',
  async (pack) => {
    expect(init({ pack }).code).toBe(0);
    const policyPath = join(folder, 'config', 'deskwright.yaml');
    const printed: string[] = [];
    expect(await runCheck({ policyPath, json: true, out: (line) => void printed.push(line) })).toBe(0);
    const { ok, problems } = JSON.parse(printed.join('')) as { ok: boolean; problems: { severity: string }[] };
    expect({ ok, problems: problems.filter(({ severity }) => severity !== 'note') }).toEqual({
      ok: true,
      problems: [],
    });
    expect(statSync(join(folder, '.env')).mode & 0o777).toBe(0o600);
  },
);

test.each(PACKS)('the policy of the %s names its schema and reference where they are', (pack) => {
  init({ pack });
  const text = readFileSync(join(folder, 'config', 'deskwright.yaml'), 'utf8');
  const [, schema = ''] = /\$schema=(\S+)/.exec(text) ?? [];
  expect(existsSync(join(folder, 'config', decodeURI(schema)))).toBe(true);
  const reference = join(relative(folder, process.cwd()), 'docs', 'reference', 'policy.md');
  expect(text).toContain(` ${reference}`);
  expect(existsSync(join(folder, reference))).toBe(true);
  expect(text).not.toContain(' docs/');
});

test('generates another secret each time, and leaves no placeholder to replace', () => {
  init();
  const { OPERATOR_TOKEN: token, ...others } = env();
  expect(token).toMatch(/^[\w-]{32}$/);
  expect(Object.entries(others).filter(([, value]) => value !== '')).toEqual([]);

  rmSync(join(folder, '.env'));
  init({ onlyMissing: true });
  expect(env().OPERATOR_TOKEN).not.toBe(token);
});

test.each([['.env'], ['config/deskwright.yaml'], ['config/guidance']])(
  'writes nothing if %s exists already',
  (path) => {
    mkdirSync(join(folder, 'config'));
    if (path === 'config/guidance') mkdirSync(join(folder, path));
    else writeFileSync(join(folder, path), 'mine');
    const before = readdirSync(folder, { recursive: true });

    const { code, printed } = init();
    expect(code).toBe(1);
    expect(printed).toContain(`already has ${path}`);
    expect(readdirSync(folder, { recursive: true })).toEqual(before);
  },
);

test('writes only missing files on request', () => {
  mkdirSync(join(folder, 'config'));
  writeFileSync(join(folder, 'config', 'deskwright.yaml'), 'mine');
  expect(init({ onlyMissing: true }).code).toBe(0);
  expect(readFileSync(join(folder, 'config', 'deskwright.yaml'), 'utf8')).toBe('mine');
  expect(env()).toHaveProperty('ZENDESK_SUBDOMAIN');
});

test('reports each file in a dry run, and writes none', () => {
  const { code, printed } = init({ dryRun: true });
  expect(code).toBe(0);
  for (const name of ['config/deskwright.yaml', 'config/guidance', '.env']) expect(printed).toContain(name);
  expect(readdirSync(folder)).toEqual([]);
});

test('writes the example policy without settings for a demo', () => {
  expect(writeExamplePolicy(folder)).toBe(true);
  expect(readdirSync(folder)).toEqual(['config']);
  expect(writeExamplePolicy(folder)).toBe(false);
});

test.each(PACKS)('the pack %s has guidance for each category, and tests of which each passes', async (pack) => {
  init({ pack });
  const read = await readPolicyFile(join(folder, 'config', 'deskwright.yaml'));
  if (read.outcome !== 'loaded') throw new Error(JSON.stringify(read));
  const { policy, guidance } = read.loaded;
  expect([...guidance.keys()]).toEqual(policy.categories.map(({ id }) => id));
  expect(policy.tests.length).toBeGreaterThan(1);
  expect(runTests(policy).filter(({ differences }) => differences.length > 0)).toEqual([]);
});

test.each(['shop', 'software'] as const)('the tests of the pack %s try every trigger and category', async (pack) => {
  init({ pack });
  const read = await readPolicyFile(join(folder, 'config', 'deskwright.yaml'));
  if (read.outcome !== 'loaded') throw new Error(JSON.stringify(read));
  const { policy } = read.loaded;
  const { triggers, categories } = measureCoverage(policy, compilePolicy(policy));
  expect([...triggers.neverFired, ...categories.untried]).toEqual([]);
});

test('the packs for a shop and for software differ in their categories', async () => {
  const categoriesOf = async (pack: Pack) => {
    rmSync(join(folder, 'config'), { recursive: true, force: true });
    init({ pack, onlyMissing: true });
    const read = await readPolicyFile(join(folder, 'config', 'deskwright.yaml'));
    return read.outcome === 'loaded' ? read.loaded.policy.categories.map(({ id }) => id) : [];
  };
  const [shop, software] = [await categoriesOf('shop'), await categoriesOf('software')];
  expect(software.length).toBeGreaterThan(5);
  expect(software.filter((id) => shop.includes(id)).toSorted()).toEqual(['bug', 'other', 'outage']);
});

test.each(PACKS)('the pack %s writes only what its policy names', (pack) => {
  init({ pack });
  const written = readdirSync(join(folder, 'config'), { recursive: true }).map(String);
  const files = written.filter((name) => name.endsWith('.md'));
  const text = readFileSync(join(folder, 'config', 'deskwright.yaml'), 'utf8');
  expect(files.filter((name) => !text.includes(name))).toEqual([]);
});
