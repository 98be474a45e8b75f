import { readConfig } from './config.ts';

const enough = {
  ZENDESK_SUBDOMAIN: 'acme',
  ZENDESK_OAUTH_CLIENT_ID: 'deskwright',
  ZENDESK_OAUTH_CLIENT_SECRET: 'secret',
  ZENDESK_WEBHOOK_SECRET: 'signing',
};

test('the least that must be set is enough, and the rest has defaults', () => {
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

test('during rotation the previous secret comes second', () => {
  const result = readConfig({ ...enough, ZENDESK_WEBHOOK_SECRET_PREVIOUS: 'old' });

  expect(result).toMatchObject({ ok: true, config: { webhookSecrets: ['signing', 'old'] } });
});

test('all problems are told at once', () => {
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
