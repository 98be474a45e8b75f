// Starts and stops a local Zendesk.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { ulid } from 'ulid';
import type { Account } from './account/account.ts';
import { createAccount } from './account/create-account.ts';
import { createApp } from './app.ts';
import { type Apps, createApps } from './apps/create-apps.ts';
import { installPackage } from './apps/install-package.ts';
import { type Clock, createClock } from './clock.ts';
import { createFaults, type Faults } from './faults/faults.ts';
import { restGate } from './faults/rest-gate.ts';
import { createZendeskApi } from './http/create-zendesk-api.ts';
import { KEEP_ALIVE_MS, listen } from './listen.ts';
import { createMailbox, type Mailbox } from './mail/mailbox.ts';
import { startSmtpCatcher } from './mail/smtp-catcher.ts';
import type { LocalZendeskOptions } from './options.ts';
import { createPresence } from './pages/agent/presence.ts';
import { createRandom } from './random.ts';
import { readMessagesFile } from './seed/read-messages-file.ts';
import type { Labels } from './seed/seed-backlog.ts';
import { seedNorthwind } from './seed/seed-northwind.ts';
import { OWNER, seedIntegration } from './seed/seed-people.ts';
import { createSlackWorkspace, type SlackWorkspace } from './slack/slack-workspace.ts';
import { createLocalStripe, type LocalStripe } from './stripe/local-stripe.ts';
import { seedPayments } from './stripe/seed-payments.ts';
import { type Https, startHttps } from './tls/start-https.ts';
import { createSurveyTakers } from './trickle/let-customers-answer.ts';
import { startWhenSubscribed } from './trickle/start-when-subscribed.ts';
import { createTrickle, type Trickle } from './trickle/trickle.ts';
import { createWebhookSender, type WebhookSender } from './webhooks/webhook-sender.ts';

export interface LocalZendesk {
  /** `http://host:port`, without a slash at the end. */
  url: string;
  smtpUrl: string;
  /** The same over TLS, and the certificate to trust for it; null unless it was asked for. */
  https: Pick<Https, 'url' | 'certificateFile'> | null;
  account: Account;
  clock: Clock;
  faults: Faults;
  mail: Mailbox;
  /** What was posted to the Slack stand-in at `/slack/services/...`. */
  slack: SlackWorkspace;
  /** The Stripe stand-in at `/v1/...`. */
  stripe: LocalStripe;
  trickle: Trickle;
  /** Installed apps: their frames, tokens and requests. */
  apps: Apps;
  /** Delivery log, and `unfinished()` for tests that wait until everything is sent. */
  webhooks: WebhookSender;
  /** What a person would file each seeded ticket under; on no ticket, for measuring only. */
  labels: Labels;
  stop(): Promise<void>;
}

const DEFAULTS = { port: 4601, smtpPort: 4602, host: '127.0.0.1', backlog: 800, randomSeed: 1 };

/**
 * Starts everything in this process and resolves when it answers.
 * @throws Error when the messages file is bad or no port is free; nothing keeps running then.
 */
export async function startLocalZendesk(options: LocalZendeskOptions = {}): Promise<LocalZendesk> {
  const { host, randomSeed } = { ...DEFAULTS, ...options };
  const clock = options.clock ?? createClock();
  const { account, labels } = buildAccount(options, clock);
  const faults = createFaults(createRandom(randomSeed + 1), clock.now, options.faults);
  const sender = createWebhookSender({
    accountId: account.id,
    webhooks: account.webhooks,
    clock,
    nameOf: (id) => account.users.find(id)?.name,
    newEventId: randomUUID,
    newInvocationId: () => ulid(),
    fateOfDelivery: faults.webhooks.fate,
    ...(options.webhookTimeoutMs === undefined ? {} : { timeoutMs: options.webhookTimeoutMs }),
    ...(options.webhookRetryPauseMs === undefined ? {} : { retryPauseMs: options.webhookRetryPauseMs }),
  });
  account.onTicketChange(sender.ticketChanged);
  account.onWebhookAction(sender.triggerFired);
  account.onMessage(sender.messageAdded);
  const mailbox = createMailbox();
  const slack = createSlackWorkspace(Date.now);
  const stripe = createLocalStripe({ clock, random: createRandom(randomSeed + 3) });
  if (options.seed !== 'empty')
    seedPayments(stripe.account, customersOf(account), createRandom(randomSeed), clock.now());
  const { start = 'off', ...pace } = options.trickle ?? {};
  const presence = createPresence();
  const isOpen = (ticketId: number) => presence.viewers(ticketId).length > 0;
  const takers = createSurveyTakers({ mailbox, random: createRandom(randomSeed + 4), now: Date.now });
  const trickle = createTrickle(account, createRandom(randomSeed + 2), pace, isOpen, takers);

  const addresses = { url: '', smtpUrl: '' };
  // Real time: the service that verifies the tokens does not know how far this account's clock was moved.
  const apps = createApps({ account, clock: { now: Date.now }, url: () => addresses.url });
  for (const one of options.apps ?? []) await installPackage({ apps, account }, one);
  const restApi = createZendeskApi({
    account,
    deliveries: sender,
    apps,
    gate: restGate(faults.rest),
    ...(options.limits === undefined ? {} : { limits: options.limits }),
  });
  const deps = {
    account,
    clock,
    faults,
    mailbox,
    slack,
    stripe,
    sender,
    trickle,
    presence,
    apps,
    restApi,
    addresses: () => addresses,
  };
  const app = createApp(deps);
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, app);
  addresses.url = `http://${host}:${await listen(server, options.port ?? DEFAULTS.port, host)}`;
  const smtp = await startSmtpCatcher({ mailbox, now: clock.now, port: options.smtpPort ?? DEFAULTS.smtpPort, host });
  addresses.smtpUrl = smtp.url;
  const https = options.https === undefined ? null : await startHttps(app, options.https);
  const stopWaiting = start === 'when_subscribed' ? startWhenSubscribed(trickle, sender) : () => undefined;
  if (start === 'now') trickle.start();

  async function stop() {
    stopWaiting();
    trickle.stop();
    sender.stop();
    stripe.stop();
    clock.stop();
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await Promise.all([closed, smtp.stop(), https?.stop()]);
  }
  return {
    ...addresses,
    https,
    account,
    clock,
    faults,
    mail: mailbox,
    slack,
    stripe,
    trickle,
    apps,
    webhooks: sender,
    labels,
    stop,
  };
}

function buildAccount(options: LocalZendeskOptions, clock: Clock): { account: Account; labels: Labels } {
  const { backlog, randomSeed } = { ...DEFAULTS, ...options };
  const rows = options.messages === undefined ? undefined : readMessagesFile(options.messages);
  const account = createAccount({ clock, subdomain: 'northwind', owner: OWNER, messaging: options.messaging });
  if (options.seed === 'empty') {
    seedIntegration(account, clock.now());
    return { account, labels: new Map() };
  }
  return { account, labels: seedNorthwind(account, { random: createRandom(randomSeed), backlog, rows }) };
}

const customersOf = ({ users }: Account) => users.list().filter(({ role }) => role === 'end-user');
