// Starts a complete system for a journey: the local Zendesk, a webhook and the service, over real HTTP.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  BACK_OFFICE_SECRET,
  type LocalZendesk,
  type LocalZendeskOptions,
  SLACK_API_PATH,
  SLACK_BOT_TOKEN,
  STRIPE_SECRET_KEY,
  STRIPE_WEBHOOK_SECRET,
  slackChannelId,
  slackWebhookPath,
  startLocalZendesk,
} from '@deskwright/local-zendesk';
import { composeService } from '../src/app/compose.ts';
import type { Config } from '../src/app/config.ts';
import type { Capability } from '../src/app/features.ts';
import { subscribeWebhook } from '../src/cli/subscribe-webhook.ts';
import { createQueue } from '../src/platform/jobs/create-queue.ts';
import { type JobQueue } from '../src/platform/jobs/job-queue.ts';
import { createLogger, type Logger } from '../src/platform/logging/logger.ts';
import { ALL_JOBS } from './all-jobs.ts';
import { freePort } from './free-port.ts';
import { examplePolicyText } from './pipeline-deps.ts';
import { placeExampleGuidance } from './place-example-guidance.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

export interface Harness {
  zendesk: LocalZendesk;
  database: TestDatabase;
  serviceUrl: string;
  policyPath: string;
  /** Runs a job at once, as its schedule would. */
  queue: JobQueue;
  stopService: () => Promise<void>;
  startService: () => Promise<void>;
  stop: () => Promise<void>;
}

export interface HarnessOptions {
  zendesk?: LocalZendeskOptions;
  policy?: string;
  surveyDelayMs?: number;
  logger?: Logger;
  /** Only watch until somebody activates the account; default: act. */
  watchesAtFirst?: boolean;
  /** The service's own, in epoch milliseconds. Default: the system's. */
  clock?: () => number;
  /** In place of all that there are. */
  capabilities?: readonly Capability[];
  /** Where the service finds the mail server, given where it is. */
  reachMail?: (smtpUrl: string) => Promise<string | null>;
  /** Channels that have an address, in the local Zendesk's Slack. */
  slackChannels?: readonly string[];
  /** Where the service finds Slack, given where it is; it then posts as a bot. */
  reachSlack?: (url: string) => Promise<string>;
  /** In place of a key that may do all that refunds need. */
  stripeKey?: string;
  /** Where the service finds its database, given where it is; the harness then makes it ready. Default: there. */
  reachDatabase?: (url: string) => Promise<string>;
  /** Installs the app, given the service's address, and gives back the app's id: the sidebar is configured with it. */
  installApp?: (zendesk: LocalZendesk, serviceUrl: string) => Promise<number>;
}

const CLIENT = { id: 'deskwright', secret: 'deskwright' };

export async function startHarness(options: HarnessOptions = {}): Promise<Harness> {
  const port = await freePort();
  const serviceUrl = `http://127.0.0.1:${port}`;
  const zendesk = await startLocalZendesk({ port: 0, smtpPort: 0, backlog: 0, ...options.zendesk });
  const appId = (await options.installApp?.(zendesk, serviceUrl)) ?? null;
  const database = await createTestDatabase();
  const databaseUrl = (await options.reachDatabase?.(database.url)) ?? database.url;
  const { secret } = await subscribeWebhook(zendesk.url, CLIENT, `${serviceUrl}/webhooks/zendesk`);
  const policyFolder = mkdtempSync(join(tmpdir(), 'deskwright-journey-'));
  const policyPath = join(policyFolder, 'deskwright.yaml');
  placeExampleGuidance(policyFolder);
  writeFileSync(policyPath, options.policy ?? examplePolicyText());
  const logger = options.logger ?? createLogger(process.env.LOG_LEVEL ?? 'silent');
  const slackUrl = await options.reachSlack?.(zendesk.url);
  const config: Config = {
    host: '127.0.0.1',
    port,
    publicUrl: serviceUrl,
    operatorToken: null,
    surveyMail: { secret: null, address: null },
    trustProxy: 0,
    databaseUrl,
    redisUrl: null,
    dataDir: tmpdir(),
    policyPath,
    zendesk: { baseUrl: zendesk.url, login: { kind: 'oauth', clientId: CLIENT.id, clientSecret: CLIENT.secret } },
    webhookSecrets: [secret],
    sidebar: {
      appId,
      publicKey: null,
      sdkUrl: `${zendesk.url}/zendesk_app_framework_sdk/2.0/zaf_sdk.min.js`,
    },
    smtpUrl: options.reachMail ? await options.reachMail(zendesk.smtpUrl) : zendesk.smtpUrl,
    mailFrom: 'Northwind Outdoor Support <support@northwind.test>',
    slack: Object.fromEntries(
      (options.slackChannels ?? []).map((channel) => [
        channel,
        slackUrl === undefined
          ? `${zendesk.url}${slackWebhookPath(channel)}`
          : { channelId: slackChannelId(channel), token: SLACK_BOT_TOKEN, apiUrl: `${slackUrl}${SLACK_API_PATH}` },
      ]),
    ),
    stripe: {
      secretKey: options.stripeKey ?? STRIPE_SECRET_KEY,
      webhookSecret: STRIPE_WEBHOOK_SECRET,
      baseUrl: zendesk.url,
      accounts: [],
      isTest: true,
    },
    toolSecrets: { back_office: BACK_OFFICE_SECRET },
    logLevel: 'silent',
  };
  const startService = () =>
    composeService(config, {
      role: 'all',
      surveyDelayMs: options.surveyDelayMs ?? 0,
      logger,
      watchesAtFirst: options.watchesAtFirst ?? false,
      ...(options.clock ? { clock: options.clock } : {}),
      ...(options.capabilities ? { capabilities: options.capabilities } : {}),
    });
  let service = await startService();
  const queue = await createQueue({ databaseUrl, redisUrl: null }, ALL_JOBS, {
    logger,
    clock: Date.now,
    maxWaitMs: 120_000,
  });
  await until('the service is ready', async () => (await fetch(`${serviceUrl}/readyz`)).ok);
  return {
    zendesk,
    database,
    serviceUrl,
    policyPath,
    queue,
    stopService: () => service.stop(10_000),
    startService: async () => {
      service = await startService();
    },
    stop: async () => {
      await queue.stop({ graceMs: 0 });
      await service.stop(10_000);
      await zendesk.stop();
      await database.drop();
    },
  };
}

/** Looks until it sees something (truthy), or fails after the deadline with what it was waiting for. */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  deadlineMs = 150_000,
  everyMs = 50,
): Promise<NonNullable<T>> {
  const deadline = Date.now() + deadlineMs;
  let last = '';
  while (Date.now() < deadline) {
    try {
      const seen = await look();
      if (seen) return seen;
    } catch (error) {
      last = ` (${String(error)})`;
    }
    await sleep(everyMs);
  }
  throw new Error(`Waited ${deadlineMs} ms in vain: ${what}${last}`);
}
