import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { deleteAbandonedFolders, makeOwnedFolder } from './owned-folders.ts';

test('the folder of a run that was killed is deleted by the next, others stay', () => {
  const parent = mkdtempSync(join(tmpdir(), 'deskwright-folders-'));
  try {
    const { pid: ended } = spawnSync(process.execPath, ['-e', '']);
    const folder = (name: string, owner?: string) => {
      mkdirSync(join(parent, name));
      if (owner !== undefined) writeFileSync(join(parent, name, 'owner'), owner);
      return join(parent, name);
    };
    const abandoned = folder('deskwright-test-a', JSON.stringify([hostname(), ended]));
    const others = [
      makeOwnedFolder(parent),
      folder('deskwright-test-b', JSON.stringify(['another machine', ended])),
      folder('deskwright-test-c', 'half written'),
      folder('deskwright-test-d'),
      folder('something-else', JSON.stringify([hostname(), ended])),
    ];
    deleteAbandonedFolders(parent);
    expect([abandoned, ...others].map((each) => existsSync(each))).toEqual([false, true, true, true, true, true]);
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
});
