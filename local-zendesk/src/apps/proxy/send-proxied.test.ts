import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { jwtVerify } from 'jose';
import { expectOk } from '../../account/result.ts';
import { anAccount } from '../../account/testing/an-account.ts';
import { createApps } from '../create-apps.ts';
import { aPackage } from '../testing/a-package.ts';
import type { ProxyRequest } from '../types.ts';

interface Seen {
  method: string | undefined;
  url: string | undefined;
  headers: IncomingMessage['headers'];
  body: string;
}

let server: Server;
let origin: string;
const seen: Seen[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method, url, headers } = request;
      seen.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
      if (url === '/silent') return;
      if (url === '/moved') response.writeHead(302, { location: '/elsewhere' });
      else response.writeHead(201, { 'content-type': 'text/plain', 'set-cookie': 'a=b' });
      response.end('hello');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => void seen.splice(0));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const parameters = [
  { name: 'token', type: 'text', secure: true, scopes: ['header', 'jwt_claim'] },
  { name: 'secret', type: 'text', secure: true, scopes: ['jwt_secret_key'] },
  { name: 'key', type: 'text', secure: true },
  { name: 'shop', type: 'text' },
];

type TestApp = Awaited<ReturnType<typeof installAnApp>>;
const installed = new Map<string, Promise<TestApp>>();

/** One of each kind for all tests: an app's key takes a while to make. */
function anApp(domainWhitelist: string[] = ['127.0.0.1']): Promise<TestApp> {
  const key = domainWhitelist.join();
  const app = installed.get(key) ?? installAnApp(domainWhitelist);
  installed.set(key, app);
  return app;
}

async function installAnApp(domainWhitelist: string[]) {
  const { account, clock, admin } = anAccount();
  const apps = createApps({ account, clock, url: () => 'http://127.0.0.1:1' });
  const manifest = { parameters, domainWhitelist };
  const app = expectOk(await apps.create(apps.upload(aPackage(manifest)).id, undefined, admin.id));
  const settings = { token: 't0ken', key: 'k3y', secret: 'a secret of at least 32 bytes, for HS256', shop: 'north' };
  const { id } = expectOk(apps.install(app.id, 'support', { settings }));
  const send = (request: Partial<ProxyRequest>, installation = id) =>
    apps.proxy(installation, {
      url: `${origin}/x`,
      type: 'GET',
      headers: {},
      contentType: null,
      data: null,
      secure: false,
      timeoutMs: null,
      jwt: null,
      ...request,
    });
  return { send, clock };
}

describe('a request through the server', () => {
  it('forwards method, headers, type and body, and returns the answer without cookies', async () => {
    const { send } = await anApp();
    const data = '{"a":1}';
    const answer = await send({ type: 'post', data, contentType: 'application/json', headers: { 'x-a': 'b' } });
    expect(answer).toMatchObject({ status: 201, statusText: 'Created', body: 'hello' });
    expect(answer.headers).toMatchObject({ 'content-type': 'text/plain' });
    expect(answer.headers).not.toHaveProperty('set-cookie');
    expect(seen).toMatchObject([
      { method: 'POST', url: '/x', body: data, headers: { 'x-a': 'b', 'content-type': 'application/json' } },
    ]);
  });

  it('leaves placeholders alone unless it is secure', async () => {
    const { send } = await anApp();
    await send({ headers: { authorization: '{{setting.token}}' } });
    expect(seen[0]?.headers.authorization).toBe('{{setting.token}}');
  });

  it('fills in settings when it is secure, each only where its scopes allow', async () => {
    const { send } = await anApp();
    await send({
      type: 'POST',
      secure: true,
      url: `${origin}/{{setting.shop}}?t={{setting.token}}`,
      headers: { authorization: 'Bearer {{setting.token}}', 'x-secret': '{{setting.secret}}' },
      data: '{{setting.shop}} {{setting.token}}',
    });
    expect(seen).toMatchObject([
      { url: '/north?t=', headers: { authorization: 'Bearer t0ken', 'x-secret': '' }, body: 'north ' },
    ]);
  });

  it('with secrets is sent only to hosts on the allowlist, and follows no redirect elsewhere', async () => {
    const { send } = await anApp(['api.example']);
    expect((await send({ secure: true })).status).toBe(403);
    expect(seen).toEqual([]);
    const allowed = await anApp();
    expect(await allowed.send({ secure: true, url: `${origin}/moved` })).toMatchObject({ status: 302 });
    expect(seen).toHaveLength(1);
  });

  it('does not reveal a secret to the page when it names the refused host', async () => {
    const { send } = await anApp();
    const { status, body } = await send({ secure: true, url: 'https://{{setting.key}}.evil.example/' });
    expect(status).toBe(403);
    expect(body).not.toContain('k3y');
    expect(body).toContain('domainWhitelist');
  });

  it('carries a token signed by the server with a secret the page never sees', async () => {
    const { send, clock } = await anApp();
    const jwt = {
      algorithm: 'HS256',
      secret_key: '{{setting.secret}}',
      expiry: 60,
      claims: { iss: 'north', key: '{{setting.token}}', secret: '{{setting.secret}}' },
    };
    await send({ secure: true, jwt, headers: { authorization: 'Bearer {{jwt.token}}' } });
    const token = seen[0]?.headers.authorization?.replace('Bearer ', '') ?? '';
    const key = new TextEncoder().encode('a secret of at least 32 bytes, for HS256');
    const { payload } = await jwtVerify(token, key, { algorithms: ['HS256'], currentDate: new Date(clock.now()) });
    expect(payload).toMatchObject({ iss: 'north', key: 't0ken', secret: '' });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(60);
  });

  it.each([['file:///etc/passwd'], ['data:text/plain,x'], ['ftp://a.example'], ['nonsense'], ['/relative']])(
    'to %s is refused, secure or not',
    async (url) => {
      const { send } = await anApp();
      expect([(await send({ url })).status, (await send({ url, secure: true })).status]).toEqual([400, 400]);
    },
  );

  it('returns 504 when the target does not answer, 502 when it is unreachable, 404 when the app is not installed', async () => {
    const { send } = await anApp();
    expect((await send({ url: `${origin}/silent`, timeoutMs: 30 })).status).toBe(504);
    expect((await send({ url: 'http://127.0.0.1:1/' })).status).toBe(502);
    expect((await send({}, 1)).status).toBe(404);
  });
});
