import { readFileSync } from 'node:fs';
import { type LocalZendesk, startLocalZendesk } from '@deskwright/local-zendesk';
import { EVENT_TYPES } from './event-types.ts';
import { runWebhook } from './webhook.ts';

let zendesk: LocalZendesk;
beforeAll(async () => {
  zendesk = await startLocalZendesk({ port: 0, smtpPort: 0, backlog: 0, seed: 'empty', trickle: { start: 'off' } });
});
afterEach(() => {
  for (const { id } of zendesk.account.webhooks.list()) zendesk.account.webhooks.delete(id, { id: 1 });
});
afterAll(() => zendesk.stop());

const ENDPOINT = 'https://deskwright.example.com/webhooks/zendesk';

async function run({ events = false, env = {} }: { events?: boolean; env?: NodeJS.ProcessEnv } = {}) {
  const [out, err]: [string[], string[]] = [[], []];
  const given = {
    ZENDESK_BASE_URL: zendesk.url,
    ZENDESK_OAUTH_CLIENT_ID: 'deskwright',
    ZENDESK_OAUTH_CLIENT_SECRET: 'deskwright',
    PUBLIC_URL: 'https://deskwright.example.com/',
    ...env,
  };
  const code = await runWebhook({
    events,
    env: given,
    out: (line) => out.push(line),
    err: (line) => err.push(line),
  });
  return { code, out, err: err.join('\n') };
}

test('makes the webhook with the event types that Zendesk has, and prints its secret alone for scripts', async () => {
  const { code, out, err } = await run();

  const [webhook] = zendesk.account.webhooks.list();
  expect(webhook).toMatchObject({ endpoint: ENDPOINT, status: 'active', subscriptions: EVENT_TYPES });
  expect([code, out]).toEqual([0, [`ZENDESK_WEBHOOK_SECRET=${webhook!.signing_secret}`]]);
  expect(err).toMatch(/^Created: webhook .* sends ticket events to https:/);
});

test('called again, it makes no second one: it switches the first on and adds what is missing', async () => {
  const made = zendesk.account.webhooks.create(
    {
      name: 'Made by hand',
      endpoint: ENDPOINT,
      status: 'inactive',
      subscriptions: ['zen:event-type:ticket.created', 'zen:event-type:user.created'],
      signing_secret: 'kept',
    },
    { id: 1 },
  );
  expect(made.ok).toBe(true);

  const { out, err } = await run();

  expect(zendesk.account.webhooks.list()).toEqual([
    expect.objectContaining({
      status: 'active',
      subscriptions: expect.arrayContaining(['zen:event-type:user.created', ...EVENT_TYPES]),
    }),
  ]);
  expect(out).toEqual(['ZENDESK_WEBHOOK_SECRET=kept']);
  expect(err).toMatch(/^Brought up to date/);
});

test('one that triggers fire is left alone: it can never take events', async () => {
  zendesk.account.webhooks.create({ name: 'Triggers', endpoint: ENDPOINT }, { id: 1 });
  await run();
  expect(zendesk.account.webhooks.list().map(({ name }) => name)).toEqual(['Triggers', 'Deskwright']);
});

test('says what is missing, all at once, and whether Zendesk refuses or is not there', async () => {
  await expect(run({ env: { PUBLIC_URL: '', ZENDESK_OAUTH_CLIENT_SECRET: '' } })).rejects.toThrow(
    /cannot be made:(.|\n)*OAUTH_CLIENT_SECRET(.|\n)*PUBLIC_URL is not set/,
  );
  await expect(run({ env: { ZENDESK_OAUTH_CLIENT_SECRET: 'wrong' } })).rejects.toThrow(/oauth\/tokens answered 401/);
  await expect(run({ env: { ZENDESK_BASE_URL: 'http://127.0.0.1:1' } })).rejects.toThrow(
    /does not answer at http:\/\/127.0.0.1:1/,
  );
});

test('the event types can be seen without any login', async () => {
  expect(await run({ events: true, env: { ZENDESK_BASE_URL: '' } })).toMatchObject({
    code: 0,
    out: EVENT_TYPES,
    err: '',
  });
});

test('the guides name no other event type than the service subscribes to', () => {
  for (const guide of ['install', 'operating']) {
    const text = readFileSync(new URL(`../../../docs/guides/${guide}.md`, import.meta.url), 'utf8');
    for (const [name] of text.matchAll(/zen:event-type:[\w.*]+/g)) expect(EVENT_TYPES).toContain(name);
    expect(text).toContain('npx deskwright webhook');
  }
});
