// How does Zendesk learn where to send its events?
import { z } from 'zod';
import { EVENT_TYPES } from '../event-types.ts';

export interface Subscription {
  webhookId: string;
  /** The signing secret, for ZENDESK_WEBHOOK_SECRET. */
  secret: string;
  /** False: there was one for this address already, and it was brought up to date. */
  isNew: boolean;
}

/** An OAuth client, or an e-mail with its API token. */
export type WebhookLogin = { id: string; secret: string } | { email: string; token: string };

const tokenAnswer = z.object({ access_token: z.string() });
const oneWebhook = z.object({ webhook: z.object({ id: z.string() }) });
const allWebhooks = z.object({
  webhooks: z.array(z.object({ id: z.string(), endpoint: z.string(), subscriptions: z.array(z.string()) })),
});
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
  const call = caller(zendeskUrl, await authorize(zendeskUrl, login));
  const { webhooks } = allWebhooks.parse(await call('GET', '/api/v2/webhooks?page[size]=100'));
  const known = webhooks.find((one) => one.endpoint === endpoint && isForEvents(one.subscriptions));
  const webhookId = known?.id ?? (await create(call, endpoint));
  if (known) {
    const subscriptions = [...new Set([...known.subscriptions, ...EVENT_TYPES])];
    await call('PATCH', `/api/v2/webhooks/${webhookId}`, { webhook: { status: 'active', subscriptions } });
  }
  const signing = secretAnswer.parse(await call('GET', `/api/v2/webhooks/${webhookId}/signing_secret`));
  return { webhookId, secret: signing.signing_secret.secret, isNew: !known };
}

/** One that triggers fire can never take events. */
const isForEvents = (subscriptions: readonly string[]): boolean =>
  subscriptions.every((name) => name !== 'conditional_ticket_events');

type Call = (method: string, path: string, body?: unknown) => Promise<unknown>;

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

async function authorize(zendeskUrl: string, login: WebhookLogin): Promise<string> {
  if ('email' in login) return `Basic ${Buffer.from(`${login.email}/token:${login.token}`).toString('base64')}`;
  const answer = await caller(zendeskUrl, null)('POST', '/oauth/tokens', {
    grant_type: 'client_credentials',
    client_id: login.id,
    client_secret: login.secret,
    scope: 'read webhooks:write',
  });
  return `Bearer ${tokenAnswer.parse(answer).access_token}`;
}

function caller(zendeskUrl: string, authorization: string | null): Call {
  return async (method, path, body) => {
    const response = await fetch(zendeskUrl + path, {
      method,
      headers: { 'content-type': 'application/json', ...(authorization === null ? {} : { authorization }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    }).catch((error: unknown) => {
      throw new Error(`Zendesk does not answer at ${zendeskUrl}: ${reasonOf(error)}`);
    });
    const text = await response.text();
    const [route] = path.split('?');
    if (!response.ok) throw new Error(`${method} ${route} answered ${response.status}: ${text.slice(0, 300)}`);
    return text === '' ? null : (JSON.parse(text) as unknown);
  };
}

/** `fetch` hides why behind "fetch failed". */
function reasonOf(error: unknown): string {
  const { cause } = error as { cause?: unknown };
  return cause instanceof Error ? cause.message || cause.name : String(error);
}
