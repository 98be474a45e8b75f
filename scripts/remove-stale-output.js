// Removes compiled files whose source has gone: `tsc -b` leaves them, so that what imports one works on this machine alone.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
for (const workspace of ['shared', 'local-zendesk', 'service']) {
  const dist = join(root, workspace, 'dist');
  if (!existsSync(dist)) continue;
  for (const file of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
    const [, name] = /^(.+?)(?:\.d\.ts|\.js|\.js\.map)$/.exec(file) ?? [];
    // `browser` is compiled into a folder of the same name.
    const sources = ['src', '.'].map((folder) => join(root, workspace, folder, `${name}.ts`));
    if (name === undefined || sources.some((source) => existsSync(source))) continue;
    rmSync(join(dist, file));
    console.log(`removed ${join(workspace, 'dist', file)}`);
  }
}
