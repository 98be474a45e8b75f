import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { ZendeskError } from '../../zendesk/zendesk.ts';
import { aKeyPair, NOW_S, signToken } from '../identity/testing/an-agent.ts';
import { readAppBuild } from './app-build.ts';
import type { AppRouterDeps } from './create-app-router.ts';
import { aBuildFolder, aSidebarApp, BUILD, SDK, type SidebarApp } from './testing/sidebar-app.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());

const aSidebar = (parts: Partial<AppRouterDeps> = {}) => aSidebarApp(database, parts);

const open = (sidebar: SidebarApp, fields: Record<string, string>) =>
  request(sidebar.app).post('/app/sidebar?origin=https%3A%2F%2Facme.zendesk.com&app_guid=g').type('form').send(fields);

const openAsLena = async (sidebar: SidebarApp) => open(sidebar, { token: await signToken(sidebar.key.privateKey) });

describe('opened by Zendesk for an agent', () => {
  test('contains the session, the framework and the built app, in the agent’s language', async () => {
    const sidebar = aSidebar();
    const page = await openAsLena(sidebar);
    expect(page).toMatchObject({ status: 200, type: 'text/html' });
    expect(page.text).toContain('<html lang="de">');
    expect(page.text).toContain(`<script src="${SDK}"></script>`);
    expect(page.text).toContain('<link rel="stylesheet" href="/app/assets/sidebar-b2.css">');
    expect(page.text).toContain('<link rel="modulepreload" href="/app/assets/garden-c3.js">');
    expect(page.text).toContain('<link rel="modulepreload" href="/app/assets/react-d4.js">');
    expect(page.text).not.toContain('de-e5.js');
    expect(page.text).toContain('<script type="module" src="/app/assets/sidebar-a1.js"></script>');
    expect(page.text).toContain('<div id="root"></div>');
  });

  test('contains a session valid for the API, and nothing in it ends its element', async () => {
    const sidebar = aSidebar();
    const page = await openAsLena(sidebar);
    const json = /<script type="application\/json" id="deskwright-session">(.*?)<\/script>/s.exec(page.text)?.[1];
    const session = JSON.parse(json ?? '');
    expect(session).toMatchObject({
      agent: { id: 7, name: 'Lena </script><!--', locale: 'de' },
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    });
    expect(await sidebar.sessions.readAccess(session.accessToken)).toMatchObject({ kind: 'agent', agentId: 7 });
    expect(await sidebar.sessions.readRenewal(session.renewal)).toMatchObject({ kind: 'agent', agentId: 7 });
    expect(page.text).not.toContain('<!--');
  });

  test('allows frames by Zendesk only, and scripts of its own and the framework only', async () => {
    const page = await openAsLena(aSidebar());
    const nonce = /<meta property="csp-nonce" nonce="([^"]{22,})">/.exec(page.text)?.[1];
    expect(page.headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self' https://static.zdassets.com; " +
        `style-src 'self' 'nonce-${nonce}'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; ` +
        'frame-ancestors https://acme.zendesk.com',
    );
    expect(page.headers).toMatchObject({
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    expect(page.headers).not.toHaveProperty('x-frame-options');
    expect(page.headers).not.toHaveProperty('set-cookie');
    const again = await openAsLena(aSidebar());
    expect(again.text).not.toContain(nonce);
  });

  test('allows frames by a Zendesk on this machine under both its names', async () => {
    const sidebar = aSidebar({ accountUrl: 'http://127.0.0.1:4601', sdkUrl: 'http://127.0.0.1:4601/sdk.js' });
    const { headers } = await request(sidebar.app).get('/app/sidebar');
    expect(headers['content-security-policy']).toContain("script-src 'self' http://127.0.0.1:4601;");
    expect(headers['content-security-policy']).toMatch(
      /frame-ancestors http:\/\/127\.0\.0\.1:4601 http:\/\/localhost:4601$/,
    );
  });
});

describe('the dashboard, opened by Zendesk for an agent', () => {
  const openDashboard = (sidebar: SidebarApp, fields: Record<string, string>) =>
    request(sidebar.app).post('/app/dashboard').type('form').send(fields);

  test('contains the session and its own files, under the same rules', async () => {
    const sidebar = aSidebar({ page: 'dashboard' });
    const page = await openDashboard(sidebar, { token: await signToken(sidebar.key.privateKey) });
    expect(page).toMatchObject({ status: 200, type: 'text/html' });
    expect(page.text).toContain('<script type="module" src="/app/assets/dashboard-f6.js"></script>');
    expect(page.text).toContain('<link rel="stylesheet" href="/app/assets/dashboard-g7.css">');
    expect(page.text).toContain('<link rel="modulepreload" href="/app/assets/react-d4.js">');
    expect(page.text).not.toContain('sidebar-a1.js');
    expect(page.text).toContain('id="deskwright-session"');
    expect(page.headers['content-security-policy']).toContain('frame-ancestors https://acme.zendesk.com');
  });

  test('speaks of the dashboard when it is refused, opened as a link or not built', async () => {
    const sidebar = aSidebar({ page: 'dashboard' });
    const refused = await openDashboard(sidebar, {});
    expect(refused).toMatchObject({ status: 401, type: 'text/html' });
    expect(refused.text).toContain('The dashboard was opened without Zendesk’s signed token');
    const link = await request(sidebar.app).get('/app/dashboard').expect(200);
    expect(link.text).toContain('in the bar on the left of Zendesk');
    const pages = new Map([...BUILD!.pages].filter(([name]) => name !== 'dashboard'));
    const unbuilt = aSidebar({ page: 'dashboard', build: () => ({ ...BUILD!, pages }) });
    const page = await openDashboard(unbuilt, { token: await signToken(unbuilt.key.privateKey) });
    expect(page.status).toBe(503);
    expect(page.text).toContain('The dashboard is not built yet');
  });
});

describe('refused, with a page that gives the reason and that Zendesk can show', () => {
  test.each([
    ['without a token', async () => ({}), 401, 'did not say who you are'],
    ['with an empty token', async () => ({ token: '' }), 401, 'did not say who you are'],
    ['with two tokens', async () => ({ 'token[]': 'x' }), 401, 'did not say who you are'],
    [
      'with a stranger’s token',
      async () => ({ token: await signToken(aKeyPair().privateKey) }),
      401,
      'could not be verified',
    ],
    [
      'with an old token',
      async (sidebar: SidebarApp) => ({
        token: await signToken(sidebar.key.privateKey, { iat: NOW_S - 400, exp: NOW_S - 100 }),
      }),
      401,
      'has expired',
    ],
    ['with far too much', async () => ({ token: 'x'.repeat(20_000) }), 400, 'could not be read'],
  ] as const)('%s', async (_how, fields, status, words) => {
    const sidebar = aSidebar();
    const page = await open(sidebar, await fields(sidebar));
    expect(page).toMatchObject({ status, type: 'text/html' });
    expect(page.text).toContain(words);
    expect(page.text).toMatch(/<html lang="en">[\s\S]*<main>\s*<h1>/);
    expect(page.headers['content-security-policy']).toContain('frame-ancestors https://acme.zendesk.com');
    expect(page.headers).not.toHaveProperty('x-frame-options');
    expect(page.text).not.toContain('deskwright-session');
  });

  test.each([
    [{ role: 'end-user' }, {}, 'end user’s'],
    [{ suspended: true }, {}, 'suspended'],
    [{}, { active: false }, 'deleted'],
  ] as const)('%j %j', async (user, rights, words) => {
    const sidebar = aSidebar();
    Object.assign(sidebar.zendesk.account.users[1]!, user);
    sidebar.zendesk.account.agentRights.set(7, rights);
    const page = await openAsLena(sidebar);
    expect(page.status).toBe(403);
    expect(page.text).toContain(words);
    expect(page.text).not.toContain('deskwright-session');
  });

  test.each(['readAppKey', 'showAgent'] as const)('while Zendesk is unavailable and %s fails', async (method) => {
    const sidebar = aSidebar();
    sidebar.zendesk.faults.next(method, new ZendeskError('unavailable', 'GET answered 503', 503));
    const page = await openAsLena(sidebar);
    expect(page.status).toBe(503);
    expect(page.text).toContain('Zendesk does not answer');
    expect(Number(page.headers['retry-after'])).toBeGreaterThan(0);
  });

  test('without an app id', async () => {
    const sidebar = aSidebar();
    sidebar.zendesk.account.appKeys.clear();
    const page = await openAsLena(sidebar);
    expect(page.status).toBe(503);
    expect(page.text).toContain('not set up yet');
  });

  test('before the app is built', async () => {
    const page = await openAsLena(aSidebar({ build: () => null }));
    expect(page.status).toBe(503);
    expect(page.text).toContain('npm run build');
  });

  test('after an unexpected error', async () => {
    const page = await openAsLena(
      aSidebar({
        build: () => {
          throw new Error('manifest of another version');
        },
      }),
    );
    expect(page.status).toBe(503);
    expect(page.text).not.toContain('manifest');
  });

  test('after too many requests from one address', async () => {
    const sidebar = aSidebar({ perIp: 1 });
    await openAsLena(sidebar);
    const page = await openAsLena(sidebar);
    expect(page).toMatchObject({ status: 429, type: 'text/html' });
  });
});

test('opened as a link, says where to open it', async () => {
  const page = await request(aSidebar().app).get('/app/sidebar').expect(200);
  expect(page.text).toContain('Open this page from Zendesk');
});

describe('the files of the app', () => {
  const asset = (path: string, encoding = 'gzip') => request(aSidebar().app).get(path).set('accept-encoding', encoding);

  test('are cached forever, have the right type, and are compressed when that saves something', async () => {
    const script = await asset('/app/assets/sidebar-a1.js').expect(200);
    expect(script.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'content-encoding': 'gzip',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      vary: 'Accept-Encoding',
    });
    expect(Number(script.headers['content-length'])).toBeLessThan(200);
    expect(script.text).toContain('xxxxxxxx');

    const unpacked = await asset('/app/assets/sidebar-a1.js', 'identity').expect(200);
    expect(unpacked.headers).not.toHaveProperty('content-encoding');
    expect(unpacked.text).toBe(script.text);

    const style = await asset('/app/assets/sidebar-b2.css').expect(200);
    expect(style.headers).toMatchObject({ 'content-type': 'text/css; charset=utf-8' });
    expect(style.headers).not.toHaveProperty('content-encoding');
  });

  test.each(['/app/assets/none.js', '/app/assets/../.vite/manifest.json', '/app/assets/%2e%2e/.vite/manifest.json'])(
    'are limited to the build: %s',
    async (path) => {
      expect((await asset(path)).status).toBe(404);
    },
  );
});

describe('the build', () => {
  test('is missing without a manifest', () => {
    expect(readAppBuild(mkdtempSync(join(tmpdir(), 'deskwright-nothing-')))).toBeNull();
  });

  test('of another program is an error', () => {
    const folder = aBuildFolder({ '.vite/manifest.json': '{"src/x.ts":{"file":"assets/x.js","isEntry":true}}' });
    expect(() => readAppBuild(folder)).toThrow('no entry "sidebar"');
  });
});
