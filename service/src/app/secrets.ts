// Reads secrets: from files, as Docker and Kubernetes provide them, those of tools, and that of Zendesk's webhook.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { slackSettings } from './slack-settings.ts';

/** Settings that may be read from a file named by `<NAME>_FILE`, like Docker and Kubernetes secrets. */
const SECRETS = [
  'DATABASE_URL',
  'REDIS_URL',
  'SMTP_URL',
  'ZENDESK_OAUTH_CLIENT_SECRET',
  'ZENDESK_API_TOKEN',
  'ZENDESK_WEBHOOK_SECRET',
  'ZENDESK_WEBHOOK_SECRET_PREVIOUS',
  'ZENDESK_APP_PUBLIC_KEY',
  'OPERATOR_TOKEN',
  'SURVEY_MAIL_SECRET',
  'SLACK_BOT_TOKEN',
  'STRIPE_SECRET_KEY',
  'STRIPE_WEBHOOK_SECRET',
];

/** The same, with those of the Slack channels and tools that this environment names. */
export const secretsOf = (env: NodeJS.ProcessEnv): readonly string[] => [
  ...SECRETS,
  ...slackSettings(env),
  ...toolSecretSettings(env),
];

/**
 * The environment without empty values, with secrets read from the files it names.
 * @param more secrets that the service itself never reads
 */
export function readSecretFiles(
  given: NodeJS.ProcessEnv,
  more: readonly string[] = [],
): { env: NodeJS.ProcessEnv; problems: string[] } {
  const env: NodeJS.ProcessEnv = Object.fromEntries(Object.entries(given).filter(([, value]) => value));
  const problems: string[] = [];
  for (const name of [...secretsOf(env), ...more]) {
    const file = env[`${name}_FILE`];
    if (file === undefined) continue;
    if (env[name] !== undefined) {
      problems.push(`${name} and ${name}_FILE are both set; remove one of them.`);
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

const PREFIX = 'TOOL_SECRET_';

/** The settings of secrets that the environment has, whether given directly or by a file. */
function toolSecretSettings(env: NodeJS.ProcessEnv): string[] {
  const names = Object.keys(env).filter((name) => env[name] && name.startsWith(PREFIX));
  return [...new Set(names.map((name) => name.replace(/_FILE$/, '')))];
}

/** By the name in the policy: TOOL_SECRET_SHOP is the secret `shop`. Messages never show a value. */
export const toolSecrets = z.record(z.string(), z.string().optional()).transform(
  (env, context): Readonly<Record<string, string>> =>
    Object.fromEntries(
      toolSecretSettings(env).flatMap((name) => {
        const value = env[name]?.trim() ?? '';
        if (!/^TOOL_SECRET_[A-Z][A-Z0-9_]{0,39}$/.test(name))
          context.addIssue(
            `${name} is not a valid setting: after ${PREFIX} it must have the name of the secret in A to Z, digits and _.`,
          );
        else if (!/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(value))
          context.addIssue(`${name} cannot be used in a header: it must be one line of ASCII characters.`);
        return [[name.slice(PREFIX.length).toLowerCase(), value]];
      }),
    ),
);

/** The current secret first, then the previous one, which stays valid while the secret is being changed. */
export const WEBHOOK_SECRETS = z
  .object({
    ZENDESK_WEBHOOK_SECRET: z.string(
      'ZENDESK_WEBHOOK_SECRET is not set; without it, requests from Zendesk cannot be verified. In Zendesk: Admin Center > Apps and integrations > Webhooks > your webhook > "Reveal secret" (or GET /api/v2/webhooks/<id>/signing_secret), then set it.',
    ),
    ZENDESK_WEBHOOK_SECRET_PREVIOUS: z.string().optional(),
  })
  .transform(({ ZENDESK_WEBHOOK_SECRET: current, ZENDESK_WEBHOOK_SECRET_PREVIOUS: previous }): readonly string[] =>
    previous === undefined ? [current] : [current, previous],
  );
