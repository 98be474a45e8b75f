// Sets up the webhook the service needs and prints its secret.

import { readConfig } from '../app/config.ts';
import { EVENT_TYPES, MESSAGE_ADDED } from '../tickets/index.ts';
import { callZendesk } from './call-zendesk.ts';
import { type KnownWebhook, planWebhook, subscribeWebhook, type WebhookPlan } from './subscribe-webhook.ts';

export interface WebhookOptions {
  /** Only print the event types that the service wants to hear of. */
  readonly events: boolean;
  /** Only say what would be made or changed. */
  readonly dryRun: boolean;
  readonly env: NodeJS.ProcessEnv;
  /** For what a script may use. */
  readonly out: (line: string) => void;
  /** For the person. */
  readonly err: (line: string) => void;
}

/**
 * `deskwright webhook`: creates or repairs the webhook in Zendesk, and prints its signing secret as a line for `.env`.
 * With `dryRun` it changes nothing, and prints no secret. Exit code 0; throws with what to do when it cannot.
 */
export async function runWebhook({ events, dryRun, env, out, err }: WebhookOptions): Promise<0> {
  if (events) {
    for (const type of EVENT_TYPES) out(type);
    return 0;
  }
  // The secret is what this is about to find out.
  const read = readConfig({
    ...env,
    ZENDESK_WEBHOOK_SECRET: env.ZENDESK_WEBHOOK_SECRET || 'not known yet',
    ZENDESK_WEBHOOK_SECRET_FILE: '',
  });
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
  if (dryRun) {
    const plan = await planWebhook(await callZendesk(zendesk.baseUrl, login, 'read'), endpoint);
    err(describePlan(plan.known, endpoint));
    tellOthers(plan.others, err);
    return 0;
  }
  const { webhookId, secret, plan, messagingRefused } = await subscribeWebhook(zendesk.baseUrl, login, endpoint);
  err(
    `${tellDeed(plan.known, messagingRefused !== null)}: webhook ${webhookId} of ${zendesk.baseUrl} sends ticket events to ${endpoint}.`,
  );
  if (messagingRefused !== null) err(tellRefused(messagingRefused));
  tellOthers(plan.others, err);
  err('Its secret, for the environment or .env of the service:');
  out(`ZENDESK_WEBHOOK_SECRET=${secret}`);
  return 0;
}

const isRight = ({ isOff, missing }: KnownWebhook): boolean => !isOff && missing.length === 0;

function tellDeed(known: KnownWebhook | null, isMessagingRefused: boolean): string {
  if (!known) return 'Created';
  const missing = known.missing.filter((type) => !(isMessagingRefused && type === MESSAGE_ADDED));
  return isRight({ ...known, missing }) ? 'Nothing to do' : 'Brought up to date';
}

function tellRefused(answer: string): string {
  return [
    `This account does not send messages of messaging tickets (${MESSAGE_ADDED}): ${answer}`,
    'The webhook sends all other events. Customers who write by messaging are not heard: nothing decides by their words. Once the account has messaging, run this command again.',
  ].join('\n');
}

function describePlan(known: KnownWebhook | null, endpoint: string): string {
  if (!known) return `Would create a webhook that sends ticket events to ${endpoint}.`;
  if (isRight(known)) return `Nothing to do: webhook ${known.id} sends ticket events to ${endpoint}.`;
  return [
    known.isOff ? `Would switch on webhook ${known.id}.` : `Webhook ${known.id} is on.`,
    ...(known.missing.length > 0 ? [`Would add to it: ${known.missing.join(', ')}.`] : []),
  ].join(' ');
}

/** The service knows a request by two secrets at most: the one in force and the previous one. */
function tellOthers(others: WebhookPlan['others'], err: (line: string) => void): void {
  if (others.length === 0) return;
  const names = others.map(({ id, name }) => `"${name}" (${id})`).join(', ');
  err(
    others.length === 1
      ? `Another webhook sends to the same address, signed with a secret of its own: ${names}. The service refuses it unless you put that secret into ZENDESK_WEBHOOK_SECRET_PREVIOUS, or switch it off in Zendesk.`
      : `Other webhooks send to the same address, signed with secrets of their own: ${names}. The service refuses them. The secret of one may go into ZENDESK_WEBHOOK_SECRET_PREVIOUS; switch the rest off in Zendesk.`,
  );
}
