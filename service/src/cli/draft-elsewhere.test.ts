// Checks that a draft in another folder is read by every command as if it stood in the policy's place.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { computePreview, type Shown } from '../preview/compute.ts';
import { readCompared } from './backtest/read-compared.ts';
import { runCheck } from './check.ts';
import { runExplainTickets } from './explain-tickets.ts';
import { runPolicyTests } from './policy-tests.ts';

const MAIN = `version: 1
company: Northwind
time_zone: UTC
tiers: [{ id: t1, name: Tier 1, group: Support }]
categories: [{ id: refund, name: Refund, tier: t1, guidance: refund.md }, { id: other, name: Other, tier: t1 }]
default_category: other
include: [money.yaml]
tests: [{ name: T, given: { subject: A chargeback }, expect: { category: refund } }]
`;
const MONEY = `triggers:
  - id: money
    title: Money
    conditions: { any: [{ field: text, operator: includes_any, value: [chargeback, "chargeback now"] }] }
    actions: { category: refund }
`;

let folder: string;
let draft: string;
let inPlaceOf: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deskwright-elsewhere-'));
  [draft, inPlaceOf] = [join(folder, 'elsewhere/draft.yaml'), join(folder, 'config/policy.yaml')];
  await mkdir(join(folder, 'elsewhere'));
  await mkdir(join(folder, 'config'));
  await writeFile(draft, MAIN);
  await writeFile(join(folder, 'config/money.yaml'), MONEY);
  await writeFile(join(folder, 'config/refund.md'), '# Refunds\n\n1. Look at the order.\n');
  await writeFile(join(folder, 'tickets.csv'), 'message\nA chargeback\n');
});
afterAll(() => rm(folder, { recursive: true }));

const printed: string[] = [];
const out = (text: string): void => void printed.push(text);
beforeEach(() => printed.splice(0));
const place = () => ({ policyPath: draft, inPlaceOf, json: false, out });

test('check finds beside the policy what is not beside the draft, and says so; --fix changes nothing of the policy', async () => {
  expect(await runCheck({ ...place(), fix: 'write', now: () => new Date(0) })).toBe(0);

  expect(printed.join('\n')).toContain(`taken from beside the policy: ${join(folder, 'config/money.yaml')}.`);
  expect(printed.join('\n')).toMatch(/config\/money\.yaml belongs to the policy in force and was not changed/);
  expect(await readFile(join(folder, 'config/money.yaml'), 'utf8')).toBe(MONEY);
});

test('test, preview, backtest and explain find it, too', async () => {
  expect(await runPolicyTests({ ...place(), coverage: false, junit: null })).toBe(0);
  const shown: Shown[] = [];
  const source = {
    name: 'none',
    isWhole: true,
    sample: { kind: 'tickets' as const, tickets: [] },
    all: async () => (async function* () {})(),
    find: async () => undefined,
  };
  const { signal } = new AbortController();
  await computePreview({ ...place(), former: null, source, show: (next) => void shown.push(next), signal });
  expect(shown.at(-1)).toMatchObject({ unreadable: null, tests: [{ name: 'T', differences: [] }] });
  const compared = await readCompared({ draft, policyPath: inPlaceOf, against: draft });
  expect(compared.before.policy.triggers).toHaveLength(1);
  const tickets = { ...place(), file: join(folder, 'tickets.csv'), json: true, err: out };
  expect(await runExplainTickets(tickets)).toBe(0);
  expect(printed.at(-1)).toContain('"category":"refund"');
});

test('what stands beside the draft goes before; what is in neither folder is looked for in both, and this is said', async () => {
  await writeFile(join(folder, 'elsewhere/money.yaml'), MONEY.replaceAll('chargeback', 'dispute'));
  expect(await runPolicyTests({ ...place(), coverage: false, junit: null })).toBe(1);
  await writeFile(draft, MAIN.replace('money.yaml', 'none.yaml').replace('refund.md', 'none.md'));
  printed.splice(0);

  expect(await runCheck(place())).toBe(1);

  for (const name of ['none.yaml', 'none.md'])
    expect(printed.join('\n')).toContain(
      `there is no file "${name}" in the folder of the policy (looked for ${join(folder, 'config', name)}); beside the draft there is none`,
    );
});
