import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as pause } from 'node:timers/promises';
import { readOrMakePassword } from './port-and-password.ts';

test('gives all concurrent first callers the same password, also with the same process id', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'deskwright-password-'));
  const names: string[] = [];
  for (let round = 0; round < 100; round++) {
    const name = `password-${round}`;
    const file = join(folder, name);
    // Each a little later than the one before, so that they meet at every step.
    const comesLater = async (turns: number) => {
      for (let turn = 0; turn < turns; turn++) await pause();
      return readOrMakePassword(file);
    };
    const passwords = await Promise.all([0, 1, 2, 3].map(comesLater));
    expect(new Set(passwords)).toEqual(new Set([await readOrMakePassword(file)]));
    names.push(name);
  }
  expect(readdirSync(folder).toSorted()).toEqual(names.toSorted());
  rmSync(folder, { recursive: true });
});
