import { readFileSync } from 'node:fs';
import { type LocalZendesk, startLocalZendesk } from '@deskwright/local-zendesk';
import { EVENT_TYPES, MESSAGE_ADDED } from '../tickets/receive/ticket-event.ts';
import { runWebhook } from './webhook.ts';

let zendesk: LocalZendesk;
const EMPTY = { port: 0, smtpPort: 0, backlog: 0, seed: 'empty', trickle: { start: 'off' } } as const;
beforeAll(async () => {
  zendesk = await startLocalZendesk(EMPTY);
});
afterEach(() => {
  for (const { id } of zendesk.account.webhooks.list()) zendesk.account.webhooks.delete(id, { id: 1 });
});
afterAll(() => zendesk.stop());

const ENDPOINT = 'https://deskwright.example.com/webhooks/zendesk';

/** For Zendesk triggers, unless it subscribes to events. */
const make = (about: Parameters<LocalZendesk['account']['webhooks']['create']>[0], { account } = zendesk) => {
  const made = account.webhooks.create({ name: 'Deskwright', endpoint: ENDPOINT, ...about }, { id: 1 });
  if (!made.ok) throw new Error(JSON.stringify(made));
  return made.value;
};

type RunOptions = { events?: boolean; dryRun?: boolean; env?: NodeJS.ProcessEnv };

async function run({ events = false, dryRun = false, env = {} }: RunOptions = {}) {
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
    dryRun,
    env: given,
    out: (line) => out.push(line),
    err: (line) => err.push(line),
  });
  return { code, out, err: err.join('\n') };
}

test("creates the webhook with Zendesk's event types, and prints only its secret for scripts", async () => {
  const { code, out, err } = await run();

  const [webhook] = zendesk.account.webhooks.list();
  expect(webhook).toMatchObject({ endpoint: ENDPOINT, status: 'active', subscriptions: EVENT_TYPES });
  expect([code, out]).toEqual([0, [`ZENDESK_WEBHOOK_SECRET=${webhook!.signing_secret}`]]);
  expect(err).toMatch(/^Created: webhook .* sends ticket events to https:/);
});

test('called again, it creates no second webhook: it activates the first and adds what is missing', async () => {
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
  expect(err).toMatch(/^Updated/);
});

test('finds the existing webhook in an account with several pages of webhooks', async () => {
  for (let n = 0; n < 205; n++) make({ name: `Shop ${n}`, endpoint: `https://shop.example.com/${n}` });
  const { id } = make({ subscriptions: EVENT_TYPES, signing_secret: 'on-page-three' });

  const { out, err } = await run();

  expect(out).toEqual(['ZENDESK_WEBHOOK_SECRET=on-page-three']);
  expect(err).toContain(`webhook ${id} `);
  expect(zendesk.account.webhooks.list()).toHaveLength(206);
});

test('leaves a webhook for Zendesk triggers unchanged, because it cannot receive events, and keeps its secret', async () => {
  const { id } = make({ name: 'Triggers', signing_secret: 'of-the-triggers' });
  const { out, err } = await run();
  expect(zendesk.account.webhooks.list().map(({ name }) => name)).toEqual(['Triggers', 'Deskwright']);
  expect(err).toMatch(new RegExp(`"Triggers" \\(${id}\\).*ZENDESK_WEBHOOK_SECRET_PREVIOUS`));
  expect(out.join()).not.toContain('of-the-triggers');
});

test('does not mention other webhooks that send elsewhere or are inactive', async () => {
  make({ name: 'Off', status: 'inactive' });
  make({ name: 'Shop', endpoint: 'https://shop.example.com/' });
  expect((await run()).err).not.toMatch(/Off|Shop|PREVIOUS/);
});

describe('an account that refuses the messages of messaging tickets', () => {
  let without: LocalZendesk;
  beforeEach(async () => {
    without = await startLocalZendesk({ ...EMPTY, messaging: false });
  });
  afterEach(() => without.stop());
  const rest = EVENT_TYPES.filter((type) => type !== MESSAGE_ADDED);
  const here = () => ({ env: { ZENDESK_BASE_URL: without.url } });

  test('gets a webhook with the other events, and the output says so', async () => {
    const { code, out, err } = await run(here());

    const [webhook, ...others] = without.account.webhooks.list();
    expect(webhook).toMatchObject({ endpoint: ENDPOINT, status: 'active', subscriptions: rest });
    expect(others).toEqual([]);
    expect([code, out]).toEqual([0, [`ZENDESK_WEBHOOK_SECRET=${webhook!.signing_secret}`]]);
    expect(err).toMatch(/^Created: webhook /);
    expect(err).toMatch(
      /does not send messages of messaging tickets \(zen:event-type:messaging_ticket.message_added\)/,
    );
    expect(err).toMatch(/POST \/api\/v2\/webhooks answered 400 .*no event type/);

    const again = await run(here());
    expect(again.err).toMatch(/^Nothing to do: webhook /);
    expect(again.err).toContain('does not send messages of messaging tickets');
    expect(without.account.webhooks.list()).toMatchObject([{ id: webhook!.id, subscriptions: rest }]);
  });

  test('gets its inactive webhook updated', async () => {
    const { id } = make({ status: 'inactive', subscriptions: rest.slice(1) }, without);
    expect((await run(here())).err).toMatch(/^Updated: webhook (.|\n)*does not send messages/);
    expect(without.account.webhooks.find(id)).toMatchObject({ status: 'active' });
    expect(without.account.webhooks.find(id)?.subscriptions.toSorted()).toEqual(rest.toSorted());
  });
});

describe('reports in a dry run what would be done, and changes nothing', () => {
  test.each<[string, Parameters<typeof make>[0][], RegExp]>([
    ['none is there', [], /^Would create a webhook that sends ticket events to https:/],
    [
      'it is off and lacks types',
      [{ status: 'inactive', subscriptions: EVENT_TYPES.slice(2) }],
      new RegExp(`^Would activate webhook .* Would add to it: ${EVENT_TYPES[0]}, ${EVENT_TYPES[1]}\\.`, 's'),
    ],
    ['it is as it should be', [{ subscriptions: EVENT_TYPES }], /^Nothing to do: webhook /],
    ['another uses the address', [{ name: 'Triggers' }], /^Would create (.|\n)*"Triggers" .*SECRET_PREVIOUS/],
  ])('%s', async (_, webhooks, expected) => {
    for (const webhook of webhooks) make(webhook);
    const before = zendesk.account.webhooks.list();

    const { out, err } = await run({ dryRun: true });

    expect(err).toMatch(expected);
    expect(out).toEqual([]);
    expect(zendesk.account.webhooks.list()).toEqual(before);
  });
});

test('reports all missing settings at once, and whether Zendesk refuses or cannot be reached', async () => {
  await expect(run({ env: { PUBLIC_URL: '', ZENDESK_OAUTH_CLIENT_SECRET: '' } })).rejects.toThrow(
    /cannot be set up:(.|\n)*OAUTH_CLIENT_SECRET(.|\n)*PUBLIC_URL is not set/,
  );
  await expect(run({ env: { ZENDESK_OAUTH_CLIENT_SECRET: 'wrong' } })).rejects.toThrow(/oauth\/tokens answered 401/);
  await expect(run({ env: { ZENDESK_BASE_URL: 'http://127.0.0.1:1' } })).rejects.toThrow(
    /does not answer at http:\/\/127.0.0.1:1/,
  );
});

test('prints the event types without a login', async () => {
  expect(await run({ events: true, env: { ZENDESK_BASE_URL: '' } })).toMatchObject({
    code: 0,
    out: EVENT_TYPES,
    err: '',
  });
});

test('the guides name exactly the event types that the service subscribes to', () => {
  for (const guide of ['install', 'operating']) {
    const text = readFileSync(new URL(`../../../docs/guides/${guide}.md`, import.meta.url), 'utf8');
    for (const [name] of text.matchAll(/zen:event-type:[\w.*]+/g)) expect(EVENT_TYPES).toContain(name);
    expect(text).toContain('npx deskwright webhook');
  }
});
