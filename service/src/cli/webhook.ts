// Sets up the webhook the service needs and prints its secret.

import { readConfig } from '../app/config.ts';
import type { KnownWebhook, WebhookPlan } from '../provision/index.ts';
import { EVENT_TYPES, MESSAGE_ADDED } from '../tickets/index.ts';
import { readWebhookPlan, subscribe } from './subscribe-webhook.ts';

export interface WebhookOptions {
  /** Only print the event types that the service needs. */
  readonly events: boolean;
  /** Only report what would be created or changed. */
  readonly dryRun: boolean;
  readonly env: NodeJS.ProcessEnv;
  /** For output that scripts use. */
  readonly out: (line: string) => void;
  /** For messages to the operator. */
  readonly err: (line: string) => void;
}

/**
 * `deskwright webhook`: creates or repairs the webhook in Zendesk, and prints its signing secret as a line for `.env`.
 * With `dryRun` it changes nothing and prints no secret. Exit code 0; throws with what to do when it fails.
 */
export async function runWebhook({ events, dryRun, env, out, err }: WebhookOptions): Promise<0> {
  if (events) {
    for (const type of EVENT_TYPES) out(type);
    return 0;
  }
  // This command is what reads the secret.
  const read = readConfig({
    ...env,
    ZENDESK_WEBHOOK_SECRET: env.ZENDESK_WEBHOOK_SECRET || 'not known yet',
    ZENDESK_WEBHOOK_SECRET_FILE: '',
  });
  const problems = read.ok ? [] : [...read.problems];
  if (!env.PUBLIC_URL) problems.push('PUBLIC_URL is not set: it is the address at which Zendesk reaches this service.');
  if (!read.ok || problems.length > 0)
    throw new Error(`The webhook cannot be set up:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);

  const { zendesk, publicUrl } = read.config;
  const endpoint = `${publicUrl}/webhooks/zendesk`;
  const asked = { endpoint, onWait: (ms: number, why: string) => err(`waiting ${Math.ceil(ms / 1000)} s: ${why}`) };
  if (dryRun) {
    const plan = await readWebhookPlan(zendesk, asked);
    err(describePlan(plan.known, endpoint));
    printOthers(plan.others, err);
    return 0;
  }
  const { webhookId, secret, plan, messagingRefused } = await subscribe(zendesk, asked);
  err(
    `${describeOutcome(plan.known, messagingRefused !== null)}: webhook ${webhookId} of ${zendesk.baseUrl} sends ticket events to ${endpoint}.`,
  );
  if (messagingRefused !== null) err(describeRefusal(messagingRefused));
  printOthers(plan.others, err);
  err("Its secret, for the service's environment or .env:");
  out(`ZENDESK_WEBHOOK_SECRET=${secret}`);
  return 0;
}

const isRight = ({ isOff, missing }: KnownWebhook): boolean => !isOff && missing.length === 0;

function describeOutcome(known: KnownWebhook | null, isMessagingRefused: boolean): string {
  if (!known) return 'Created';
  const missing = known.missing.filter((type) => !(isMessagingRefused && type === MESSAGE_ADDED));
  return isRight({ ...known, missing }) ? 'Nothing to do' : 'Updated';
}

function describeRefusal(answer: string): string {
  return [
    `This account does not send messages of messaging tickets (${MESSAGE_ADDED}): ${answer}`,
    'The webhook sends all other events. Messages sent by messaging are not received, so rules cannot use them. Once the account has messaging, run this command again.',
  ].join('\n');
}

function describePlan(known: KnownWebhook | null, endpoint: string): string {
  if (!known) return `Would create a webhook that sends ticket events to ${endpoint}.`;
  if (isRight(known)) return `Nothing to do: webhook ${known.id} sends ticket events to ${endpoint}.`;
  return [
    known.isOff ? `Would activate webhook ${known.id}.` : `Webhook ${known.id} is active.`,
    ...(known.missing.length > 0 ? [`Would add to it: ${known.missing.join(', ')}.`] : []),
  ].join(' ');
}

/** The service accepts two secrets at most: the current and the previous one. */
function printOthers(others: WebhookPlan['others'], err: (line: string) => void): void {
  if (others.length === 0) return;
  const names = others.map(({ id, name }) => `"${name}" (${id})`).join(', ');
  err(
    others.length === 1
      ? `Another webhook sends to the same address, signed with its own secret: ${names}. The service refuses its requests. Set ZENDESK_WEBHOOK_SECRET_PREVIOUS to that secret, or deactivate the webhook in Zendesk.`
      : `Other webhooks send to the same address, signed with their own secrets: ${names}. The service refuses their requests. Set ZENDESK_WEBHOOK_SECRET_PREVIOUS to the secret of one, and deactivate the others in Zendesk.`,
  );
}
