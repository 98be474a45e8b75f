// Reads and validates the settings in the environment.
import { createPublicKey } from 'node:crypto';
import { resolve } from 'node:path';
import { z } from 'zod';
import { MAIL_FROM, SMTP_URL, SURVEY_MAIL } from './mail-settings.ts';
import { readSecretFiles, toolSecrets, WEBHOOK_SECRETS } from './secrets.ts';
import { slackAddresses } from './slack-settings.ts';
import { stripeSettings } from './stripe-settings.ts';

export type Config = z.infer<typeof CONFIG>;

export type ConfigResult = { ok: true; config: Config } | { ok: false; problems: string[] };

/** Zendesk requires apps to load the framework from this address, so that it can be updated without them. */
const DEFAULT_SDK_URL = 'https://static.zdassets.com/zendesk_app_framework_sdk/2.0/zaf_sdk.min.js';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];
/** Reads the environment. All problems are reported at once, each with what to do; there are no insecure defaults. */
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
    slack: env,
    stripe: env,
    toolSecrets: env,
    dataDir: env.DESKWRIGHT_DATA_DIR,
    policyPath: env.DESKWRIGHT_POLICY,
    operatorToken: env.OPERATOR_TOKEN,
    surveyMail: { secret: env.SURVEY_MAIL_SECRET, address: env.SURVEY_MAIL_ADDRESS },
    trustProxy: env.TRUST_PROXY,
    logLevel: env.LOG_LEVEL,
  });
  if (read.success && problems.length === 0) return { ok: true, config: read.data };
  return { ok: false, problems: [...problems, ...(read.error?.issues ?? []).map(({ message }) => message)] };
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
/** Without login, query and fragment: paths are appended to it, and everyone who gets a link sees it. */
function isBase(url: string): boolean {
  const { href, origin, pathname } = new URL(url);
  return href === origin + pathname;
}

/** Normalized (`https:host` and surrounding spaces are accepted, but must not appear in a mail), without a trailing slash. */
const baseAddress = (url: string): string => new URL(url).href.replace(/\/+$/, '');
const LOOPBACK = /^(?:localhost|\[::1\]|127(?:\.\d{1,3}){3})$/;

/** The account that the environment names; null: none, or not a usable address. */
export function zendeskOf(env: NodeJS.ProcessEnv): string | null {
  const { data } = ZENDESK_ADDRESS.safeParse({
    ZENDESK_BASE_URL: env.ZENDESK_BASE_URL || undefined,
    ZENDESK_SUBDOMAIN: env.ZENDESK_SUBDOMAIN || undefined,
  });
  return data ?? null;
}

/** The local Zendesk: no real account is reached at such an address. */
export const isOnThisMachine = (url: string): boolean => LOOPBACK.test(new URL(url).hostname);

/** Over http the login and customers' data would be readable on the network; it is allowed only for a local Zendesk on this machine. */
function isSafe(zendesk: string): boolean {
  return new URL(zendesk).protocol === 'https:' || isOnThisMachine(zendesk);
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
        `ZENDESK_SUBDOMAIN is "${subdomain}"; it must be only the first part of your Zendesk address. ${example}`,
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
      'No login for Zendesk. Create a confidential OAuth client (Admin Center > Apps and integrations > APIs > OAuth clients) and set ZENDESK_OAUTH_CLIENT_ID and ZENDESK_OAUTH_CLIENT_SECRET.',
    );
    return z.NEVER;
  });

/** Without id and key the service runs, and the sidebar says what is missing. */
const SIDEBAR = z.object({
  /** The app's id in Zendesk, used to fetch its public key. */
  appId: z
    .string()
    .refine((id) => Number.isSafeInteger(Number(id)) && Number(id) > 0, {
      error: ({ input }) =>
        `ZENDESK_APP_ID is "${String(input)}"; it must be the app's number in Zendesk (zcli writes it into zcli.apps.config.json as app_id).`,
    })
    .transform(Number)
    .nullable()
    .default(null),
  /** PEM key that verifies Zendesk's signed tokens; takes precedence over the key of `appId`. */
  publicKey: z
    .string()
    // Many settings cannot contain line breaks, so a PEM may be written with \n.
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
  // A private key would work too, but should not be stored here.
  if (pem.includes('PRIVATE KEY')) return false;
  try {
    return createPublicKey(pem).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}

/** Problems are reported in this order. */
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
    smtpUrl: SMTP_URL.nullable().default(null),
    mailFrom: MAIL_FROM.default('support@localhost'),
    /** Addresses by channel. */
    slack: slackAddresses(isOnThisMachine),
    stripe: stripeSettings(isOnThisMachine),
    /** Secrets of the policy's tools, by name. */
    toolSecrets,
    /** Null: only callers on this machine are operators, and only while PUBLIC_URL names this machine too. */
    operatorToken: z
      .string()
      .min(16, 'OPERATOR_TOKEN is too short; it must have 16 characters or more. To make one: openssl rand -hex 24')
      .nullable()
      .default(null),
    surveyMail: SURVEY_MAIL,
    /** How many proxies stand in front of the service. Null: not set. */
    trustProxy: z
      .string()
      .regex(/^\d$/, {
        error: ({ input }) =>
          `TRUST_PROXY is "${String(input)}"; it must be the number of proxies in front of the service: 0, 1, 2 ...`,
      })
      .transform(Number)
      .nullable()
      .default(null),
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
    /** The service's public address: survey links start with it. No trailing slash. */
    publicUrl: baseAddress(config.publicUrl ?? `http://localhost:${config.port}`),
    /** The service speaks plain http, so an https address means that one proxy stands in front. */
    trustProxy: config.trustProxy ?? (config.publicUrl?.startsWith('https:') ? 1 : 0),
  }));
