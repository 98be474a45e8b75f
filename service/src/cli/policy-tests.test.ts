import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../platform/testing/until.ts';
import { runCheck } from './check.ts';
import { readPolicy } from './operator.ts';
import { runPolicyTests, watchPolicyTests } from './policy-tests.ts';

const POLICY = `version: 1
company: Northwind Outdoor
time_zone: America/New_York
tiers: [{ id: team, name: Support, group: Support }]
categories: [{ id: refund, name: Refund, tier: team }, { id: other, name: Other, tier: team }]
default_category: other
triggers:
  - id: refund
    title: Asks for money back
    conditions: { any: [{ field: text, operator: includes_any, value: [refund] }] }
    actions: { category: refund }
tests:
  - name: a refund
    given: { subject: refund }
    expect: { category: refund }
`;
const RED = `${POLICY}  - name: an <order> & more
    given: { subject: order }
    expect: { category: refund }
`;

let folder: string;
let policyPath: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deskwright-test-'));
  policyPath = join(folder, 'policy.yaml');
});
afterEach(() => rm(folder, { recursive: true }));

async function test(text: string, part: Partial<Parameters<typeof runPolicyTests>[0]> = {}) {
  await writeFile(policyPath, text);
  const printed: string[] = [];
  const out = (line: string) => void printed.push(line);
  const code = await runPolicyTests({ policyPath, json: false, coverage: false, junit: null, out, ...part });
  return { code, printed: printed.join('\n') };
}

it('passes with 0', async () => {
  expect(await test(POLICY)).toEqual({ code: 0, printed: '1 test passed' });
});

it('fails with 1, and shows what was expected, what came out and why', async () => {
  const { code, printed } = await test(RED);
  expect(code).toBe(1);
  expect(printed).toBe(`FAIL  an <order> & more  (${policyPath}:16)
  category
    expected  refund
    got       other
    because   no trigger fits, so the default category stands; trigger refund did not fire: text includes_any "refund"

1 of 2 tests failed`);
});

it('names the included file in which a test stands', async () => {
  const [own, tests] = [RED.replace(/^tests:[\s\S]*/m, 'include: [tests.yaml]\n'), /^tests:[\s\S]*/m.exec(RED)![0]];
  await writeFile(join(folder, 'tests.yaml'), tests);
  const { code, printed } = await test(own);
  expect([code, printed.split('\n')[0]]).toEqual([1, `FAIL  an <order> & more  (${join(folder, 'tests.yaml')}:5)`]);
});

it('cannot run without a policy, or with mistakes in it: 2', async () => {
  expect(await test(POLICY.replace('default_category: other', 'default_category: othr'))).toMatchObject({
    code: 2,
    printed: expect.stringMatching(/line 6, column 19[\s\S]*cannot run before these mistakes are corrected/),
  });
  expect(await test('', { policyPath: join(folder, 'none.yaml') })).toMatchObject({
    code: 2,
    printed: expect.stringContaining('there is no file'),
  });
});

it('says so when there are none', async () => {
  expect(await test(POLICY.replace(/^tests:[\s\S]*/m, ''))).toMatchObject({
    code: 0,
    printed: expect.stringContaining('has no tests'),
  });
});

it('prints data with --json, and coverage', async () => {
  const { printed } = await test(RED, { json: true, coverage: true });
  expect(JSON.parse(printed)).toMatchObject({
    ok: false,
    passed: 1,
    failed: 1,
    tests: [
      { name: 'a refund', line: 13, passed: true, differences: [] },
      {
        name: 'an <order> & more',
        passed: false,
        differences: [{ key: 'category', expected: 'refund', got: 'other' }],
      },
    ],
    coverage: { triggers: { fired: 1, all: 1 } },
  });
  const { printed: said } = await test(POLICY, { coverage: true });
  expect(said).toContain('Triggers    1 of 1 fire in a test');
  expect(said).toContain('never unmet: text includes_any "refund"  (trigger refund, triggers[0].conditions.any[0])');
  expect(said).toContain('no test: other');
});

it('writes a JUnit report', async () => {
  const junit = join(folder, 'report.xml');
  await test(RED, { junit });
  const report = await readFile(junit, 'utf8');
  expect(report).toMatch(/<testsuites tests="2" failures="1" errors="0" skipped="0">/);
  expect(report).toContain('name="an &lt;order> &amp; more"');
  expect(report).toMatch(/<failure message="category: expected refund, got other, because/);
});

it('check reports a test that fails as a mistake, at its line', async () => {
  await writeFile(policyPath, RED);
  const printed: string[] = [];
  expect(await runCheck({ policyPath, json: false, out: (line) => void printed.push(line) })).toBe(1);
  expect(printed.join('\n')).toContain('line 18, column 25: test "an <order> & more" fails: category is other');
});

it('commands that change something refuse a policy whose tests fail, others take it', async () => {
  await writeFile(policyPath, RED);
  await expect(readPolicy(policyPath)).rejects.toThrow(
    /has mistakes.* line 18, column 25: test "an <order> & more" fails/,
  );
  expect((await readPolicy(policyPath, { runsTests: false })).policy.tests).toHaveLength(2);
});

it('runs again when the policy is saved, until it is interrupted', async () => {
  await writeFile(policyPath, POLICY);
  const printed: string[] = [];
  const interrupted = new AbortController();
  const said = (text: string) => () => printed.some((line) => line.includes(text));
  const code = watchPolicyTests(
    {
      policyPath,
      json: false,
      coverage: false,
      junit: null,
      out: (line) => void printed.push(line),
      now: () => new Date(),
      pollMs: 50,
    },
    interrupted.signal,
  );
  await until(said('1 test passed'));
  await writeFile(policyPath, RED);
  await until(said('1 of 2 tests failed'));
  interrupted.abort();
  expect(await code).toBe(1);
});
