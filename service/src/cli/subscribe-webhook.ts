// Compares the account's webhooks with the one the service needs, and creates or repairs it.

import { z } from 'zod';
import { planWebhookStep, type WebhookStep } from '../provision/index.ts';
import { MESSAGE_ADDED } from '../tickets/index.ts';
import { type Call, callZendesk, RefusedCall, type WebhookLogin } from './call-zendesk.ts';

export interface Subscription {
  webhookId: string;
  /** The signing secret, for ZENDESK_WEBHOOK_SECRET. */
  secret: string;
  /** What was found before the repair. */
  plan: WebhookPlan;
  /** Zendesk's refusal to send messages of messaging tickets; null: it sends them. */
  messagingRefused: string | null;
}

/** How Zendesk refuses an event type is not documented; these are its answers to invalid values. */
const REFUSALS: readonly number[] = [400, 422];

const oneWebhook = z.object({ webhook: z.object({ id: z.string() }) });
const secretAnswer = z.object({ signing_secret: z.object({ secret: z.string() }) });

/**
 * Ensures that one webhook sends all ticket events to `endpoint`, and reads its signing secret. Idempotent: an existing webhook
 * is activated and its missing subscriptions are added. If the account refuses the messaging event, the webhook gets all
 * others. Throws with Zendesk's answer.
 */
export async function subscribeWebhook(
  zendeskUrl: string,
  login: WebhookLogin,
  endpoint: string,
): Promise<Subscription> {
  const call = await callZendesk(zendeskUrl, login, 'read webhooks:write');
  const plan = await planWebhook(call, endpoint);
  const { known, write } = plan;
  let webhookId = known?.id;
  let messagingRefused: string | null = null;
  if (write) {
    const made = await withOrWithoutMessaging(write.subscriptions, async (types) => {
      const body = { webhook: write.bodyWith(types) };
      if (known) await call('PATCH', `/api/v2/webhooks/${known.id}`, body);
      return known ? known.id : oneWebhook.parse(await call('POST', '/api/v2/webhooks', body)).webhook.id;
    });
    ({ done: webhookId, messagingRefused } = made);
  }
  const signing = secretAnswer.parse(await call('GET', `/api/v2/webhooks/${webhookId}/signing_secret`));
  return { webhookId: webhookId ?? '', secret: signing.signing_secret.secret, plan, messagingRefused };
}

async function withOrWithoutMessaging<T>(types: readonly string[], write: (types: readonly string[]) => Promise<T>) {
  try {
    return { done: await write(types), messagingRefused: null };
  } catch (error) {
    if (!(error instanceof RefusedCall && REFUSALS.includes(error.status))) throw error;
    // Other refusals are repeated by this call.
    const done = await write(types.filter((type) => type !== MESSAGE_ADDED));
    return { done, messagingRefused: error.message };
  }
}

export interface WebhookPlan {
  /** Null: it must be created. */
  known: KnownWebhook | null;
  /** Other active webhooks that send to the same address, each with its own secret. */
  others: { id: string; name: string }[];
  /** Null: nothing is to be written. */
  write: Pick<WebhookStep, 'bodyWith' | 'subscriptions'> | null;
}

export interface KnownWebhook {
  id: string;
  isOff: boolean;
  /** Event types it must subscribe to in addition to those it has. */
  missing: readonly string[];
}

const page = z.object({
  webhooks: z.array(
    z.looseObject({
      id: z.string(),
      name: z.string(),
      endpoint: z.string(),
      status: z.string(),
      subscriptions: z.array(z.string()),
    }),
  ),
  meta: z.object({ has_more: z.boolean() }).optional(),
  links: z.object({ next: z.string().nullish() }).optional(),
});

type Webhook = z.infer<typeof page>['webhooks'][number];

/** Reads all webhooks of the account and changes nothing. Throws with Zendesk's answer. */
export async function planWebhook(call: Call, endpoint: string): Promise<WebhookPlan> {
  const webhooks = await listWebhooks(call);
  const planned = planWebhookStep(webhooks, endpoint);
  const { webhookId, isOff, missing } = planned;
  return {
    known: webhookId === null ? null : { id: webhookId, isOff, missing },
    others: webhooks
      .filter((one) => one.endpoint === endpoint && one.id !== webhookId && one.status === 'active')
      .map(({ id, name }) => ({ id, name })),
    write: planned.step && planned,
  };
}

async function listWebhooks(call: Call): Promise<Webhook[]> {
  const all: Webhook[] = [];
  let path: string | null = '/api/v2/webhooks?page[size]=100';
  while (path !== null) {
    const { webhooks, meta, links } = page.parse(await call('GET', path));
    all.push(...webhooks);
    // Zendesk may name a next page after the last one.
    path = meta?.has_more !== false && links?.next ? pathOf(links.next) : null;
  }
  return all;
}

/** The login is sent to the configured address only, whatever host the answer names. */
function pathOf(link: string): string {
  const { pathname, search } = new URL(link);
  return pathname + search;
}
