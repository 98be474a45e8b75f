import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from './config.ts';

const enough = {
  ZENDESK_SUBDOMAIN: 'acme',
  ZENDESK_OAUTH_CLIENT_ID: 'deskwright',
  ZENDESK_OAUTH_CLIENT_SECRET: 'secret',
  ZENDESK_WEBHOOK_SECRET: 'signing',
};

test('needs only the required settings; the others have defaults', () => {
  const result = readConfig(enough);

  expect(result).toMatchObject({
    ok: true,
    config: {
      port: 4600,
      publicUrl: 'http://localhost:4600',
      zendesk: { baseUrl: 'https://acme.zendesk.com', login: { kind: 'oauth' } },
      webhookSecrets: ['signing'],
      databaseUrl: null,
    },
  });
});

test('without a webhook secret the service does not start, and the message says how to get one', () => {
  const result = readConfig({ ...enough, ZENDESK_WEBHOOK_SECRET: '' });

  expect(result).toMatchObject({ ok: false, problems: [expect.stringContaining('Reveal secret')] });
});

test('the previous secret comes second during a rotation', () => {
  const result = readConfig({ ...enough, ZENDESK_WEBHOOK_SECRET_PREVIOUS: 'old' });

  expect(result).toMatchObject({ ok: true, config: { webhookSecrets: ['signing', 'old'] } });
});

test('reports all problems at once', () => {
  const result = readConfig({ PORT: 'eighty', REDIS_URL: 'nonsense', LOG_LEVEL: 'loud' });

  if (result.ok) throw new Error('should be refused');
  expect(result.problems.map((problem) => problem.split(' ')[0])).toEqual([
    'PORT',
    'ZENDESK_SUBDOMAIN',
    'No',
    'ZENDESK_WEBHOOK_SECRET',
    'REDIS_URL',
    'LOG_LEVEL',
  ]);
});

describe('addresses', () => {
  test.each([
    ['PUBLIC_URL', 'javascript:alert(1)'],
    ['PUBLIC_URL', 'ftp://support.example.com'],
    ['PUBLIC_URL', 'support.example.com'],
    ['PUBLIC_URL', 'https://admin:hush@support.example.com'],
    ['PUBLIC_URL', 'https://support.example.com/?team=1'],
    ['PUBLIC_URL', 'https://support.example.com/#here'],
    ['PORT', ' '],
    ['ZENDESK_BASE_URL', 'https://agent:hush@acme.zendesk.com'],
    ['ZENDESK_BASE_URL', 'https://acme.zendesk.com/agent/dashboard'],
    ['ZENDESK_BASE_URL', 'https://acme.zendesk.com/api/v2?x'],
    ['DATABASE_URL', 'mysql://host/deskwright'],
    ['REDIS_URL', 'http://host:6379'],
    ['SMTP_URL', 'https://mail.northwind.test'],
    ['MAIL_FROM', 'Northwind Support'],
    ['ZENDESK_APP_SDK_URL', 'data:text/javascript,alert(1)'],
    ['ZENDESK_BASE_URL', 'javascript:alert(1)'],
    ['ZENDESK_BASE_URL', 'http://acme.zendesk.com'],
    ['ZENDESK_BASE_URL', 'http://127.0.0.1.example.com'],
    ['ZENDESK_BASE_URL', 'http://localhost.example.com'],
    ['ZENDESK_SUBDOMAIN', 'acme.zendesk.com'],
    ['ZENDESK_SUBDOMAIN', 'evil.example/'],
    ['ZENDESK_SUBDOMAIN', 'user@evil'],
  ])('%s=%s is refused, with what is allowed', (name, value) => {
    expect(readConfig({ ...enough, [name]: value })).toMatchObject({
      ok: false,
      problems: [expect.stringContaining(name)],
    });
  });

  test.each([
    ['PUBLIC_URL', 'https://support.example.com/deskwright/'],
    ['PUBLIC_URL', 'http://localhost:4600'],
    ['DATABASE_URL', 'postgres://user@host/deskwright'],
    ['REDIS_URL', 'rediss://host:6380'],
    ['SMTP_URL', 'smtps://user:password@mail.northwind.test'],
    ['SMTP_URL', 'smtp://example.com%40user:password@mail.example-company.test:587'],
    ['MAIL_FROM', 'Northwind Outdoor <support@northwind.test>'],
    ['MAIL_FROM', 'support@northwind.test'],
    ['MAIL_FROM', '"Example Ltd." <help@example-company.test>'],
    ['ZENDESK_BASE_URL', 'https://acme.zendesk.com/'],
    ['ZENDESK_BASE_URL', 'http://127.0.0.1:4601'],
    ['ZENDESK_BASE_URL', 'http://localhost:4601'],
    ['ZENDESK_SUBDOMAIN', 'acme-support2'],
  ])('%s=%s is accepted', (name, value) => {
    expect(readConfig({ ...enough, [name]: value }).ok).toBe(true);
  });
});

test.each([
  ['SMTP_URL', 'smtp://user:password@mail.example.com:587'],
  ['SMTP_URL', 'smtps://user:password@smtp.example.org'],
  ['SMTP_URL', 'smtp://mail.example:25'],
  ['SMTP_URL', 'smtp://<user>:<password>@<mail server>:587'],
  ['MAIL_FROM', 'Northwind Outdoor Support <support@example.com>'],
  ['MAIL_FROM', 'support@example.net'],
  ['MAIL_FROM', '<your company> <support@your.test>'],
])('%s=%s is refused as a placeholder, once', (name, value) => {
  expect(readConfig({ ...enough, [name]: value })).toEqual({
    ok: false,
    problems: [expect.stringMatching(`^${name} still has the placeholder of an example in it`)],
  });
});

describe('the sidebar', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();

  test('does not prevent the start: without app id and key only the sidebar is off', () => {
    expect(readConfig(enough)).toMatchObject({
      ok: true,
      config: {
        sidebar: {
          appId: null,
          publicKey: null,
          sdkUrl: 'https://static.zdassets.com/zendesk_app_framework_sdk/2.0/zaf_sdk.min.js',
        },
      },
    });
  });

  test('accepts a key with escaped line breaks, for settings that cannot contain line breaks', () => {
    const result = readConfig({
      ...enough,
      ZENDESK_APP_ID: '12',
      ZENDESK_APP_PUBLIC_KEY: pem.replaceAll('\n', '\\n'),
    });
    expect(result).toMatchObject({ ok: true, config: { sidebar: { appId: 12, publicKey: pem } } });
  });

  test.each([
    ['ZENDESK_APP_ID', 'deskwright'],
    ['ZENDESK_APP_ID', '1.5'],
    ['ZENDESK_APP_PUBLIC_KEY', 'MIIB'],
    ['ZENDESK_APP_PUBLIC_KEY', privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
    ['ZENDESK_APP_SDK_URL', 'zaf_sdk.min.js'],
  ])('an invalid %s is refused with what is allowed: %.30s', (name, value) => {
    expect(readConfig({ ...enough, [name]: value })).toMatchObject({
      ok: false,
      problems: [expect.stringContaining(name)],
    });
  });
});

describe('a secret in a file of its own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'deskwright-secrets-'));
  const file = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([
    ['ZENDESK_WEBHOOK_SECRET', 'signing', { webhookSecrets: ['signing'] }],
    ['ZENDESK_OAUTH_CLIENT_SECRET', 'hush', { zendesk: { login: { clientSecret: 'hush' } } }],
    ['DATABASE_URL', 'postgres://user:hush@host/deskwright', { databaseUrl: 'postgres://user:hush@host/deskwright' }],
  ])('%s is read without the line end', (name, secret, config) => {
    const env = { ...enough, [name]: '', [`${name}_FILE`]: file(name, `${secret}\n`) };
    expect(readConfig(env)).toMatchObject({ ok: true, config });
  });

  test('is an error if the secret itself is set too', () => {
    expect(readConfig({ ...enough, ZENDESK_WEBHOOK_SECRET_FILE: file('both', 'other') })).toEqual({
      ok: false,
      problems: ['ZENDESK_WEBHOOK_SECRET and ZENDESK_WEBHOOK_SECRET_FILE are both set; remove one of them.'],
    });
  });

  test.each([
    ['missing', join(folder, 'missing'), /cannot be read \(ENOENT\)/],
    ['empty', file('empty', '\n'), /is empty/],
  ])('that is %s is named, without its content', (_, path, message) => {
    expect(readConfig({ ...enough, SMTP_URL_FILE: path })).toEqual({
      ok: false,
      problems: [expect.stringMatching(message)],
    });
  });
});

test.each([
  [{}, 0],
  [{ PUBLIC_URL: 'http://localhost:4600' }, 0],
  [{ PUBLIC_URL: 'https://support-tools.example.com' }, 1],
  [{ PUBLIC_URL: 'https://support-tools.example.com', TRUST_PROXY: '2' }, 2],
  [{ PUBLIC_URL: 'https://support-tools.example.com', TRUST_PROXY: '0' }, 0],
])('with %j, %d proxies are trusted', (settings, trustProxy) => {
  expect(readConfig({ ...enough, ...settings })).toMatchObject({ ok: true, config: { trustProxy } });
});

test.each([
  [{ TRUST_PROXY: 'true' }, /TRUST_PROXY is "true"; it must be the number of proxies/],
  [{ OPERATOR_TOKEN: 'short' }, /OPERATOR_TOKEN is too short/],
])('%j is refused', (settings, problem) => {
  expect(readConfig({ ...enough, ...settings })).toEqual({ ok: false, problems: [expect.stringMatching(problem)] });
});

test('the token of operators may stand in a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'deskwright-token-'));
  const file = join(folder, 'token');
  writeFileSync(file, 'a-token-of-operators\n');
  expect(readConfig({ ...enough, OPERATOR_TOKEN_FILE: file })).toMatchObject({
    config: { operatorToken: 'a-token-of-operators' },
  });
  rmSync(folder, { recursive: true });
});
