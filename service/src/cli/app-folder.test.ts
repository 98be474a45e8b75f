import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFolder, validatePackage } from '@deskwright/local-zendesk';
import { runAppFolder } from './app-folder.ts';

const ENV = {
  PUBLIC_URL: 'https://desk.example',
  ZENDESK_SUBDOMAIN: 'acme',
  ZENDESK_OAUTH_CLIENT_ID: 'deskwright',
  ZENDESK_OAUTH_CLIENT_SECRET: 'a secret of the client',
};

let source: string;
beforeAll(() => {
  source = mkdtempSync(join(tmpdir(), 'deskwright-app-package-'));
  // As `npm run package` does. Needs `npm run build` before, which `npm test` does.
  const script = join(__dirname, '..', '..', '..', 'scripts', 'package-app.js');
  execFileSync(process.execPath, [script, '--out', source], { stdio: 'ignore' });
});
afterAll(() => rmSync(source, { recursive: true }));

let parent: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'deskwright app '));
});
afterEach(() => rmSync(parent, { recursive: true }));

const folder = () => join(parent, 'new', 'app');
async function write(env: Record<string, string> = ENV, to = folder()): Promise<string> {
  const printed: string[] = [];
  await runAppFolder({ folder: to, env, source, out: (line) => printed.push(line) });
  return printed.join('\n');
}
const read = (name: string) => JSON.parse(readFileSync(join(folder(), name), 'utf8')) as Record<string, unknown>;

test('writes an app that Zendesk accepts, with the address of the service, and no secret', async () => {
  const printed = await write();
  const files = readFolder(folder());
  if (!files.ok) throw new Error(files.problem);
  expect(validatePackage(files.files)).toMatchObject({ problems: [], warnings: [] });
  expect(read('manifest.json')).toMatchObject({
    name: 'Deskwright',
    parameters: [{ name: 'service_url', required: true, default: 'https://desk.example' }],
  });
  // ZCLI would otherwise ask, and wait for ever in a pipeline.
  expect(read('zcli.apps.config.json')).toEqual({ parameters: { service_url: 'https://desk.example' } });
  expect(printed).toContain(`apps:create "${folder()}"`);
  const all = [...files.files.values()].map((bytes) => Buffer.from(bytes).toString()).join('\n');
  expect(all + printed).not.toContain('a secret of the client');
});

test('writes over an earlier copy, and keeps the id that ZCLI put there', async () => {
  await write();
  writeFileSync(
    join(folder(), 'zcli.apps.config.json'),
    JSON.stringify({ app_id: 77, parameters: { service_url: 'https://old.example' } }),
  );
  expect(await write()).toContain('apps:update');
  expect(read('zcli.apps.config.json')).toEqual({ app_id: 77, parameters: { service_url: 'https://desk.example' } });
});

test('takes the id from the settings where ZCLI has not run in the folder', async () => {
  expect(await write({ ...ENV, ZENDESK_APP_ID: '42' })).toContain('apps:update');
  expect(read('zcli.apps.config.json')).toMatchObject({ app_id: 42 });
});

test('refuses a folder with other files, and changes none of them', async () => {
  writeFileSync(join(parent, 'mine.txt'), 'mine');
  await expect(write(ENV, parent)).rejects.toThrow(/holds other files.*deskwright app FOLDER/);
});

test('names every setting that is missing', async () => {
  await expect(write({})).rejects.toThrow(/ZENDESK_SUBDOMAIN is not set(?:.|\n)*PUBLIC_URL is not set/);
});
