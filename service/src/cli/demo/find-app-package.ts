// Finds the sidebar's package, ready to install.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The folder that `npm run package` assembles; null when it has not, or in an installation without the app. */
export function findAppPackage(): string | null {
  const { resolve } = createRequire(import.meta.url);
  try {
    const folder = join(dirname(resolve('@deskwright/zendesk-app/package.json')), 'dist');
    return existsSync(join(folder, 'manifest.json')) ? folder : null;
  } catch {
    return null;
  }
}
