// Sets up the webhook with a login: the plan and the apply of the webhook alone.
import { setTimeout as pause } from 'node:timers/promises';
import type { Config } from '../app/config.ts';
import { applyWebhook, patientCalls, planWebhook, type WebhookPlan } from '../provision/index.ts';
import { howToGoOn } from '../zendesk/stopped-while.ts';
import { ZendeskError } from '../zendesk/zendesk.ts';
import { connectTo } from './open-account.ts';

export interface Subscription {
  webhookId: string;
  /** The signing secret, for ZENDESK_WEBHOOK_SECRET. */
  secret: string;
  /** What was found before the repair. */
  plan: WebhookPlan;
  /** Zendesk's refusal to send messages of messaging tickets; null: it sends them. */
  messagingRefused: string | null;
}

export interface Subscribing {
  /** Where Zendesk sends the events. */
  endpoint: string;
  /** Default: nobody is told. */
  onWait?: (ms: number, why: string) => void;
}

/** Reads all webhooks of the account and changes nothing. Throws with Zendesk's answer. */
export function readWebhookPlan(zendesk: Config['zendesk'], asked: Subscribing): Promise<WebhookPlan> {
  const { objects, calls } = connect(zendesk, 'read', asked);
  return explainingFailures(zendesk.baseUrl, () => planWebhook(objects, calls, asked.endpoint));
}

/**
 * Ensures that one webhook sends all ticket events to `endpoint`, and reads its signing secret. Idempotent: an existing webhook
 * is activated and its missing subscriptions are added. If the account refuses the messaging event, the webhook gets all
 * others. Throws with Zendesk's answer.
 */
export function subscribe(zendesk: Config['zendesk'], asked: Subscribing): Promise<Subscription> {
  const { objects, calls } = connect(zendesk, 'read webhooks:write', asked);
  return explainingFailures(zendesk.baseUrl, async () => {
    const plan = await planWebhook(objects, calls, asked.endpoint);
    return { plan, ...(await applyWebhook(objects, calls, plan)) };
  });
}

/** For a local Zendesk, whose login is known. */
export const subscribeWebhook = (
  baseUrl: string,
  { id, secret }: { id: string; secret: string },
  endpoint: string,
): Promise<Subscription> =>
  subscribe({ baseUrl, login: { kind: 'oauth', clientId: id, clientSecret: secret } }, { endpoint });

function connect(zendesk: Config['zendesk'], scope: string, { onWait = () => undefined }: Subscribing) {
  const { objects } = connectTo(zendesk, scope);
  // Nobody interrupts it: it makes four calls.
  const { signal } = new AbortController();
  return { objects, calls: patientCalls({ pause: (ms) => pause(ms), onWait, signal }, null) };
}

/** Says where it stopped: running it again goes on, and makes no second webhook. */
async function explainingFailures<T>(baseUrl: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ZendeskError)) throw error;
    const what = error.status === null ? `Zendesk does not answer at ${baseUrl}: ${error.message}` : error.message;
    throw new Error(`${what}. ${howToGoOn(error)} It goes on where it stopped, and makes no second webhook.`, {
      cause: error,
    });
  }
}
