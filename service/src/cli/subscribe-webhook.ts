// How does Zendesk learn where to send its events?
import { z } from 'zod';
import { EVENT_TYPES } from '../inbox/event-types.ts';
import { type Call, callZendesk, type WebhookLogin } from './call-zendesk.ts';
import { planWebhook, type WebhookPlan } from './plan-webhook.ts';

export interface Subscription {
  webhookId: string;
  /** The signing secret, for ZENDESK_WEBHOOK_SECRET. */
  secret: string;
  /** What was found, and has been made good. */
  plan: WebhookPlan;
}

const oneWebhook = z.object({ webhook: z.object({ id: z.string() }) });
const secretAnswer = z.object({ signing_secret: z.object({ secret: z.string() }) });

/**
 * Sees to it that one webhook sends all ticket events to `endpoint`, and reads its signing secret. Called again it makes no second
 * one: it switches the first on and adds what its subscriptions lack. Throws with Zendesk's answer.
 */
export async function subscribeWebhook(
  zendeskUrl: string,
  login: WebhookLogin,
  endpoint: string,
): Promise<Subscription> {
  const call = await callZendesk(zendeskUrl, login, 'read webhooks:write');
  const plan = await planWebhook(call, endpoint);
  const { known } = plan;
  const webhookId = known?.id ?? (await create(call, endpoint));
  if (known && (known.isOff || known.missing.length > 0)) {
    const subscriptions = [...known.subscriptions, ...known.missing];
    await call('PATCH', `/api/v2/webhooks/${webhookId}`, { webhook: { status: 'active', subscriptions } });
  }
  const signing = secretAnswer.parse(await call('GET', `/api/v2/webhooks/${webhookId}/signing_secret`));
  return { webhookId, secret: signing.signing_secret.secret, plan };
}

async function create(call: Call, endpoint: string): Promise<string> {
  const answer = await call('POST', '/api/v2/webhooks', {
    webhook: {
      name: 'Deskwright',
      status: 'active',
      endpoint,
      http_method: 'POST',
      request_format: 'json',
      subscriptions: EVENT_TYPES,
    },
  });
  return oneWebhook.parse(answer).webhook.id;
}
