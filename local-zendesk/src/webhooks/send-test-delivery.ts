// Sends a test delivery to a webhook.
import type { Clock } from '../clock.ts';
import type { TestDeliveryOptions, TestDeliveryResponse } from './deliveries.ts';
import { responseOf, statusCodeOf } from './delivery.ts';
import type { WebhookTransport } from './post-webhook.ts';
import { requestHeaders, TEST_DELIVERY_SECRET } from './request-headers.ts';
import type { RequestTarget } from './webhook-target.ts';

export interface TestDeliveryDeps {
  accountId: number;
  clock: Clock;
  transport: WebhookTransport;
  timeoutMs: number;
  newInvocationId: () => string;
}

const STANDARD_BODIES = {
  json: '{"hello":"world"}',
  xml: '<hello>world</hello>',
  form_encoded: 'hello=world',
} as const;

/** Sends one request at once, outside lanes, faults, retries and log. Never rejects. */
export async function sendTestDelivery(
  target: RequestTarget,
  options: TestDeliveryOptions,
  deps: TestDeliveryDeps,
): Promise<TestDeliveryResponse> {
  const body = options.payload ?? STANDARD_BODIES[target.request_format];
  const headers = requestHeaders(target, body, {
    accountId: deps.accountId,
    webhookId: options.webhookId ?? '',
    invocationId: deps.newInvocationId(),
    secret: options.secret ?? TEST_DELIVERY_SECRET,
    at: deps.clock.now(),
  });
  const { endpoint, http_method: method } = target;
  const reply = await deps.transport.send({ endpoint, method, headers, body, timeoutMs: deps.timeoutMs });
  return { status_code: statusCodeOf(reply), ...responseOf(reply) };
}
