// Creates or repairs the webhook in Zendesk.
import { z } from 'zod';
import { EVENT_TYPES, MESSAGE_ADDED } from '../tickets/receive/event-types.ts';
import { type Call, callZendesk, RefusedCall, type WebhookLogin } from './call-zendesk.ts';
import { planWebhook, type WebhookPlan } from './plan-webhook.ts';

export interface Subscription {
  webhookId: string;
  /** The signing secret, for ZENDESK_WEBHOOK_SECRET. */
  secret: string;
  /** What was found, and has been made good. */
  plan: WebhookPlan;
  /** How Zendesk refused to send messages of messaging tickets; null: it sends them. */
  messagingRefused: string | null;
}

/** The documentation prints no refusal of an event type; these are what Zendesk answers to values that it does not take. */
const REFUSALS: readonly number[] = [400, 422];

const oneWebhook = z.object({ webhook: z.object({ id: z.string() }) });
const secretAnswer = z.object({ signing_secret: z.object({ secret: z.string() }) });

/**
 * Sees to it that one webhook sends all ticket events to `endpoint`, and reads its signing secret. Called again it makes no second
 * one: it switches the first on and adds what its subscriptions lack. Where the account refuses the event of messaging, the webhook gets all
 * others. Throws with Zendesk's answer.
 */
export async function subscribeWebhook(
  zendeskUrl: string,
  login: WebhookLogin,
  endpoint: string,
): Promise<Subscription> {
  const call = await callZendesk(zendeskUrl, login, 'read webhooks:write');
  const plan = await planWebhook(call, endpoint);
  const { known } = plan;
  let webhookId = known?.id;
  let messagingRefused: string | null = null;
  if (webhookId === undefined) {
    const made = await withOrWithoutMessaging(EVENT_TYPES, (types) => create(call, endpoint, types));
    ({ done: webhookId, messagingRefused } = made);
  } else if (known && (known.isOff || known.missing.length > 0)) {
    const path = `/api/v2/webhooks/${webhookId}`;
    const changed = await withOrWithoutMessaging([...known.subscriptions, ...known.missing], (subscriptions) =>
      call('PATCH', path, { webhook: { status: 'active', subscriptions } }),
    );
    ({ messagingRefused } = changed);
  }
  const signing = secretAnswer.parse(await call('GET', `/api/v2/webhooks/${webhookId}/signing_secret`));
  return { webhookId, secret: signing.signing_secret.secret, plan, messagingRefused };
}

async function withOrWithoutMessaging<T>(types: readonly string[], write: (types: readonly string[]) => Promise<T>) {
  try {
    return { done: await write(types), messagingRefused: null };
  } catch (error) {
    if (!(error instanceof RefusedCall && REFUSALS.includes(error.status))) throw error;
    // Whatever else is refused is refused again.
    const done = await write(types.filter((type) => type !== MESSAGE_ADDED));
    return { done, messagingRefused: error.message };
  }
}

async function create(call: Call, endpoint: string, subscriptions: readonly string[]): Promise<string> {
  const answer = await call('POST', '/api/v2/webhooks', {
    webhook: {
      name: 'Deskwright',
      status: 'active',
      endpoint,
      http_method: 'POST',
      request_format: 'json',
      subscriptions,
    },
  });
  return oneWebhook.parse(answer).webhook.id;
}
