import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalZendesk, startLocalZendesk } from '@deskwright/local-zendesk';
import { unzipSync } from 'fflate';
import { runCommand } from './run-command.ts';

// The command an admin runs, from npm, against the local Zendesk over TLS. `npm run test:e2e` builds what the package script needs.
const ROOT = join(import.meta.dirname, '..');
const ZCLI = join(ROOT, 'node_modules', '@zendesk', 'zcli', 'bin', 'run');
const SHIPPED = [
  'assets/icon_nav_bar.svg',
  'assets/logo-small.png',
  'assets/logo.png',
  'assets/logo.svg',
  'manifest.json',
  'translations/de.json',
  'translations/en.json',
  'translations/es.json',
  'translations/fr.json',
];

let zendesk: LocalZendesk;
let scratch: string;
let app: string;
let token: string;
let env: Record<string, string>;

beforeAll(async () => {
  zendesk = await startLocalZendesk({ port: 0, smtpPort: 0, backlog: 0, https: 0 });
  scratch = mkdtempSync(join(tmpdir(), 'zcli-'));
  app = join(scratch, 'app');
  const packaged = await packageApp();
  if (packaged.code !== 0) throw new Error(packaged.output);
  const client = zendesk.account.oauth.findClient('deskwright');
  if (client === undefined || zendesk.https === null)
    throw new Error('The local Zendesk has its client, and TLS was asked for.');
  token = zendesk.account.oauth.issueToken({ client, scopes: ['read', 'write'] }).token;
  env = {
    // ZCLI builds its URL from the two variables, and keeps its state in the home folder.
    ZENDESK_SUBDOMAIN: '127',
    ZENDESK_DOMAIN: `0.0.1:${new URL(zendesk.https.url).port}`,
    ZENDESK_OAUTH_TOKEN: token,
    NODE_EXTRA_CA_CERTS: zendesk.https.certificateFile,
    HOME: scratch,
  };
});
afterAll(async () => {
  await zendesk.stop();
  rmSync(scratch, { recursive: true, force: true });
});

const packageApp = (given: Readonly<Record<string, string>> = {}) =>
  runCommand(join(ROOT, 'scripts', 'package-app.js'), ['--zip', '--out', app], given);
const zcli = (command: string, folder = app) => runCommand(ZCLI, [command, folder], env);
const config = 'zcli.apps.config.json';
const answerPrompts = (parameters: Readonly<Record<string, string>>, noted: object = {}) =>
  writeFileSync(join(app, config), JSON.stringify({ ...noted, parameters }));
const manifest = () => JSON.parse(readFileSync(join(app, 'manifest.json'), 'utf8')) as Record<string, unknown>;
const filesIn = (zip: string) =>
  Object.keys(unzipSync(readFileSync(zip)))
    .filter((path) => !path.endsWith('/'))
    .toSorted();

async function api(path: string): Promise<unknown> {
  const response = await fetch(`${zendesk.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
  return response.json();
}
const installations = async () =>
  ((await api('/api/support/apps/installations.json')) as { installations: object[] }).installations;

describe('npm run package', () => {
  it('packages what Zendesk needs and nothing else, stamped with the version, reproducibly', async () => {
    const zip = join(app, 'tmp', readdirSync(join(app, 'tmp'))[0] ?? '');
    const first = readFileSync(zip);
    expect(filesIn(zip)).toEqual(SHIPPED);
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    expect(manifest()).toMatchObject({ version, signedUrls: true });
    const texts = JSON.parse(readFileSync(join(app, 'translations', 'de.json'), 'utf8')) as object;
    expect(Object.keys(texts)).toEqual(['app']);
    expect((await packageApp()).output).toContain('9 files');
    expect(readFileSync(zip).equals(first)).toBe(true);
  });

  it('packages no secret from the environment', async () => {
    const refused = await packageApp({ ZENDESK_WEBHOOK_SECRET: 'The Deskwright authors' });
    expect(refused).toMatchObject({ code: 1, output: expect.stringContaining('ZENDESK_WEBHOOK_SECRET') });
  });
});

describe('the real ZCLI', () => {
  it('accepts the package, and leaves its own configuration file out', async () => {
    answerPrompts({ service_url: 'https://desk.example' });
    expect(await zcli('apps:validate')).toMatchObject({
      code: 0,
      output: expect.stringContaining('No validation errors'),
    });
    const packaged = await zcli('apps:package');
    expect(packaged.code).toBe(0);
    const [, zip = ''] = /Package created at (\S+)/.exec(packaged.output) ?? [];
    expect(filesIn(join(process.cwd(), zip))).toEqual(SHIPPED);
  });

  it('creates and installs the app, and updates it with a new version and a new address', async () => {
    answerPrompts({ service_url: 'https://desk.example' });
    const created = await zcli('apps:create');
    expect(created).toMatchObject({
      code: 0,
      output: expect.stringContaining('Successfully installed app: Deskwright'),
    });
    const noted = JSON.parse(readFileSync(join(app, config), 'utf8')) as { app_id: number };
    // ZCLI reports success even when the installation failed, so the installations are checked.
    expect(await installations()).toMatchObject([
      { app_id: noted.app_id, settings: { name: 'Deskwright', service_url: 'https://desk.example' }, enabled: true },
    ]);

    answerPrompts({ service_url: 'https://new.example' }, noted);
    writeFileSync(join(app, 'manifest.json'), JSON.stringify({ ...manifest(), version: '9.0.0' }));
    expect(await zcli('apps:update')).toMatchObject({
      code: 0,
      output: expect.stringContaining('Successfully updated app'),
    });
    expect(await installations()).toMatchObject([{ settings: { service_url: 'https://new.example' } }]);
    expect(await api('/api/v2/apps/owned.json')).toMatchObject({ apps: [{ id: noted.app_id, version: '9.0.0' }] });
    const agent = zendesk.account.users.find(zendesk.account.ownerId);
    if (agent === undefined) throw new Error('Every account has an owner.');
    for (const location of ['ticket_sidebar', 'new_ticket_sidebar'] as const) {
      expect(zendesk.apps.at(location, agent)).toMatchObject([
        { appId: noted.app_id, url: 'https://new.example/app/sidebar', signed: true, version: '9.0.0' },
      ]);
    }
    await packageApp();
    expect(JSON.parse(readFileSync(join(app, config), 'utf8'))).toMatchObject({ app_id: noted.app_id });
  });

  it('exits with code 2 and the validator’s message when the manifest is invalid', async () => {
    const broken = join(scratch, 'broken');
    cpSync(app, broken, { recursive: true });
    writeFileSync(join(broken, 'manifest.json'), JSON.stringify({ ...manifest(), frameworkVersion: '1.0' }));
    const { code, output } = await zcli('apps:validate', broken);
    expect(code).toBe(2);
    expect(output.replaceAll(/\s*›?\s+/g, ' ')).toContain(
      '1.0 is not a valid framework version. Available versions are: 2.0.',
    );
  });

  it('packages nothing when run on the whole repository by mistake', async () => {
    const copy = join(scratch, 'repository');
    mkdirSync(copy);
    for (const name of ['manifest.json', '.zcliignore']) cpSync(join(ROOT, name), join(copy, name));
    writeFileSync(join(copy, 'secrets.txt'), 'hunter22');
    const { code, output } = await zcli('apps:package', copy);
    expect([code, output]).toEqual([2, expect.stringContaining('Could not find manifest.json')]);
    for (const zip of readdirSync(join(copy, 'tmp'))) expect(filesIn(join(copy, 'tmp', zip))).toEqual([]);
  });
});
