// Sends events to the webhook endpoints of the local Stripe, signed as Stripe signs them.
import { createHmac } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { createWebhookTransport } from '../webhooks/post-webhook.ts';
import type { StripeFaults } from './stripe-faults.ts';
import type { StripeEvent } from './stripe-objects.ts';

export interface WebhookEndpoint {
  id: string;
  object: 'webhook_endpoint';
  url: string;
  enabled_events: string[];
  secret: string;
  status: 'enabled';
  livemode: false;
}

const TIMEOUT_MS = 10_000;
/** Stripe retries for three days, with growing pauses; a few of them show the same. */
const PAUSES_MS = [1_000, 5_000, 30_000, 300_000];

export type StripeWebhooks = ReturnType<typeof createStripeWebhooks>;

export function createStripeWebhooks({ faults, clock }: { faults: StripeFaults; clock: Clock }) {
  const endpoints: WebhookEndpoint[] = [];
  const events: StripeEvent[] = [];
  const transport = createWebhookTransport();
  let unfinished = 0;

  async function post({ url, secret }: WebhookEndpoint, event: StripeEvent, attempt: number): Promise<void> {
    const body = JSON.stringify(event, null, 2);
    // Real time: the receiver compares it with its own clock.
    const signature = signStripe(body, secret, Math.floor(Date.now() / 1_000));
    const headers = { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signature };
    const reply = await transport.send({ endpoint: url, method: 'POST', headers, body, timeoutMs: TIMEOUT_MS });
    const isAccepted = reply.kind === 'answered' && reply.status >= 200 && reply.status < 300;
    const pause = PAUSES_MS[attempt];
    unfinished -= 1;
    if (!isAccepted && pause !== undefined) later(pause, () => post(endpointOf(url), event, attempt + 1));
  }

  const endpointOf = (url: string): WebhookEndpoint =>
    endpoints.find((endpoint) => endpoint.url === url) as WebhookEndpoint;

  function later(ms: number, send: () => Promise<void>): void {
    unfinished += 1;
    clock.schedule(ms, () => void send());
  }

  return {
    addEndpoint(url: string, enabledEvents: readonly string[], secret: string): WebhookEndpoint {
      const endpoint: WebhookEndpoint = {
        id: `we_local${String(endpoints.length + 1).padStart(8, '0')}`,
        object: 'webhook_endpoint',
        url,
        enabled_events: [...enabledEvents],
        secret,
        status: 'enabled',
        livemode: false,
      };
      endpoints.push(endpoint);
      return endpoint;
    },
    endpoints: (): readonly WebhookEndpoint[] => endpoints,
    /** Oldest first. */
    events: (): readonly StripeEvent[] => events,
    /** Deliveries that wait or are under way. */
    unfinished: () => unfinished,
    send(event: StripeEvent): void {
      events.push(event);
      for (const endpoint of endpoints) {
        if (!endpoint.enabled_events.includes('*') && !endpoint.enabled_events.includes(event.type)) continue;
        if (faults.happens('webhook_lost')) continue;
        const copies = faults.happens('webhook_double') ? 2 : 1;
        const ms = faults.happens('webhook_late') ? faults.ms.webhook_late : 0;
        for (let copy = 0; copy < copies; copy++) later(ms, () => post(endpoint, event, 0));
      }
    },
    stop: () => transport.close(),
  };
}

/**
 * The header `stripe-signature`. https://docs.stripe.com/webhooks#verify-manually
 * @param at epoch seconds
 * @internal
 */
export function signStripe(body: string, secret: string, at: number): string {
  const v1 = createHmac('sha256', secret).update(`${at}.${body}`).digest('hex');
  return `t=${at},v1=${v1}`;
}
