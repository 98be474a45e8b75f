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
    const out = (): void => undefined;
    expect(await runCheck({ policyPath: join(folder, 'config', 'deskwright.yaml'), json: false, out })).toBe(0);
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
