import { expectOk } from './account/result.ts';
import { type LocalZendesk, startLocalZendesk } from './server.ts';
import { until } from './testing/until.ts';
import { startWebhookReceiver } from './testing/webhook-receiver.ts';

let zendesk: LocalZendesk | undefined;
afterEach(() => zendesk?.stop());

test('starts with the backlog, answers on its addresses, and knows the intended categories', async () => {
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

test('an empty account has its owner and the OAuth client only', async () => {
  zendesk = await startLocalZendesk({ port: 0, smtpPort: 0, seed: 'empty' });
  expect(zendesk.account.views.list()).toEqual([]);
  expect(zendesk.account.oauth.findClient('deskwright')?.secret).toBe('deskwright');
});

test('the trickle waits for somebody who listens', async () => {
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

test('two of the same seed are the same, at the same time of the clock', async () => {
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
