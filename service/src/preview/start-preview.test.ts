import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { exampleSource, startPreview } from './index.ts';
import type { Preview } from './start-preview.ts';

let folder: string;
let preview: Preview;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deskwright-guard-'));
  await writeFile(join(folder, 'policy.yaml'), 'version: 1\n');
  preview = await startPreview({
    policyPath: join(folder, 'policy.yaml'),
    former: null,
    source: exampleSource(),
    port: 0,
    onError: () => undefined,
  });
});
afterAll(async () => {
  await preview.stop();
  await rm(folder, { recursive: true });
});

function ask(path: string, headers: Record<string, string> = {}, host = '127.0.0.1', method = 'GET') {
  const { port, pathname } = new URL(preview.url);
  return new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((resolve, reject) => {
    const asked = request(
      { host, port, path: path.replace('TOKEN/', pathname.slice(1)), method, headers },
      (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (part) => (body += part));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
      },
    );
    asked.on('error', reject);
    asked.end();
  });
}

const port = () => new URL(preview.url).port;

it.each<[string, number, string, () => Record<string, string>]>([
  ['the page', 200, '/TOKEN/', () => ({})],
  ['a ticket', 200, '/TOKEN/ticket/7', () => ({ 'sec-fetch-site': 'same-origin' })],
  ['the page, opened from elsewhere', 200, '/TOKEN/', () => ({ 'sec-fetch-site': 'cross-site' })],
  ['a ticket that does not exist', 404, '/TOKEN/ticket/7000', () => ({})],
  ['no token', 403, '/', () => ({})],
  ['no token before a ticket', 403, '/ticket/7', () => ({})],
  ['another token', 403, '/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/ticket/7', () => ({})],
  ['a name that points here', 403, '/TOKEN/', () => ({ host: `evil.test:${port()}` })],
  ['another port', 403, '/TOKEN/', () => ({ host: '127.0.0.1:1' })],
  ['another page', 403, '/TOKEN/ticket/7', () => ({ origin: 'http://evil.test' })],
  ['another page of this machine', 403, '/TOKEN/ticket/7', () => ({ 'sec-fetch-site': 'same-site' })],
])('answers %s with %d', async (_, status, path, headers) => {
  expect((await ask(path, headers())).status).toBe(status);
});

it('takes no other method', async () => {
  expect((await ask('/TOKEN/', {}, '127.0.0.1', 'POST')).status).toBe(403);
});

it('lets the page load nothing from outside, and gives its address to nobody', async () => {
  const { headers, body } = await ask('/TOKEN/');
  expect(headers).toMatchObject({
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'content-security-policy': expect.stringContaining("default-src 'none'"),
  });
  expect(body).not.toContain('{{nonce}}');
  expect(body).not.toMatch(/(?:src|href)=/);
});

it('listens on this machine only', async () => {
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((one) => one?.internal === false && one.family === 'IPv4');
  if (outside === undefined) return;
  await expect(ask('/TOKEN/', {}, outside.address)).rejects.toThrow('ECONNREFUSED');
});
