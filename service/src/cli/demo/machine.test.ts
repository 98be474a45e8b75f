import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claimDataDir } from './demo-parts.ts';

const directory = () => join(mkdtempSync(join(tmpdir(), 'deskwright-claim-')), 'demo');

test("the last demo's data is deleted, and the directory is claimed until it is released", async () => {
  const dataDir = directory();
  mkdirSync(dataDir);
  writeFileSync(join(dataDir, 'service.log'), 'of yesterday');
  const release = await claimDataDir(dataDir);
  expect(existsSync(join(dataDir, 'service.log'))).toBe(false);
  expect(readFileSync(join(dataDir, 'demo.pid'), 'utf8')).toBe(String(process.pid));
  await release();
  expect(existsSync(join(dataDir, 'demo.pid'))).toBe(false);
});

test('a second demo is refused while the first one runs, and the data of the first stays', async () => {
  const dataDir = directory();
  mkdirSync(dataDir);
  writeFileSync(join(dataDir, 'service.log'), 'of today');
  writeFileSync(join(dataDir, 'demo.pid'), String(process.ppid));
  await expect(claimDataDir(dataDir)).rejects.toThrow(/already running in this folder/);
  expect(readFileSync(join(dataDir, 'service.log'), 'utf8')).toBe('of today');
});

test('a demo that crashed does not block the next one', async () => {
  const dataDir = directory();
  mkdirSync(dataDir);
  writeFileSync(join(dataDir, 'demo.pid'), '2147483646');
  await expect(claimDataDir(dataDir)).resolves.toBeInstanceOf(Function);
});
