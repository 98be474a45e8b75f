// What has the operator told us through the environment?
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
  smtpUrl: string | null;
  mailFrom: string;
  logLevel: string;
}

type ZendeskLogin =
  | { kind: 'oauth'; clientId: string; clientSecret: string }
  | { kind: 'api_token'; email: string; token: string };

export type ConfigResult = { ok: true; config: Config } | { ok: false; problems: string[] };

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

/** Reads the environment. All problems are told at once, each with what to do; nothing has a default that would be insecure. */
export function readConfig(env: NodeJS.ProcessEnv): ConfigResult {
  const problems: string[] = [];
  const port = readPort(env.PORT, problems);
  const baseUrl = readZendeskAddress(env, problems);
  const login = readLogin(env, problems);
  const webhookSecrets = [env.ZENDESK_WEBHOOK_SECRET, env.ZENDESK_WEBHOOK_SECRET_PREVIOUS].filter(
    (secret) => secret !== undefined && secret !== '',
  );
  if (!env.ZENDESK_WEBHOOK_SECRET) {
    problems.push(
      'ZENDESK_WEBHOOK_SECRET is not set, and without it nobody could tell Zendesk from a stranger. In Zendesk: Admin Center > Apps and integrations > Webhooks > your webhook > "Reveal secret" (or GET /api/v2/webhooks/<id>/signing_secret), then set it.',
    );
  }
  const publicUrl = (env.PUBLIC_URL || `http://localhost:${port}`).replace(/\/+$/, '');
  for (const [name, value] of Object.entries({
    PUBLIC_URL: env.PUBLIC_URL,
    DATABASE_URL: env.DATABASE_URL,
    REDIS_URL: env.REDIS_URL,
    SMTP_URL: env.SMTP_URL,
  })) {
    if (value && !URL.canParse(value))
      problems.push(`${name} is not an address (it should look like ${EXAMPLES[name]}).`);
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
      smtpUrl: env.SMTP_URL || null,
      mailFrom: env.MAIL_FROM || 'support@localhost',
      logLevel,
    },
  };
}

const EXAMPLES: Record<string, string> = {
  PUBLIC_URL: 'https://support-tools.example.com',
  DATABASE_URL: 'postgresql://user:password@host:5432/deskwright',
  REDIS_URL: 'redis://host:6379',
  SMTP_URL: 'smtps://user:password@mail.example.com:465',
};

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
  else if (!URL.canParse(address))
    problems.push('ZENDESK_BASE_URL is not an address (it should look like https://acme.zendesk.com).');
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
