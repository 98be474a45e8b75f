// Connects commands with the account that the environment names.
import { readConfig } from '../app/config.ts';
import { createLogger } from '../platform/logging/logger.ts';
import { createZendesk, type ZendeskClient } from '../zendesk/create-zendesk.ts';

/** Throws with what is missing in the environment. */
export function zendeskFrom(env: NodeJS.ProcessEnv): ZendeskClient {
  // The command receives no webhooks.
  const read = readConfig({
    ...env,
    ZENDESK_WEBHOOK_SECRET: env.ZENDESK_WEBHOOK_SECRET || 'not needed',
    ZENDESK_WEBHOOK_SECRET_FILE: '',
  });
  if (!read.ok) throw new Error(`Zendesk cannot be read:\n${read.problems.map((one) => `  - ${one}`).join('\n')}`);
  const { baseUrl, login } = read.config.zendesk;
  return createZendesk({
    baseUrl,
    ...(login.kind === 'oauth' ? { oauth: login } : { apiToken: login }),
    clock: Date.now,
    logger: createLogger('error'),
  });
}
