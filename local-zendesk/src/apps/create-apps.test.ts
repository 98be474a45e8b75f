import { decodeProtectedHeader, importSPKI, jwtVerify } from 'jose';
import { expectOk } from '../account/result.ts';
import { anAccount } from '../account/testing/an-account.ts';
import { createApps } from './create-apps.ts';
import type { Json } from './package/parse-manifest.ts';
import { aPackage } from './testing/a-package.ts';

const url = 'http://127.0.0.1:4601';
const serviceUrl = { name: 'service_url', type: 'url', required: true };
const sidebar = (changes: Json = {}): Json => ({
  parameters: [serviceUrl, { name: 'api_token', type: 'text', secure: true }],
  location: { support: { ticket_sidebar: '{{setting.service_url}}/app/sidebar', nav_bar: 'assets/index.html' } },
  signedUrls: true,
  ...changes,
});
const settings = { service_url: 'https://desk.example', api_token: 's3cret' };

async function withApp(manifest: Json = sidebar(), files: Readonly<Record<string, unknown>> = {}) {
  const test = anAccount();
  const apps = createApps({ account: test.account, clock: test.clock, url: () => url });
  const app = expectOk(await apps.create(apps.upload(aPackage(manifest, files)).id, undefined, test.admin.id));
  return { ...test, apps, app };
}

describe('an installed app', () => {
  it('shows a frame with its settings filled in, without the secure ones', async () => {
    const { apps, app, agent } = await withApp();
    const installation = expectOk(apps.install(app.id, 'support', { settings }));
    const [frame] = apps.at('ticket_sidebar', agent);
    expect(frame).toMatchObject({
      appId: app.id,
      installationId: installation.id,
      title: 'Weather',
      version: '1.2.0',
      url: 'https://desk.example/app/sidebar',
      signed: true,
      settings: { name: 'Weather', service_url: 'https://desk.example' },
    });
    expect(JSON.stringify(frame)).not.toContain('s3cret');
  });

  it('serves pages of its own package unsigned, on an origin other than the workspace’s', async () => {
    const { apps, app, agent } = await withApp();
    const { id } = expectOk(apps.install(app.id, 'support', { settings }));
    expect(apps.at('nav_bar', agent)).toMatchObject([
      { url: `http://localhost:4601/app-assets/${id}/assets/index.html`, signed: false },
    ]);
    expect(apps.at('user_sidebar', agent)).toEqual([]);
  });

  const page = 'https://weather.example/page';
  const chat = { chat_sidebar: 'https://weather.example/chat' };
  it.each([
    ['its own icon', { nav_bar: page }, {}, ['icon_nav_bar.svg', 'icon_top_bar.svg'], 'icon_nav_bar.svg'],
    ['the older kind', { nav_bar: page }, {}, ['icon_nav_bar_inactive.png'], 'icon_nav_bar_inactive.png'],
    ['its small logo', { nav_bar: page }, {}, ['icon_top_bar.svg'], 'logo-small.png'],
    [
      'the icon of the product',
      { nav_bar: page },
      chat,
      ['support/icon_nav_bar.svg', 'icon_nav_bar.svg'],
      'support/icon_nav_bar.svg',
    ],
  ])('has %s in the navigation bar', async (_what, support, chatPlaces, icons, shown) => {
    const location = { support, ...(chatPlaces === chat && { chat }) };
    const files = Object.fromEntries(icons.map((name) => [`assets/${name}`, '<svg/>']));
    const { apps, app, agent } = await withApp({ location }, files);
    const { id } = expectOk(apps.install(app.id, 'support', {}));
    expect(apps.at('nav_bar', agent)).toMatchObject([
      { iconUrl: `http://localhost:4601/app-assets/${id}/assets/${shown}` },
    ]);
  });

  it('is visible to members of its groups and roles only, and to nobody when disabled', async () => {
    const { apps, app, agent, admin, group } = await withApp();
    const { id } = expectOk(apps.install(app.id, 'support', { settings }));
    const seenBy = (who: typeof agent) => apps.at('ticket_sidebar', who).length === 1;
    const restrict = (input: object) => expectOk(apps.updateInstallation(id, input));
    restrict({ group_restrictions: [group.id + 1] });
    expect([seenBy(agent), seenBy(admin)]).toEqual([false, true]);
    restrict({ group_restrictions: [group.id] });
    expect(seenBy(agent)).toBe(true);
    restrict({ role_restrictions: [77] });
    expect([seenBy(agent), seenBy({ ...agent, custom_role_id: 77 })]).toEqual([false, true]);
    restrict({ enabled: false });
    expect(seenBy(admin)).toBe(false);
  });

  it('requires its settings in the right types, and keeps those that an update leaves out', async () => {
    const { apps, app } = await withApp();
    expect(apps.install(app.id, 'support', {})).toMatchObject({
      refusal: { details: { settings: [{ description: 'Settings: service_url is required' }] } },
    });
    expect(apps.install(app.id, 'support', { settings: { service_url: 'not an address' } })).toMatchObject({
      ok: false,
    });
    const { id } = expectOk(apps.install(app.id, 'support', { settings }));
    const moved = expectOk(apps.updateInstallation(id, { settings: { service_url: 'https://new.example' } }));
    expect(moved.settings).toMatchObject({ service_url: 'https://new.example', api_token: 's3cret' });
  });

  it('installs once if it is a single-install app, and is uninstalled when the app is deleted', async () => {
    const { apps, app, agent } = await withApp(sidebar({ singleInstall: true }));
    expectOk(apps.install(app.id, 'support', { settings }));
    expect(apps.install(app.id, 'support', { settings })).toMatchObject({ ok: false });
    expectOk(apps.remove(app.id));
    expect([apps.installations(), apps.at('ticket_sidebar', agent)]).toEqual([[], []]);
  });

  it('keeps its settings when the app gets a new version', async () => {
    const { apps, app, agent } = await withApp();
    expectOk(apps.install(app.id, 'support', { settings }));
    expectOk(apps.update(app.id, apps.upload(aPackage(sidebar({ version: '2.0.0' }))).id));
    expect(apps.at('ticket_sidebar', agent)).toMatchObject([
      { version: '2.0.0', url: 'https://desk.example/app/sidebar' },
    ]);
  });

  it('keeps a secure setting hidden when a new version no longer declares it', async () => {
    const { apps, app, agent } = await withApp();
    expectOk(apps.install(app.id, 'support', { settings }));
    expectOk(apps.update(app.id, apps.upload(aPackage(sidebar({ parameters: [serviceUrl] }))).id));
    expect(apps.at('ticket_sidebar', agent)).toMatchObject([{ url: 'https://desk.example/app/sidebar' }]);
    expect(JSON.stringify(apps.at('ticket_sidebar', agent))).not.toContain('s3cret');
  });

  it('never puts a secure setting into the address of a frame, which the browser sees', async () => {
    const places = { support: { ticket_sidebar: '{{setting.service_url}}/?key={{setting.api_token}}' } };
    const { apps, app, agent } = await withApp(sidebar({ location: places }));
    expectOk(apps.install(app.id, 'support', { settings }));
    expect(apps.at('ticket_sidebar', agent)).toMatchObject([{ url: 'https://desk.example/?key=' }]);
  });
});

describe('a signed address', () => {
  it('names the agent for five minutes, verifiable with the public key until the key is rotated', async () => {
    const { apps, app, agent, clock } = await withApp();
    const { id } = expectOk(apps.install(app.id, 'support', { settings }));
    const [frame] = apps.at('ticket_sidebar', agent);
    if (frame === undefined) throw new Error('It is installed.');
    const token = await apps.sign(frame, agent, { product: 'support', location: 'ticket_sidebar' });
    const verify = async () =>
      jwtVerify(token, await importSPKI(apps.key(app.id)?.publicPem ?? '', 'RS256'), {
        issuer: '127.0.0.1:4601',
        audience: `${url}/api/v2/apps/installations/${id}.json`,
        currentDate: new Date(clock.now()),
      });
    const { payload } = await verify();
    expect(decodeProtectedHeader(token).alg).toBe('RS256');
    expect(payload).toMatchObject({
      sub: `${url}/api/v2/users/${agent.id}.json`,
      context: { product: 'support', location: 'ticket_sidebar' },
      jti: expect.any(String),
    });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(300);
    clock.forward(301);
    await expect(verify()).rejects.toThrow('exp');
    clock.forward(-301);
    await apps.rotateKey(app.id);
    await expect(verify()).rejects.toThrow('signature');
  });
});
