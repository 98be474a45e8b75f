// Packages the app and installs it in the local Zendesk.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalZendesk, readFolder } from '@deskwright/local-zendesk';
import { runCommand } from './run-command.ts';

const ROOT = join(import.meta.dirname, '..');
const ZCLI = join(ROOT, 'node_modules', '@zendesk', 'zcli', 'bin', 'run');

/** Packages the app as `npm run package` does. Returns the folder. */
function packageApp(): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'deskwright-app-')), 'app');
  execFileSync(process.execPath, [join(ROOT, 'scripts', 'package-app.js'), '--out', folder]);
  return folder;
}

/** Installs directly, without HTTP. Returns the app's id. */
export async function installApp({ apps, account }: LocalZendesk, serviceUrl: string): Promise<number> {
  const read = readFolder(packageApp());
  if (!read.ok) throw new Error(read.problem);
  const app = await apps.create(apps.upload(read.files).id, undefined, account.ownerId);
  if (!app.ok) throw new Error(JSON.stringify(app.refusal));
  const installed = apps.install(app.value.id, 'support', { settings: { service_url: serviceUrl } });
  if (!installed.ok) throw new Error(JSON.stringify(installed.refusal));
  return app.value.id;
}

/** Installs as an admin does, with the real ZCLI over TLS. The local Zendesk must have been started with `https`. */
export async function installAppWithZcli(zendesk: LocalZendesk, serviceUrl: string): Promise<number> {
  const folder = packageApp();
  const client = zendesk.account.oauth.findClient('deskwright');
  if (!client || !zendesk.https)
    throw new Error('The local Zendesk has no OAuth client `deskwright`, or was started without `https`.');
  writeFileSync(join(folder, 'zcli.apps.config.json'), JSON.stringify({ parameters: { service_url: serviceUrl } }));
  const created = await runCommand(ZCLI, ['apps:create', folder], {
    ZENDESK_SUBDOMAIN: '127',
    ZENDESK_DOMAIN: `0.0.1:${new URL(zendesk.https.url).port}`,
    ZENDESK_OAUTH_TOKEN: zendesk.account.oauth.issueToken({ client, scopes: ['read', 'write'] }).token,
    NODE_EXTRA_CA_CERTS: zendesk.https.certificateFile,
    HOME: folder,
  });
  const [app] = zendesk.apps.list();
  if (created.code !== 0 || !app) throw new Error(created.output);
  return app.id;
}
