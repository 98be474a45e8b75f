// Lists the processes that make up the demo, and how they are connected.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { secretsOf } from '../../app/secrets.ts';
import { removeDataDir } from '../../platform/storage/embedded/accessible-folders.ts';
import { findAppPackage } from '../app-folder.ts';
import { DEMO_DATA_DIR } from '../operator-database.ts';
import { subscribeWebhook } from '../subscribe-webhook.ts';
import { saveDemoSettings } from './demo-settings.ts';
import { addStripeWebhook, localStripe } from './local-stripe.ts';
import { firstLine, type Part, runProcess, waitUntilReady } from './run-process.ts';

export interface DemoOptions {
  port: number;
  zendeskPort: number;
  policyPath: string;
  backlog: number;
  messages: string | null;
  /** Surveys are sent after this delay in place of the policy's. */
  surveyDelay: string;
}

export interface Demo {
  serviceUrl: string;
  zendeskUrl: string;
  /** Whether the app is installed and shown beside every ticket. */
  hasSidebar: boolean;
  dataDir: string;
  parts: Part[];
  stop: () => Promise<void>;
}

/** Login of the local Zendesk's OAuth client; it protects only the demo. */
const CLIENT = { id: 'deskwright', secret: 'deskwright' };
const MAIN = fileURLToPath(new URL('../../main.js', import.meta.url));

/** Starts the local Zendesk, subscribes a webhook, starts the service. Calls `onStep` with the progress. Throws when a part does not start. */
export async function startDemo(options: DemoOptions, onStep: (text: string) => void): Promise<Demo> {
  const dataDir = resolve(DEMO_DATA_DIR);
  const release = await claimDataDir(dataDir);
  const parts: Part[] = [];
  let stopping = false;
  const stop = async () => {
    stopping = true;
    for (const part of parts.toReversed()) await part.stop();
    await release();
  };
  try {
    const port = await findFreePort(options.port);
    const zendeskPort = await findFreePort(options.zendeskPort, new Set([port]));
    const smtpPort = await findFreePort(zendeskPort + 1, new Set([port, zendeskPort]));

    onStep(`Starting the local Zendesk with ${options.messages ?? `${options.backlog} open tickets`}`);
    const serviceUrl = `http://127.0.0.1:${port}`;
    const app = findAppPackage();
    if (app === null) onStep('Starting without the sidebar: build it with `npm run package` first');
    const zendesk = startLocalZendesk(options, { port: zendeskPort, smtpPort, dataDir, app, serviceUrl });
    parts.push(zendesk);
    const { url: zendeskUrl, smtpUrl, appId } = await firstLine(zendesk, readAddresses);

    onStep('Subscribing the service to the events of the local Zendesk');
    const { secret } = await subscribeWebhook(zendeskUrl, CLIENT, `${serviceUrl}/webhooks/zendesk`);
    await addStripeWebhook(zendeskUrl, `${serviceUrl}/webhooks/stripe`);
    onStep('Starting the service with its own PostgreSQL');
    const settings = {
      HOST: '127.0.0.1',
      PORT: String(port),
      PUBLIC_URL: serviceUrl,
      DESKWRIGHT_DATA_DIR: dataDir,
      DESKWRIGHT_POLICY: options.policyPath,
      ZENDESK_BASE_URL: zendeskUrl,
      ZENDESK_OAUTH_CLIENT_ID: CLIENT.id,
      ZENDESK_OAUTH_CLIENT_SECRET: CLIENT.secret,
      ZENDESK_WEBHOOK_SECRET: secret,
      ...(appId === null ? {} : { ZENDESK_APP_ID: String(appId) }),
      ZENDESK_APP_SDK_URL: `${zendeskUrl}/zendesk_app_framework_sdk/2.0/zaf_sdk.min.js`,
      SMTP_URL: smtpUrl,
      ...slackAddresses(zendeskUrl),
      // Of the local Zendesk's back office, which the example policy's tools use.
      TOOL_SECRET_BACK_OFFICE: 'local-back-office',
      ...localStripe(zendeskUrl),
      MAIL_FROM: 'Northwind Outdoor Support <support@northwind.test>',
    };
    await saveDemoSettings(dataDir, settings);
    const startService = () =>
      runProcess(
        'The service',
        MAIN,
        ['--role', 'all', '--survey-delay', options.surveyDelay],
        { ...process.env, ...noInstallation(process.env), NODE_ENV: 'production', ...settings },
        join(dataDir, 'service.log'),
      );
    const service = startService();
    parts.push(service);
    await waitUntilReady(serviceUrl, service);
    void keepRunning(service, () => {
      if (stopping) return null;
      onStep('The service stopped unexpectedly. Restarting it');
      const next = startService();
      parts.push(next);
      return next;
    });
    return { serviceUrl, zendeskUrl, hasSidebar: appId !== null, dataDir, parts, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Empty, because the service would read them from the `.env` of the same folder: the demo must not touch that database, queue, mail or Slack. */
const noInstallation = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(
    [...secretsOf(env).flatMap((name) => [name, `${name}_FILE`]), 'TRUST_PROXY'].map((name) => [name, '']),
  );

/** Of the local Zendesk's Slack: of each channel that the example policy names, and of the default one. */
const slackAddresses = (zendeskUrl: string): NodeJS.ProcessEnv => ({
  SLACK_API_URL: `${zendeskUrl}/slack/api/`,
  SLACK_BOT_TOKEN: 'xoxb-local',
  SLACK_CHANNEL: 'C0GENERAL',
  SLACK_CHANNEL_LEADS: 'C0LEADS',
  SLACK_CHANNEL_SUPPORT: 'C0SUPPORT',
});

/** Restarts the service as a process manager would; a killed service would otherwise leave its PostgreSQL running. */
async function keepRunning(part: Part, startAgain: () => Part | null): Promise<void> {
  for (let current: Part | null = part; current; current = startAgain()) {
    await current.ended;
    await sleep(1_000);
  }
}

interface ZendeskSetup {
  port: number;
  smtpPort: number;
  dataDir: string;
  /** Folder of the app's package; null: none is installed. */
  app: string | null;
  /** For the app's setting: where its pages are loaded from. */
  serviceUrl: string;
}

function startLocalZendesk(options: DemoOptions, setup: ZendeskSetup): Part {
  const home = dirname(createRequire(import.meta.url).resolve('@deskwright/local-zendesk/package.json'));
  const args = [
    '--json',
    '--port',
    String(setup.port),
    '--smtp-port',
    String(setup.smtpPort),
    '--backlog',
    String(options.backlog),
  ];
  if (options.messages) args.push('--messages', resolve(options.messages));
  if (setup.app !== null) args.push('--app', setup.app, '--app-setting', `service_url=${setup.serviceUrl}`);
  return runProcess(
    'The local Zendesk',
    join(home, 'bin', 'local-zendesk.js'),
    args,
    process.env,
    join(setup.dataDir, 'zendesk.log'),
  );
}

const readyLine = z.object({
  url: z.url(),
  smtpUrl: z.string(),
  apps: z.array(z.object({ id: z.number() })).default([]),
});

interface ZendeskAddresses {
  url: string;
  smtpUrl: string;
  /** The installed app's; null if none is installed. */
  appId: number | null;
}

/** From a line it prints; null for every other line. @internal */
export function readAddresses(line: string): ZendeskAddresses | null {
  if (!line.startsWith('{')) return null;
  const parsed = readyLine.safeParse(JSON.parse(line));
  if (!parsed.success) return null;
  const { url, smtpUrl, apps } = parsed.data;
  return { url, smtpUrl, appId: apps[0]?.id ?? null };
}

/**
 * Empties the data directory for this process: the local Zendesk starts from scratch each time, so data from the last run must not stay.
 * Throws, without touching anything, while another demo runs there: its PostgreSQL would lose its files.
 * @returns a function that releases the directory; the data stays for inspection
 * @internal
 */
export async function claimDataDir(dataDir: string): Promise<() => Promise<void>> {
  const claim = join(dataDir, 'demo.pid');
  const pid = Number(await readFile(claim, 'utf8').catch(() => '0'));
  if (pid > 0 && pid !== process.pid && isAlive(pid)) {
    throw new Error(
      `A demo is already running in this folder as process ${pid}; press Ctrl-C in its terminal to stop it. To run a second one, start it from another folder. (If process ${pid} is something else, delete ${claim}.)`,
    );
  }
  await removeDataDir(dataDir);
  await mkdir(dataDir, { recursive: true });
  await writeFile(claim, String(process.pid));
  return () => rm(claim, { force: true });
}

/** Signal 0 only checks; EPERM means that the process exists and belongs to another user. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The preferred port, or the next free one above it (at most 50 higher). Throws when all are taken. */
async function findFreePort(wanted: number, taken: ReadonlySet<number> = new Set()): Promise<number> {
  for (let port = wanted; port <= wanted + 50; port++) {
    if (!taken.has(port) && (await isFree(port))) return port;
  }
  throw new Error(
    `Ports ${wanted} to ${wanted + 50} are all in use. Stop what uses them, or choose another with --port.`,
  );
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
