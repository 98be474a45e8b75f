import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { computePreview, type Shown } from '../preview/compute.ts';
import type { PastTicketSource } from '../preview/past-ticket-source.ts';
import { readCompared } from './backtest/read-compared.ts';
import { runCheck } from './check.ts';
import { readPolicy } from './operator.ts';
import { runPolicyTests } from './policy-tests.ts';
import { runPublish } from './publish.ts';

const MAIN = `version: 1
company: Northwind
time_zone: UTC
tiers: [{ id: t1, name: Tier 1, group: Support }]
categories: [{ id: refund, name: Refund, tier: t1 }]
default_category: refund
include: [parts/*.yaml]
`;
const BAD = `# the money team's
triggers:
  - { id: a, title: A, conditions: { any: [{ field: text, operator: includes_any, value: [a] }] }, actions: { category: refnd } }
`;

let folder: string;
let policyPath: string;
let part: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deskwright-mistakes-'));
  policyPath = join(folder, 'policy.yaml');
  part = join(folder, 'parts/money.yaml');
  await mkdir(join(folder, 'parts'));
  await writeFile(policyPath, MAIN);
  await writeFile(part, BAD);
});
afterAll(() => rm(folder, { recursive: true }));

const failing = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => '',
    (error: Error) => error.message,
  );

/** What each command says of the policy. */
const COMMANDS: Record<string, (out: (text: string) => void) => Promise<unknown>> = {
  check: (out) => runCheck({ policyPath, json: false, out, now: () => new Date(0) }),
  test: (out) => runPolicyTests({ policyPath, json: false, coverage: false, junit: null, out }),
  publish: (out) =>
    runPublish({ draft: policyPath, policyPath, dryRun: true, json: false, now: () => new Date(0), out }),
  backtest: async (out) => out(await failing(readCompared({ draft: null, policyPath, against: policyPath }))),
  'plan and activate': async (out) => out(await failing(readPolicy(policyPath))),
};

it.each(Object.keys(COMMANDS))('%s names the included file and the line of a mistake', async (name) => {
  const said: string[] = [];
  await COMMANDS[name]?.((text) => void said.push(text));
  expect(said.join('\n')).toMatch(/parts\/money\.yaml:? ?\(?:?(?:line )?3/);
  expect(said.join('\n')).toContain('category "refnd" does not exist');
});

/** What the page shows in the end. */
async function previewed(file: string): Promise<Shown | undefined> {
  const shown: Shown[] = [];
  const source: PastTicketSource = {
    name: 'none',
    isWhole: true,
    sample: { kind: 'tickets', tickets: [] },
    all: async () => (async function* () {})(),
    find: async () => undefined,
  };
  const { signal } = new AbortController();
  await computePreview({ policyPath: file, former: null, source, show: (next) => void shown.push(next), signal });
  return shown.at(-1);
}

it('preview lists it with its file', async () => {
  expect((await previewed(policyPath))?.findings).toMatchObject([{ file: part, line: 3 }]);
});

it('preview shows a test that fails among the tests, and not as a mistake', async () => {
  const file = join(folder, 'red.yaml');
  await writeFile(
    file,
    MAIN.replace(
      'include: [parts/*.yaml]',
      'tests: [{ name: T, given: { subject: Hello }, expect: { tier: t1, priority: high } }]',
    ),
  );
  const shown = await previewed(file);
  expect(shown?.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(shown?.tests).toMatchObject([{ name: 'T', differences: [{ key: 'priority', expected: 'high' }] }]);
});
