// How does the operator get the webhook that the service needs?
import { readConfig } from '../config.ts';
import { subscribeWebhook } from './demo/subscribe-webhook.ts';
import { EVENT_TYPES } from './event-types.ts';

export interface WebhookOptions {
  /** Only print the event types that the service wants to hear of. */
  readonly events: boolean;
  readonly env: NodeJS.ProcessEnv;
  /** For what a script may use. */
  readonly out: (line: string) => void;
  /** For the person. */
  readonly err: (line: string) => void;
}

/**
 * `deskwright webhook`: creates the webhook in Zendesk, or mends the one there is, and prints its signing secret as a line for `.env`.
 * Exit code 0; throws with what to do when it cannot.
 */
export async function runWebhook({ events, env, out, err }: WebhookOptions): Promise<0> {
  if (events) {
    for (const type of EVENT_TYPES) out(type);
    return 0;
  }
  // The secret is what this is about to find out.
  const read = readConfig({ ...env, ZENDESK_WEBHOOK_SECRET: env.ZENDESK_WEBHOOK_SECRET || 'not known yet' });
  const problems = read.ok ? [] : [...read.problems];
  if (!env.PUBLIC_URL)
    problems.push('PUBLIC_URL is not set: it is the address under which Zendesk reaches this service.');
  if (!read.ok || problems.length > 0)
    throw new Error(`The webhook cannot be made:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);

  const { zendesk, publicUrl } = read.config;
  const login =
    zendesk.login.kind === 'oauth'
      ? { id: zendesk.login.clientId, secret: zendesk.login.clientSecret }
      : { email: zendesk.login.email, token: zendesk.login.token };
  const endpoint = `${publicUrl}/webhooks/zendesk`;
  const { webhookId, secret, isNew } = await subscribeWebhook(zendesk.baseUrl, login, endpoint);
  err(
    `${isNew ? 'Created' : 'Brought up to date'}: webhook ${webhookId} of ${zendesk.baseUrl} sends ticket events to ${endpoint}.`,
  );
  err('Its secret, for the environment or .env of the service:');
  out(`ZENDESK_WEBHOOK_SECRET=${secret}`);
  return 0;
}
