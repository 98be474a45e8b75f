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
import { type LocalZendesk, startLocalZendesk } from '@deskwright/local-zendesk';
import { compilePolicy } from '../decide/compile-policy.ts';
import { startFromAccount } from '../from-account/index.ts';
import { readPolicyFile } from '../policy/read-policy-file.ts';
import { measureCoverage } from '../policy/tests/coverage.ts';
import { runTests } from '../policy/tests/run-tests.ts';
import { runCheck } from './check.ts';
import { PACKS, type Pack, runInit, runInitFromAccount, writeExamplePolicy } from './init.ts';
import { zendeskFrom } from './open-account.ts';

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

describe('init from account', () => {
  let zendesk: LocalZendesk;
  beforeAll(async () => {
    zendesk = await startLocalZendesk({ port: 0, smtpPort: 0, backlog: 0, seed: 'empty', trickle: { start: 'off' } });
  });
  afterAll(() => zendesk.stop());

  const is = (field: string, value: string, operator = 'is') => ({ field, operator, value });
  const env = (): NodeJS.ProcessEnv => ({
    ZENDESK_BASE_URL: zendesk.url,
    ZENDESK_OAUTH_CLIENT_ID: 'deskwright',
    ZENDESK_OAUTH_CLIENT_SECRET: 'deskwright',
  });
  const made = <T>(result: { ok: boolean; value?: T }): T => {
    if (!result.ok) throw new Error(JSON.stringify(result));
    return (result as { value: T }).value;
  };

  /** One planted fault of each kind. */
  function breakAccount({ account }: LocalZendesk): void {
    const by = { id: account.ownerId };
    const somebodyWhoLeft = { id: 424_242 };
    const group = (name: string) => made(account.groups.create({ name }, by)).id;
    const [first, second, left] = [group('First line'), group('Second line'), group('Left')];
    const trigger = (
      title: string,
      all: ReturnType<typeof is>[],
      to: number,
      more: { field: string; value: string }[] = [],
      maker = by,
    ) =>
      made(
        account.triggers.create(
          {
            title,
            description: 'Ask Ana.',
            conditions: { all, any: [] },
            actions: [{ field: 'group_id', value: String(to) }, ...more],
          },
          maker,
        ),
      );
    trigger('Never', [is('status', 'new'), is('status', 'solved')], second);
    trigger('To a group that left', [is('priority', 'urgent'), is('type', 'problem')], left);
    trigger('Twice', [is('priority', 'low'), is('type', 'task')], second);
    trigger('Twice again', [is('type', 'task'), is('priority', 'low')], second);
    trigger('Always replaced', [is('priority', 'low'), is('type', 'question')], second);
    trigger('Replaces', [is('priority', 'low'), is('type', 'question')].slice(1), first);
    trigger('Some replaced', [is('type', 'incident'), is('current_tags', 'vip', 'includes')], second);
    trigger('Replaces some', [is('priority', 'high'), is('type', 'incident')], first);
    trigger(
      'Sorts by tag',
      [is('type', 'problem'), is('priority', 'normal'), is('subject_includes_word', 'refund', 'includes')],
      second,
      [{ field: 'current_tags', value: 'refund_request' }],
    );
    trigger(
      'Of somebody who left',
      [is('current_tags', 'vip_only', 'includes'), is('priority', 'urgent'), is('type', 'question')],
      first,
      [],
      somebodyWhoLeft,
    );
    made(
      account.views.create(
        {
          title: 'Newest on top',
          all: [is('status', 'solved', 'less_than')],
          output: {
            columns: ['status', 'created'],
            group_by: null,
            group_order: 'asc',
            sort_by: 'created',
            sort_order: 'desc',
          },
        },
        by,
      ),
    );
    made(account.groups.delete(left, by));
  }

  test('an account without a fault has none reported', async () => {
    const { account } = zendesk;
    const by = { id: account.ownerId };
    const [technical, lead] = ['Technical', 'Leads'].map((name) => made(account.groups.create({ name }, by)).id);
    const rules = [
      ['Bugs to Technical', [is('type', 'problem'), is('subject_includes_word', 'bug', 'includes')], technical],
      ['Urgent questions to Leads', [is('priority', 'urgent'), is('type', 'question')], lead],
    ] as const;
    const triggers = rules.map(([title, all, to]) =>
      made(
        account.triggers.create(
          {
            title,
            description: 'Ask Ana.',
            conditions: { all: [...all], any: [] },
            actions: [{ field: 'group_id', value: String(to) }],
          },
          by,
        ),
      ),
    );

    expect(startFromAccount(await zendeskFrom(env()).readSetup()).faults).toEqual([]);
    for (const { id } of triggers) made(account.triggers.delete(id, by));
  });

  test('a broken account: each fault is reported once, and nothing else; the policy is valid, and nothing was changed there', async () => {
    breakAccount(zendesk);
    const setup = await zendeskFrom(env()).readSetup();
    const folder = mkdtempSync(join(tmpdir(), 'from-account-'));
    const said: string[] = [];
    const run = () =>
      runInitFromAccount({
        folder,
        dryRun: false,
        read: () => zendeskFrom(env()).readSetup(),
        out: (line) => said.push(line),
      });

    expect(startFromAccount(setup).faults.map(({ code, rule }) => `${code}: ${rule?.title ?? ''}`)).toEqual([
      'never_fires: Never',
      'gone: To a group that left',
      'newest_first: Newest on top',
      'says_the_same: Twice',
      'always_overwritten: Always replaced',
      'overlaps: Some replaced',
      'no_owner: Of somebody who left',
      'category_only_in_tags: ',
    ]);
    expect(await run()).toBe(0);
    const policy = await readPolicyFile(join(folder, 'config/deskwright.yaml'));
    expect(policy.outcome).toBe('loaded');
    expect(readFileSync(join(folder, 'config/account-report.md'), 'utf8')).toContain('What is wrong there');
    expect(await run()).toBe(1);
    expect(await zendeskFrom(env()).readSetup()).toEqual(setup);
  });
});
