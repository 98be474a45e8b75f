import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadEnvFile } from './load-env-file.ts';

const before = process.cwd();
let folder: string;
let warnings: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deskwright-env-'));
  process.chdir(folder);
  warnings = [];
});
afterEach(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

const load = () => loadEnvFile((message) => warnings.push(message));

test.each([
  ['600', 0],
  ['400', 0],
  ['644', 1],
  ['640', 1],
])('a file with mode %s is read with %d warnings', (mode, count) => {
  writeFileSync('.env', 'DESKWRIGHT_TEST_SETTING=read\n');
  chmodSync('.env', Number.parseInt(mode, 8));
  load();
  expect(warnings).toHaveLength(count);
  expect(warnings.every((warning) => warning.includes('chmod 600 .env'))).toBe(true);
});

test('a missing file is allowed', () => {
  load();
  expect(warnings).toEqual([]);
});
