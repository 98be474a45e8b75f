// Logs a command in to the Zendesk account that the environment or the service's database names.
import { type Config, isOnThisMachine, readConfig, zendeskOf } from '../app/config.ts';
import { readServiceRecord } from '../app/service-record.ts';
import { createLogger } from '../platform/logging/logger.ts';
import type { Database } from '../platform/storage/database.ts';
import { createZendesk, type ZendeskClient } from '../zendesk/create-zendesk.ts';
import type { ZendeskLimits } from '../zendesk/limits.ts';
import { readDemoSettings } from './demo/demo-settings.ts';
import { DEMO_DATA_DIR } from './operator-database.ts';

export interface OpenAccount {
  zendesk: ZendeskClient;
  /** `https://acme.zendesk.com`. */
  account: string;
  /** Where Zendesk reaches the service; null: PUBLIC_URL is not set. */
  publicUrl: string | null;
  config: Config;
  /** With the scope that the service asks for, which is less. */
  asService: ZendeskClient;
}

/** Stands for the webhook's secret where none is set. */
export const UNKNOWN_SECRET = 'not known yet';

/** Groups and ticket fields have no scope of their own: writing them takes the global one. */
const SCOPE = 'read write';

/** The OAuth client of every local Zendesk. */
const LOCAL_LOGIN = { ZENDESK_OAUTH_CLIENT_ID: 'deskwright', ZENDESK_OAUTH_CLIENT_SECRET: 'deskwright' };

/**
 * Sends nothing yet. Where no account is set and the database is a demo's, it is the demo's local Zendesk.
 * @param db null: it cannot be used, and only the environment names the account
 * @throws Error with all settings that are missing or wrong
 */
export async function openAccount(
  db: Database | null,
  env: NodeJS.ProcessEnv,
  limits: Partial<ZendeskLimits> = {},
): Promise<OpenAccount> {
  return accountOf({ ...(await demoSettings(db, env)), ...env }, limits);
}

/**
 * Of the account that the environment alone names, for commands that only read. Sends nothing yet.
 * @throws Error with all settings that are missing or wrong
 */
export const zendeskFrom = (env: NodeJS.ProcessEnv, limits: Partial<ZendeskLimits> = {}): ZendeskClient =>
  // The command receives no webhooks.
  accountOf({ ...env, ZENDESK_WEBHOOK_SECRET_FILE: '' }, limits).asService;

function accountOf(env: NodeJS.ProcessEnv, limits: Partial<ZendeskLimits>): OpenAccount {
  // Plans need no webhook secret, which is known only once the webhook exists.
  const given = {
    ...env,
    ...(env.ZENDESK_WEBHOOK_SECRET || env.ZENDESK_WEBHOOK_SECRET_FILE
      ? {}
      : { ZENDESK_WEBHOOK_SECRET: UNKNOWN_SECRET }),
  };
  const read = readConfig(given);
  if (!read.ok)
    throw new Error(`Zendesk cannot be reached:\n${read.problems.map((problem) => `  - ${problem}`).join('\n')}`);
  const { zendesk } = read.config;
  const publicUrl = env.PUBLIC_URL ? read.config.publicUrl : null;
  return {
    zendesk: connectTo(zendesk, SCOPE, limits),
    asService: connectTo(zendesk, undefined, limits),
    account: zendesk.baseUrl,
    publicUrl,
    config: read.config,
  };
}

/** @param scope of an OAuth client; absent: what the service needs */
export const connectTo = (
  { baseUrl, login }: Config['zendesk'],
  scope?: string,
  limits: Partial<ZendeskLimits> = {},
): ZendeskClient =>
  createZendesk({
    baseUrl,
    ...(login.kind === 'oauth' ? { oauth: login } : { apiToken: login }),
    scope,
    clock: Date.now,
    logger: createLogger('error'),
    limits,
  });

/** Those of the demo whose database it is, for commands beside it; empty where the environment names an account. */
export async function demoSettings(db: Database | null, env: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
  if (db === null || zendeskOf(env) !== null) return {};
  const used = await readServiceRecord(db);
  if (used.by !== 'service' || used.zendesk === null || !isOnThisMachine(used.zendesk)) return {};
  return { ZENDESK_BASE_URL: used.zendesk, ...LOCAL_LOGIN, ...(await readDemoSettings(DEMO_DATA_DIR, used.zendesk)) };
}
