// Reads secrets from files, as Docker and Kubernetes provide them.
import { readFileSync } from 'node:fs';
import { slackSettings } from './slack-settings.ts';
import { toolSecretSettings } from './tool-secrets.ts';

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
