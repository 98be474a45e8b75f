// Writes the folder from which Zendesk's command line (ZCLI) installs the sidebar app.
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { readConfig } from '../app/config.ts';
import { makeFolders } from '../platform/storage/embedded/accessible-folders.ts';
import { ZCLI } from '../provision/index.ts';

export interface AppFolderOptions {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  /** The packaged app; null: it has not been packaged. */
  readonly source: string | null;
  readonly out: (line: string) => void;
}

/** ZCLI keeps the app's id here, and takes from it what it would otherwise ask for. */
const ZCLI_FILE = 'zcli.apps.config.json';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly parameters: readonly { readonly name: string }[];
}

/**
 * `deskwright app`: writes the app with `PUBLIC_URL` as its setting, and prints the commands that install it, or update it where its id is known.
 * Exit code 0. Throws with what to do when a setting is missing, or `folder` holds something else.
 */
export async function runAppFolder({ folder, env, source, out }: AppFolderOptions): Promise<0> {
  // The webhook may be made later.
  const read = readConfig({
    ...env,
    ZENDESK_WEBHOOK_SECRET: env.ZENDESK_WEBHOOK_SECRET || 'not known yet',
    ZENDESK_WEBHOOK_SECRET_FILE: '',
  });
  const problems = read.ok ? [] : [...read.problems];
  if (!env.PUBLIC_URL)
    problems.push("PUBLIC_URL is not set: it is the address at which agents' browsers reach this service.");
  if (!read.ok || problems.length > 0)
    throw new Error(`The app cannot be written:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  if (source === null) throw new Error('The app has not been built. Run: npm run package');
  const target = resolve(folder);
  const known = readKnown(target);

  const { publicUrl, sidebar, zendesk } = read.config;
  const manifest = readJson(join(source, 'manifest.json')) as Manifest;
  await makeFolders(target, 0o755);
  for (const name of ['assets', 'translations', '.zcliignore'])
    cpSync(join(source, name), join(target, name), { recursive: true });
  const parameters = manifest.parameters.map((each) =>
    each.name === 'service_url' ? { ...each, default: publicUrl } : each,
  );
  writeJson(join(target, 'manifest.json'), { ...manifest, parameters });
  const appId = known.app_id ?? sidebar.appId;
  writeJson(join(target, ZCLI_FILE), {
    ...known,
    ...(appId === null ? {} : { app_id: appId }),
    parameters: { ...known.parameters, service_url: publicUrl },
  });
  out(`Wrote ${folder}: the sidebar app ${manifest.version} for ${publicUrl}.`);
  out(nextSteps(folder, zendesk.baseUrl, appId === null ? 'create' : 'update'));
  return 0;
}

function nextSteps(folder: string, zendeskUrl: string, action: 'create' | 'update'): string {
  const name = /\s/.test(folder) ? `"${folder}"` : folder;
  return [
    '',
    `Next, with Zendesk's command line, signed in to ${zendeskUrl} as an admin (docs/guides/install.md, step 6):`,
    `  ${ZCLI} apps:validate ${name}`,
    `  ${ZCLI} apps:${action} ${name}`,
    ...(action === 'create'
      ? [
          `Then put the id that it writes into ${join(folder, ZCLI_FILE)} into .env as ZENDESK_APP_ID, and restart the service.`,
        ]
      : []),
  ].join('\n');
}

/** What ZCLI wrote into an earlier copy. Throws when the folder has files but is no copy of this app. */
function readKnown(folder: string): { app_id?: number; parameters?: object } {
  if (!existsSync(folder) || readdirSync(folder).length === 0) return {};
  const file = join(folder, 'manifest.json');
  const name = existsSync(file) ? (readJson(file) as Partial<Manifest>).name : undefined;
  if (name !== 'Deskwright')
    throw new Error(
      `${folder} holds other files. Name a folder that is empty or does not exist: npx deskwright app FOLDER`,
    );
  const noted = join(folder, ZCLI_FILE);
  return existsSync(noted) ? (readJson(noted) as { app_id?: number; parameters?: object }) : {};
}

/** The folder that `npm run package` makes, and that the installed package contains. Null: there is none. */
export function findAppPackage(): string | null {
  const { resolve: find } = createRequire(import.meta.url);
  try {
    const folder = join(dirname(find('@deskwright/zendesk-app/package.json')), 'dist');
    return existsSync(join(folder, 'manifest.json')) ? folder : null;
  } catch {
    return null;
  }
}

/** Of the app that was built; null: none was. */
export function builtAppVersion(source: string | null = findAppPackage()): string | null {
  return source === null ? null : (readJson(join(source, 'manifest.json')) as Manifest).version;
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const writeJson = (path: string, value: unknown): void => writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
