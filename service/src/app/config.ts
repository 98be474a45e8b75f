// What has the operator told us through the environment?
import { createPublicKey } from 'node:crypto';
import { resolve } from 'node:path';

export interface Config {
  host: string;
  port: number;
  /** Address under which customers reach us: survey links start with it. No slash at the end. */
  publicUrl: string;
  databaseUrl: string | null;
  redisUrl: string | null;
  dataDir: string;
  policyPath: string;
  zendesk: { baseUrl: string; login: ZendeskLogin };
  /** The secret in force first, then the one it replaces while Zendesk's signatures change over. */
  webhookSecrets: readonly string[];
  sidebar: SidebarConfig;
  smtpUrl: string | null;
  mailFrom: string;
  logLevel: string;
}

/** What the sidebar needs. Without id and key the service runs, and the sidebar's door says what is missing. */
interface SidebarConfig {
  /** The app's id in Zendesk: its key is fetched by it. */
  appId: number | null;
  /** PEM that verifies Zendesk's signed tokens; wins over what `appId` leads to. */
  publicKey: string | null;
  /** Where the page loads Zendesk's app framework from. */
  sdkUrl: string;
}

type ZendeskLogin =
  | { kind: 'oauth'; clientId: string; clientSecret: string }
  | { kind: 'api_token'; email: string; token: string };

export type ConfigResult = { ok: true; config: Config } | { ok: false; problems: string[] };

/** Zendesk asks apps to load the framework from here and nowhere else, so that it can be mended without them. */
const DEFAULT_SDK_URL = 'https://static.zdassets.com/zendesk_app_framework_sdk/2.0/zaf_sdk.min.js';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

/** Reads the environment. All problems are told at once, each with what to do; nothing has a default that would be insecure. */
export function readConfig(env: NodeJS.ProcessEnv): ConfigResult {
  const problems: string[] = [];
  const port = readPort(env.PORT, problems);
  const baseUrl = readZendeskAddress(env, problems);
  const login = readLogin(env, problems);
  const sidebar = readSidebarConfig(env, problems);
  const webhookSecrets = [env.ZENDESK_WEBHOOK_SECRET, env.ZENDESK_WEBHOOK_SECRET_PREVIOUS].filter(
    (secret) => secret !== undefined && secret !== '',
  );
  if (!env.ZENDESK_WEBHOOK_SECRET) {
    problems.push(
      'ZENDESK_WEBHOOK_SECRET is not set, and without it nobody could tell Zendesk from a stranger. In Zendesk: Admin Center > Apps and integrations > Webhooks > your webhook > "Reveal secret" (or GET /api/v2/webhooks/<id>/signing_secret), then set it.',
    );
  }
  const publicUrl = (env.PUBLIC_URL || `http://localhost:${port}`).replace(/\/+$/, '');
  for (const [name, address] of Object.entries(ADDRESSES)) {
    const value = env[name];
    if (value && !isAddress(value, address.schemes))
      problems.push(`${name} is not an address that can be used here (it should look like ${address.example}).`);
  }
  const logLevel = env.LOG_LEVEL || 'info';
  if (!LOG_LEVELS.includes(logLevel)) problems.push(`LOG_LEVEL is "${logLevel}"; allowed: ${LOG_LEVELS.join(', ')}.`);
  if (problems.length > 0 || !login || !baseUrl) return { ok: false, problems };
  return {
    ok: true,
    config: {
      host: env.HOST || '0.0.0.0',
      port,
      publicUrl,
      databaseUrl: env.DATABASE_URL || null,
      redisUrl: env.REDIS_URL || null,
      dataDir: resolve(env.DESKWRIGHT_DATA_DIR || '.deskwright'),
      policyPath: resolve(env.DESKWRIGHT_POLICY || 'config/deskwright.yaml'),
      zendesk: { baseUrl, login },
      webhookSecrets: webhookSecrets as string[],
      sidebar,
      smtpUrl: env.SMTP_URL || null,
      mailFrom: env.MAIL_FROM || 'support@localhost',
      logLevel,
    },
  };
}

const ADDRESSES = {
  PUBLIC_URL: { schemes: ['https:', 'http:'], example: 'https://support-tools.example.com' },
  DATABASE_URL: {
    schemes: ['postgresql:', 'postgres:', 'socket:'],
    example: 'postgresql://user:password@host:5432/deskwright',
  },
  REDIS_URL: { schemes: ['redis:', 'rediss:'], example: 'redis://host:6379' },
  SMTP_URL: { schemes: ['smtp:', 'smtps:'], example: 'smtps://user:password@mail.example.com:465' },
  ZENDESK_APP_SDK_URL: { schemes: ['https:', 'http:'], example: DEFAULT_SDK_URL },
} as const;

function isAddress(text: string, schemes: readonly string[]): boolean {
  return URL.canParse(text) && schemes.includes(new URL(text).protocol);
}

const LOOPBACK = /^(?:localhost|\[::1\]|127(?:\.\d{1,3}){3})$/;

/** Login and customers' words would go through the network for everybody to read; on this machine there is a local Zendesk. */
function isSafe(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || LOOPBACK.test(hostname);
}

function readPort(text: string | undefined, problems: string[]): number {
  const port = Number(text || 4600);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    problems.push(`PORT is "${text}"; it must be a number from 0 to 65535.`);
  return port;
}

function readZendeskAddress(env: NodeJS.ProcessEnv, problems: string[]): string | null {
  const address =
    env.ZENDESK_BASE_URL || (env.ZENDESK_SUBDOMAIN ? `https://${env.ZENDESK_SUBDOMAIN}.zendesk.com` : null);
  if (!address) problems.push('ZENDESK_SUBDOMAIN is not set. For https://acme.zendesk.com set ZENDESK_SUBDOMAIN=acme.');
  else if (!env.ZENDESK_BASE_URL && !/^[a-z0-9][a-z0-9-]*$/i.test(env.ZENDESK_SUBDOMAIN ?? ''))
    problems.push(
      `ZENDESK_SUBDOMAIN is "${env.ZENDESK_SUBDOMAIN}"; it must be the first part of your Zendesk address alone. For https://acme.zendesk.com set ZENDESK_SUBDOMAIN=acme.`,
    );
  else if (!isAddress(address, ['https:', 'http:']))
    problems.push('ZENDESK_BASE_URL is not an address (it should look like https://acme.zendesk.com).');
  else if (!isSafe(address))
    problems.push(
      'ZENDESK_BASE_URL starts with http://, and the login would go through the network unencrypted. Use https:// (http:// is for a local Zendesk on this machine).',
    );
  return address?.replace(/\/+$/, '') ?? null;
}

function readLogin(env: NodeJS.ProcessEnv, problems: string[]): ZendeskLogin | null {
  const { ZENDESK_OAUTH_CLIENT_ID: clientId, ZENDESK_OAUTH_CLIENT_SECRET: clientSecret } = env;
  if (clientId && clientSecret) return { kind: 'oauth', clientId, clientSecret };
  const { ZENDESK_EMAIL: email, ZENDESK_API_TOKEN: token } = env;
  if (email && token) return { kind: 'api_token', email, token };
  problems.push(
    'No login for Zendesk. Make a confidential OAuth client (Admin Center > Apps and integrations > APIs > OAuth clients) and set ZENDESK_OAUTH_CLIENT_ID and ZENDESK_OAUTH_CLIENT_SECRET.',
  );
  return null;
}

function readSidebarConfig(env: NodeJS.ProcessEnv, problems: string[]): SidebarConfig {
  const appId = env.ZENDESK_APP_ID ? Number(env.ZENDESK_APP_ID) : null;
  if (appId !== null && !(Number.isSafeInteger(appId) && appId > 0))
    problems.push(
      `ZENDESK_APP_ID is "${env.ZENDESK_APP_ID}"; it must be the number that Zendesk gave the app (zcli writes it into zcli.apps.config.json as app_id).`,
    );
  // Many places that hold settings have no line ends: there a PEM is written with \n.
  const publicKey = env.ZENDESK_APP_PUBLIC_KEY ? env.ZENDESK_APP_PUBLIC_KEY.replaceAll('\\n', '\n') : null;
  if (publicKey !== null && !isPublicRsaKey(publicKey))
    problems.push(
      'ZENDESK_APP_PUBLIC_KEY is not a public RSA key in PEM form (-----BEGIN PUBLIC KEY-----). Take it from GET /api/v2/apps/<id>/public_key.pem, or leave it unset and set ZENDESK_APP_ID.',
    );
  return { appId, publicKey, sdkUrl: env.ZENDESK_APP_SDK_URL || DEFAULT_SDK_URL };
}

function isPublicRsaKey(pem: string): boolean {
  // A private key would do as well, and should not lie about.
  if (pem.includes('PRIVATE KEY')) return false;
  try {
    return createPublicKey(pem).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}
