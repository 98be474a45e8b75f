import { readFileSync } from 'node:fs';
import { get } from 'node:https';
import { expectOk } from './account/result.ts';
import { aFolder, aPackage } from './apps/testing/a-package.ts';
import { type LocalZendesk, startLocalZendesk } from './server.ts';
import { until } from './testing/until.ts';
import { startWebhookReceiver } from './testing/webhook-receiver.ts';

let zendesk: LocalZendesk | undefined;
afterEach(() => zendesk?.stop());

test('starts with the backlog, listens on its addresses, and knows the intended categories', async () => {
  zendesk = await startLocalZendesk({ port: 0, smtpPort: 0, backlog: 30 });
  expect(zendesk.account.tickets.count()).toBe(32);
  expect(zendesk.labels.size).toBe(32);
  expect(zendesk.smtpUrl).toMatch(/^smtp:\/\/127\.0\.0\.1:\d+$/);
  const start = await (await fetch(zendesk.url)).text();
  expect(start).toContain('href="/agent"');
  expect(start).toContain('30 open tickets');
  const style = await fetch(`${zendesk.url}/assets/style.css`);
  expect(style.headers.get('content-type')).toContain('text/css');
});

test('the pages forbid scripts and framing', async () => {
  zendesk = await startLocalZendesk({ port: 0, smtpPort: 0, backlog: 0 });
  const page = await fetch(`${zendesk.url}/mail`);
  expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'self'/);
});

test('an empty account has only its owner and the OAuth client', async () => {
  zendesk = await startLocalZendesk({ port: 0, smtpPort: 0, seed: 'empty' });
  expect(zendesk.account.views.list()).toEqual([]);
  expect(zendesk.account.oauth.findClient('deskwright')?.secret).toBe('deskwright');
});

test('the trickle starts with the first webhook subscription', async () => {
  const receiver = await startWebhookReceiver();
  const trickle = { start: 'when_subscribed' as const, ticketEveryMs: 5 };
  zendesk = await startLocalZendesk({ port: 0, smtpPort: 0, backlog: 0, trickle });
  const { account } = zendesk;
  expect(zendesk.trickle.state().on).toBe(false);
  const webhook = {
    name: 'listens',
    endpoint: receiver.url,
    http_method: 'POST' as const,
    request_format: 'json' as const,
    status: 'active' as const,
    subscriptions: ['zen:event-type:ticket.created'],
  };
  expectOk(account.webhooks.create(webhook, { id: account.ownerId }));
  await until(() => receiver.received.length > 1);
  await receiver.stop();
});

test('the trickle solves no ticket whose page an agent has open', async () => {
  zendesk = await startLocalZendesk({ port: 0, smtpPort: 0, backlog: 20, trickle: { start: 'off', solveEveryMs: 5 } });
  const { account, trickle, url } = zendesk;
  const admin = account.users.list().find(({ role }) => role === 'admin');
  const [oldest] = account.tickets
    .list()
    .filter(({ status }) => status === 'new' || status === 'open')
    .toSorted((a, b) => a.created_at.localeCompare(b.created_at));
  const id = oldest?.id ?? 0;
  const leaving = new AbortController();
  const page = await fetch(`${url}/agent/tickets/${id}/live`, {
    headers: { cookie: `local_zendesk_agent=${admin?.id}` },
    signal: leaving.signal,
  });
  expect(page.status).toBe(200);
  trickle.start();
  await until(() => trickle.state().worked > 9);
  expect(account.tickets.find(id)?.status).toBe(oldest?.status);
  leaving.abort();
  await until(() => account.tickets.find(id)?.status === 'solved');
});

test('two accounts with the same seed are the same, at the same time of the clock', async () => {
  const clock = () => ({
    now: () => 1_780_000_000_000,
    advance: () => {},
    ahead: () => 0,
    schedule: () => () => {},
    stop: () => {},
  });
  const words: string[] = [];
  for (let run = 0; run < 2; run += 1) {
    const made = await startLocalZendesk({ port: 0, smtpPort: 0, backlog: 20, randomSeed: 7, clock: clock() });
    words.push(JSON.stringify(made.account.tickets.list()));
    await made.stop();
  }
  expect(words[0]).toBe(words[1]);
});

test('serves TLS as well, with a certificate that clients can trust by its file', async () => {
  zendesk = await startLocalZendesk({ port: 0, smtpPort: 0, backlog: 0, https: 0 });
  const { https } = zendesk;
  if (https === null) throw new Error('TLS was asked for.');
  const status = (ca?: Buffer) =>
    new Promise((resolve, reject) => {
      get(`${https.url}/api/v2/users/me.json`, { ca }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).on('error', reject);
    });
  expect(await status(readFileSync(https.certificateFile))).toBe(200);
  await expect(status()).rejects.toThrow('self-signed');
  await zendesk.stop();
  expect(() => readFileSync(https.certificateFile)).toThrow('ENOENT');
});

describe('an app installed at start', () => {
  const settings = { service_url: 'https://desk.example' };
  const parameters = [{ name: 'service_url', type: 'url', required: true }];
  const location = { support: { ticket_sidebar: '{{setting.service_url}}/app', nav_bar: 'assets/index.html' } };

  test('has its settings, and serves its own pages and texts but nothing else of its package', async () => {
    const path = aFolder(
      aPackage(
        { parameters, location, defaultLocale: 'en' },
        {
          'assets/index.html': '<p>Sun</p>',
          'translations/de.json': { app: { name: 'Wetter' } },
          'zcli.apps.config.json': {},
        },
      ),
    );
    zendesk = await startLocalZendesk({ port: 0, smtpPort: 0, backlog: 0, apps: [{ path, settings }] });
    const owner = zendesk.account.users.find(zendesk.account.ownerId);
    if (owner === undefined) throw new Error('Every account has an owner.');
    expect(zendesk.apps.at('ticket_sidebar', owner)).toMatchObject([{ url: 'https://desk.example/app' }]);
    const page = zendesk.apps.at('nav_bar', owner)[0]?.url ?? '';
    const fetched = await fetch(page);
    expect([fetched.headers.get('content-type'), await fetched.text()]).toEqual([
      'text/html; charset=utf-8',
      '<p>Sun</p>',
    ]);
    const beside = (file: string) => fetch(page.replace('assets/index.html', file));
    expect(await (await beside('translations/de-AT.json')).json()).toMatchObject({
      app: { name: 'Wetter', parameters: { service_url: { label: 'service_url' } } },
    });
    for (const file of [
      'zcli.apps.config.json',
      'assets/..%2fzcli.apps.config.json',
      'manifest.json',
      'assets/no.js',
    ]) {
      expect([file, (await beside(file)).status]).toEqual([file, 404]);
    }
  });

  test('prevents the start when the package or its settings are invalid', async () => {
    const start = (path: string, given: object) =>
      startLocalZendesk({ port: 0, smtpPort: 0, backlog: 0, apps: [{ path, settings: { ...given } }] });
    const right = aFolder(aPackage({ parameters, location }, { 'assets/index.html': '' }));
    await expect(start(right, {})).rejects.toThrow('service_url is required');
    await expect(start(aFolder(aPackage({ author: null })), {})).rejects.toThrow(
      'Missing required field in manifest: author',
    );
  });
});
