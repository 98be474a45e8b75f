import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { until } from '../platform/testing/until.ts';
import { readPolicyAt } from './read-policy-at.ts';

const BIN = resolve(__dirname, '../../bin/deskwright.js');
const HEAD = `version: 1
company: Northwind Outdoor
time_zone: America/New_York
tiers: [{ id: team, name: Support, group: Support }]
categories: [{ id: refund, name: Refund, tier: team }, { id: other, name: Other, tier: team }]
default_category: other
include: ["parts/*.yaml"]
`;
const part = (word: string) =>
  `triggers: [{ id: ${word}, title: T, conditions: { any: [{ field: text, operator: includes_any, value: [${word}] }] }, actions: { category: refund } }]\n`;

let folder: string;
let policy: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'deskwright-at-'));
  policy = join(folder, 'config/deskwright.yaml');
  mkdirSync(join(folder, 'config/parts'), { recursive: true });
  writeFileSync(policy, HEAD);
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=ana', '-c', 'user.email=ana@example.com', ...args]);
  git('init', '--quiet');
  for (const words of [['first'], ['second', 'third']]) {
    for (const word of words) writeFileSync(join(folder, 'config/parts', `${word}.yaml`), part(word));
    git('add', '.');
    git('commit', '--quiet', '--message', 'x');
  }
  writeFileSync(join(folder, 'config/parts/first.yaml'), part('edited'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ['HEAD~1', ['first']],
  ['HEAD', ['first', 'second', 'third']],
])('includes the files that there were at %s, as they were', async (revision, ids) => {
  const read = await readPolicyAt(revision, policy);
  expect(read.outcome === 'loaded' && read.loaded.policy.triggers.map(({ id }) => id)).toEqual(ids);
});

/** A command that reads the policy at a revision, in a temporary folder of its own, with this `git`. */
function startWithGit(script: string) {
  const temp = mkdtempSync(join(folder, 'temp-'));
  const bin = mkdtempSync(join(folder, 'bin-'));
  writeFileSync(join(bin, 'git'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, 'git'), 0o755);
  const env = { ...process.env, TMPDIR: temp, PATH: `${bin}:${process.env.PATH}`, BEGUN: join(bin, 'begun') };
  const command = spawn(process.execPath, [BIN, 'preview', policy, '--against', 'git:HEAD'], { env, stdio: 'ignore' });
  return { command, begun: join(bin, 'begun'), left: () => readdirSync(temp) };
}

test('leaves no copy of the policy behind when git fails', async () => {
  const { command, left } = startWithGit('exit 1');
  expect(await once(command, 'exit')).toEqual([2, null]);
  expect(left()).toEqual([]);
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('nor when %s ends the command', async (signal) => {
  const { command, begun, left } = startWithGit('touch "$BEGUN"; exec sleep 60 > /dev/null 2>&1');
  await until(() => existsSync(begun));
  expect(left()).toHaveLength(1);
  command.kill(signal);
  expect(await once(command, 'exit')).toEqual([null, signal]);
  expect(left()).toEqual([]);
});
