// Reads and checks the settings that the operator gives through the environment.
import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';

export type Config = z.infer<typeof CONFIG>;

export type ConfigResult = { ok: true; config: Config } | { ok: false; problems: string[] };

/** Zendesk asks apps to load the framework from here and nowhere else, so that it can be fixed without them. */
const DEFAULT_SDK_URL = 'https://static.zdassets.com/zendesk_app_framework_sdk/2.0/zaf_sdk.min.js';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

/** What may stand in a file of its own, named by `<NAME>_FILE`, as secrets of Docker and Kubernetes do. */
const SECRETS = [
  'DATABASE_URL',
  'REDIS_URL',
  'SMTP_URL',
  'ZENDESK_OAUTH_CLIENT_SECRET',
  'ZENDESK_API_TOKEN',
  'ZENDESK_WEBHOOK_SECRET',
  'ZENDESK_WEBHOOK_SECRET_PREVIOUS',
  'ZENDESK_APP_PUBLIC_KEY',
] as const;

/** Reads the environment. All problems are told at once, each with what to do; nothing has a default that would be insecure. */
export function readConfig(given: NodeJS.ProcessEnv): ConfigResult {
  const { env, problems } = readSecretFiles(given);
  const read = CONFIG.safeParse({
    host: env.HOST,
    port: env.PORT,
    zendesk: { baseUrl: env, login: env },
    sidebar: { appId: env.ZENDESK_APP_ID, publicKey: env.ZENDESK_APP_PUBLIC_KEY, sdkUrl: env.ZENDESK_APP_SDK_URL },
    webhookSecrets: env,
    publicUrl: env.PUBLIC_URL,
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    smtpUrl: env.SMTP_URL,
    mailFrom: env.MAIL_FROM,
    dataDir: env.DESKWRIGHT_DATA_DIR,
    policyPath: env.DESKWRIGHT_POLICY,
    logLevel: env.LOG_LEVEL,
  });
  if (read.success && problems.length === 0) return { ok: true, config: read.data };
  return { ok: false, problems: [...problems, ...(read.error?.issues ?? []).map(({ message }) => message)] };
}

/** The environment without empty values, and with the secrets whose files it names. */
export function readSecretFiles(given: NodeJS.ProcessEnv): { env: NodeJS.ProcessEnv; problems: string[] } {
  const env: NodeJS.ProcessEnv = Object.fromEntries(Object.entries(given).filter(([, value]) => value));
  const problems: string[] = [];
  for (const name of SECRETS) {
    const file = env[`${name}_FILE`];
    if (file === undefined) continue;
    if (env[name] !== undefined) {
      problems.push(`${name} and ${name}_FILE are both set; take one of them away.`);
      continue;
    }
    try {
      const secret = readFileSync(file, 'utf8').trim();
      if (secret === '') problems.push(`${name}_FILE names ${file}, which is empty.`);
      else env[name] = secret;
    } catch (error) {
      problems.push(`${name}_FILE names ${file}, which cannot be read (${(error as NodeJS.ErrnoException).code}).`);
    }
  }
  return { env, problems };
}

const isAddress = (text: string, schemes: readonly string[]) =>
  URL.canParse(text) && schemes.includes(new URL(text).protocol);

const address = (name: string, schemes: readonly string[], example: string, isFit = (_url: string) => true) =>
  z
    .string()
    .refine(
      (text) => isAddress(text, schemes) && isFit(text),
      `${name} is not an address that can be used here (it should look like ${example}).`,
    );

const WEB = ['https:', 'http:'];

/** Without login, query and fragment: paths are put behind it, and whoever gets a link sees all of it. */
function isBase(url: string): boolean {
  const { href, origin, pathname } = new URL(url);
  return href === origin + pathname;
}

/** As the URL standard writes it (`https:host` and blanks around it can be read, but not be put into a mail), without a slash at the end. */
const baseAddress = (url: string): string => new URL(url).href.replace(/\/+$/, '');
const LOOPBACK = /^(?:localhost|\[::1\]|127(?:\.\d{1,3}){3})$/;

/** Login and customers' words would go through the network for everybody to read; on this machine there is a local Zendesk. */
function isSafe(zendesk: string): boolean {
  const { protocol, hostname } = new URL(zendesk);
  return protocol === 'https:' || LOOPBACK.test(hostname);
}

const text = z.string().optional();

const ZENDESK_ADDRESS = z
  .object({ ZENDESK_BASE_URL: text, ZENDESK_SUBDOMAIN: text })
  .transform(({ ZENDESK_BASE_URL: url, ZENDESK_SUBDOMAIN: subdomain }, context): string => {
    const refuse = (message: string) => {
      context.addIssue(message);
      return z.NEVER;
    };
    if (url !== undefined) {
      if (!isAddress(url, WEB) || !isBase(url) || new URL(url).pathname !== '/')
        return refuse(
          'ZENDESK_BASE_URL is not an address without login and path (it should look like https://acme.zendesk.com).',
        );
      if (!isSafe(url))
        return refuse(
          'ZENDESK_BASE_URL starts with http://, and the login would go through the network unencrypted. Use https:// (http:// is for a local Zendesk on this machine).',
        );
      return baseAddress(url);
    }
    const example = 'For https://acme.zendesk.com set ZENDESK_SUBDOMAIN=acme.';
    if (subdomain === undefined) return refuse(`ZENDESK_SUBDOMAIN is not set. ${example}`);
    if (!/^[a-z0-9][a-z0-9-]*$/i.test(subdomain))
      return refuse(
        `ZENDESK_SUBDOMAIN is "${subdomain}"; it must be the first part of your Zendesk address alone. ${example}`,
      );
    return `https://${subdomain}.zendesk.com`;
  });

type ZendeskLogin =
  | { kind: 'oauth'; clientId: string; clientSecret: string }
  | { kind: 'api_token'; email: string; token: string };

const LOGIN = z
  .object({
    ZENDESK_OAUTH_CLIENT_ID: text,
    ZENDESK_OAUTH_CLIENT_SECRET: text,
    ZENDESK_EMAIL: text,
    ZENDESK_API_TOKEN: text,
  })
  .transform((env, context): ZendeskLogin => {
    const { ZENDESK_OAUTH_CLIENT_ID: clientId, ZENDESK_OAUTH_CLIENT_SECRET: clientSecret } = env;
    if (clientId !== undefined && clientSecret !== undefined) return { kind: 'oauth', clientId, clientSecret };
    const { ZENDESK_EMAIL: email, ZENDESK_API_TOKEN: token } = env;
    if (email !== undefined && token !== undefined) return { kind: 'api_token', email, token };
    context.addIssue(
      'No login for Zendesk. Make a confidential OAuth client (Admin Center > Apps and integrations > APIs > OAuth clients) and set ZENDESK_OAUTH_CLIENT_ID and ZENDESK_OAUTH_CLIENT_SECRET.',
    );
    return z.NEVER;
  });

/** The secret in force first, then the one it replaces while Zendesk's signatures change over. */
const WEBHOOK_SECRETS = z
  .object({
    ZENDESK_WEBHOOK_SECRET: z.string(
      'ZENDESK_WEBHOOK_SECRET is not set, and without it nobody could tell Zendesk from a stranger. In Zendesk: Admin Center > Apps and integrations > Webhooks > your webhook > "Reveal secret" (or GET /api/v2/webhooks/<id>/signing_secret), then set it.',
    ),
    ZENDESK_WEBHOOK_SECRET_PREVIOUS: text,
  })
  .transform(({ ZENDESK_WEBHOOK_SECRET: current, ZENDESK_WEBHOOK_SECRET_PREVIOUS: previous }): readonly string[] =>
    previous === undefined ? [current] : [current, previous],
  );

/** Without id and key the service runs, and the page of the sidebar says what is missing. */
const SIDEBAR = z.object({
  /** The app's id in Zendesk: its key is fetched by it. */
  appId: z
    .string()
    .refine((id) => Number.isSafeInteger(Number(id)) && Number(id) > 0, {
      error: ({ input }) =>
        `ZENDESK_APP_ID is "${String(input)}"; it must be the number that Zendesk gave the app (zcli writes it into zcli.apps.config.json as app_id).`,
    })
    .transform(Number)
    .nullable()
    .default(null),
  /** PEM that verifies Zendesk's signed tokens; wins over what `appId` leads to. */
  publicKey: z
    .string()
    // Many places that hold settings have no line ends: there a PEM is written with \n.
    .transform((pem) => pem.replaceAll('\\n', '\n'))
    .refine(
      isPublicRsaKey,
      'ZENDESK_APP_PUBLIC_KEY is not a public RSA key in PEM form (-----BEGIN PUBLIC KEY-----). Take it from GET /api/v2/apps/<id>/public_key.pem, or leave it unset and set ZENDESK_APP_ID.',
    )
    .nullable()
    .default(null),
  /** Where the page loads Zendesk's app framework from. */
  sdkUrl: address('ZENDESK_APP_SDK_URL', WEB, DEFAULT_SDK_URL).default(DEFAULT_SDK_URL),
});

function isPublicRsaKey(pem: string): boolean {
  // A private key would do as well, and should not lie about.
  if (pem.includes('PRIVATE KEY')) return false;
  try {
    return createPublicKey(pem).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}

/** Problems are told in this order. */
const CONFIG = z
  .object({
    host: z.string().default('0.0.0.0'),
    port: z
      .string()
      .refine((port) => /^\d+$/.test(port) && Number(port) <= 65_535, {
        error: ({ input }) => `PORT is "${String(input)}"; it must be a number from 0 to 65535.`,
      })
      .transform(Number)
      .default(4600),
    zendesk: z.object({ baseUrl: ZENDESK_ADDRESS, login: LOGIN }),
    sidebar: SIDEBAR,
    webhookSecrets: WEBHOOK_SECRETS,
    publicUrl: address('PUBLIC_URL', WEB, 'https://support-tools.example.com', isBase).optional(),
    databaseUrl: address(
      'DATABASE_URL',
      ['postgresql:', 'postgres:', 'socket:'],
      'postgresql://user:password@host:5432/deskwright',
    )
      .nullable()
      .default(null),
    redisUrl: address('REDIS_URL', ['redis:', 'rediss:'], 'redis://host:6379').nullable().default(null),
    smtpUrl: address('SMTP_URL', ['smtp:', 'smtps:'], 'smtps://user:password@mail.example.com:465')
      .nullable()
      .default(null),
    mailFrom: z.string().default('support@localhost'),
    dataDir: z
      .string()
      .default('.deskwright')
      .transform((path) => resolve(path)),
    policyPath: z
      .string()
      .default('config/deskwright.yaml')
      .transform((path) => resolve(path)),
    logLevel: z
      .string()
      .refine((level) => LOG_LEVELS.includes(level), {
        error: ({ input }) => `LOG_LEVEL is "${String(input)}"; allowed: ${LOG_LEVELS.join(', ')}.`,
      })
      .default('info'),
  })
  .transform((config) => ({
    ...config,
    /** Address under which customers reach us: survey links start with it. No slash at the end. */
    publicUrl: baseAddress(config.publicUrl ?? `http://localhost:${config.port}`),
  }));
