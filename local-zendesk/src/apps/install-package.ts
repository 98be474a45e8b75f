// Installs a package from this machine, as an admin does with ZCLI.
import type { Account } from '../account/account.ts';
import { expectOk } from '../account/result.ts';
import type { App, Installation } from './app.ts';
import type { Apps } from './create-apps.ts';
import type { Json } from './package/parse-manifest.ts';
import { readPackage } from './package/read-package.ts';
import { validatePackage } from './validation/validate-package.ts';

export interface PackageToInstall {
  /** Folder or zip file. */
  path: string;
  settings?: Json | undefined;
}

/**
 * Validates it, makes the app, and installs it in every product it has a place in.
 * @throws Error with the validator's words when the package is wrong or its settings are.
 */
export async function installPackage(
  { apps, account }: { apps: Apps; account: Account },
  { path, settings }: PackageToInstall,
): Promise<{ app: App; installations: readonly Installation[] }> {
  const reading = readPackage(path);
  const problems = reading.ok ? validatePackage(reading.files).problems : [reading.problem];
  if (!reading.ok || problems.length > 0) throw new Error(`The app at ${path} is not valid: ${problems.join(' ')}`);
  const app = expectOk(await apps.create(apps.upload(reading.files).id, undefined, account.ownerId));
  const products = [...new Set(app.locations.map(({ product }) => product))];
  return { app, installations: products.map((product) => expectOk(apps.install(app.id, product, { settings }))) };
}
