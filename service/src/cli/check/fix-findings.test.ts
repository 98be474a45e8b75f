// Checks that a fix never turns the tests of a policy red, whatever a finding says.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PlacedFinding } from '../../lint/index.ts';
import { claimFiles } from '../claim-files.ts';
import { fixFindings } from './fix-findings.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deskwright-fix-'));
});
afterAll(() => rm(folder, { recursive: true }));

const POLICY = `version: 1
company: Northwind Outdoor
time_zone: America/New_York
tiers: [{ id: t1, name: Tier 1, group: Support }]
categories: [{ id: refund, name: Refund, tier: t1 }, { id: other, name: Other, tier: t1 }]
default_category: other
include: [more.yaml]
tests:
  - { name: chargebacks are refunds, given: { subject: "A chargeback" }, expect: { category: refund } }
`;
const TRIGGERS = `triggers:
  - id: refund
    title: Refund
    conditions:
      any:
        - { field: text, operator: includes_any, value: [refund, "refund now", chargeback] } # words of the bank
    actions: { category: refund }
`;

const finding = (file: string, word: number): PlacedFinding => ({
  code: 'condition-changes-nothing',
  severity: 'warning',
  file,
  line: 6 + word,
  column: 1,
  path: '',
  message: '',
  proof: [],
  page: '',
  remove: ['triggers', 0, 'conditions', 'any', 0, 'value', word],
});

test('a word without which a test of the file fails stays, and is named with the test; the others go', async () => {
  const [path, more] = [join(folder, 'policy.yaml'), join(folder, 'more.yaml')];
  await writeFile(path, POLICY);
  await writeFile(more, TRIGGERS);
  const said: string[] = [];
  const fix = (dryRun: boolean) =>
    fixFindings(path, [finding(more, 1), finding(more, 2)], {
      dryRun,
      now: () => new Date(0),
      out: (line) => said.push(line),
    });

  expect(await fix(true)).toBe(1);
  expect(await readFile(more, 'utf8')).toBe(TRIGGERS);
  expect(await fix(false)).toBe(1);

  expect(await readFile(more, 'utf8')).toBe(TRIGGERS.replace('"refund now", ', ''));
  expect(said[0]).toMatch(/more\.yaml: line 8 was not changed, because without it .*chargebacks are refunds/);
});

test('while another command is replacing the files, nothing is changed', async () => {
  const [path, more] = [join(folder, 'claimed.yaml'), join(folder, 'more.yaml')];
  await writeFile(path, POLICY);
  await writeFile(more, TRIGGERS);
  const release = await claimFiles(path, [{ path: more, text: Buffer.from('') }], new Date());

  const fixing = fixFindings(path, [finding(more, 1)], { dryRun: false, now: () => new Date(), out: () => undefined });

  await expect(fixing).rejects.toThrow('another command is replacing the files of the policy');
  expect(await readFile(more, 'utf8')).toBe(TRIGGERS);
  await release();
});
