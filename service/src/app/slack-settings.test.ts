import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from './config.ts';

const enough = {
  ZENDESK_SUBDOMAIN: 'acme',
  ZENDESK_OAUTH_CLIENT_ID: 'deskwright',
  ZENDESK_OAUTH_CLIENT_SECRET: 'secret',
  ZENDESK_WEBHOOK_SECRET: 'signing',
};
const address = (secret = 'aBcDeFgH12345678') => `https://hooks.slack.com/services/T0ABC/B0DEF/${secret}`;

test('without a Slack setting there is no channel', () => {
  expect(readConfig(enough)).toMatchObject({ ok: true, config: { slack: {} } });
  expect(readConfig({ ...enough, SLACK_WEBHOOK_URL: '' })).toMatchObject({ ok: true, config: { slack: {} } });
});

test('each setting is a channel by its name, given directly or by a file', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'deskwright-slack-')), 'leads');
  writeFileSync(file, `${address('ofLeads')}\n`);
  const read = readConfig({
    ...enough,
    SLACK_WEBHOOK_URL: address('ofAll'),
    SLACK_WEBHOOK_URL_LEADS_FILE: file,
    SLACK_WEBHOOK_URL_TIER_2: 'https://chat.example.test/hooks/abc',
    SLACK_WEBHOOK_URL_LOCAL: 'http://127.0.0.1:4601/slack/services/T0NORTHWIND/B0LEADS/local',
  });
  expect(read).toMatchObject({
    ok: true,
    config: {
      slack: {
        default: address('ofAll'),
        leads: address('ofLeads'),
        tier_2: 'https://chat.example.test/hooks/abc',
        local: 'http://127.0.0.1:4601/slack/services/T0NORTHWIND/B0LEADS/local',
      },
    },
  });
});

test.each([
  ['no address', 'leads'],
  ['a placeholder', 'https://hooks.slack.com/services/<your team>/<webhook>/<secret>'],
  [
    'the example of Slack’s documentation',
    'https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX',
  ],
  ['the page of a channel', 'https://acme.slack.com/archives/C012345'],
  ['half an address', 'https://hooks.slack.com/services/T0ABC'],
  ['unencrypted', 'http://hooks.slack.com/services/T0ABC/B0DEF/aBcDeFgH12345678'],
  ['a token', 'xoxb-1234-secret'],
])('refuses %s and names the setting, not its value', (_what, given) => {
  const read = readConfig({ ...enough, SLACK_WEBHOOK_URL_LEADS: given });
  expect(read).toMatchObject({
    ok: false,
    problems: [expect.stringMatching(/^SLACK_WEBHOOK_URL_LEADS is not the address of an incoming webhook/)],
  });
  expect(JSON.stringify(read)).not.toContain(given);
});

test('tells a workflow from an incoming webhook, and what is wrong with a name', () => {
  const problems = (env: NodeJS.ProcessEnv) => {
    const read = readConfig({ ...enough, ...env });
    return read.ok ? [] : read.problems;
  };
  expect(problems({ SLACK_WEBHOOK_URL: 'https://hooks.slack.com/triggers/T0/1/abc' })).toEqual([
    expect.stringContaining('is the address of a workflow'),
  ]);
  expect(problems({ 'SLACK_WEBHOOK_URL_my-team': address() })).toEqual([
    expect.stringContaining('A to Z, digits and _'),
  ]);
  expect(problems({ SLACK_WEBHOOK_URL: address('a'), SLACK_WEBHOOK_URL_DEFAULT: address('b') })).toEqual([
    expect.stringContaining('remove one of them'),
  ]);
  expect(problems({ SLACK_WEBHOOK_URL_LEADS_FILE: '/no/such/file' })).toEqual([
    'SLACK_WEBHOOK_URL_LEADS_FILE names /no/such/file, which cannot be read (ENOENT).',
  ]);
});

describe('a bot', () => {
  const bot = { SLACK_BOT_TOKEN: 'xoxb-1-2-abc', SLACK_CHANNEL_LEADS: 'C0123456789' };

  test('posts to the channels that have an id, also where there is a webhook', () => {
    const read = readConfig({
      ...enough,
      ...bot,
      SLACK_WEBHOOK_URL_LEADS: address(),
      SLACK_WEBHOOK_URL: address('all'),
    });
    const leads = { channelId: 'C0123456789', token: 'xoxb-1-2-abc' };
    expect(read).toMatchObject({ ok: true, config: { slack: { leads, default: address('all') } } });
  });

  test.each([
    ['an id without a token', { SLACK_BOT_TOKEN: '' }, /^SLACK_CHANNEL_LEADS is set and SLACK_BOT_TOKEN is not/],
    ['the token of a person', { SLACK_BOT_TOKEN: 'xoxp-1-secret' }, /^SLACK_BOT_TOKEN is not the token of a bot/],
    [
      'the name of a channel',
      { SLACK_CHANNEL_LEADS: '#leads' },
      /^SLACK_CHANNEL_LEADS is not the id of a Slack channel/,
    ],
    ['a name of its own', { 'SLACK_CHANNEL_le-ads': 'C0123456789' }, /^SLACK_CHANNEL_le-ads is not a valid setting/],
    ['an unencrypted API', { SLACK_API_URL: 'http://slack.example.test/api/' }, /^SLACK_API_URL is not an address/],
  ])('is refused with %s', (_what, env, problem) => {
    const read = readConfig({ ...enough, ...bot, ...env });
    expect(read).toMatchObject({ ok: false, problems: [expect.stringMatching(problem)] });
    expect(JSON.stringify(read)).not.toContain('secret');
  });
});
