// Reads what is needed to send to a webhook.
import type { Webhook } from '../account/access.ts';

/** How one request is addressed and dressed; all a test delivery needs. */
export type RequestTarget = Pick<
  Webhook,
  'endpoint' | 'http_method' | 'request_format' | 'authentication' | 'custom_headers'
>;

export type WebhookTarget = RequestTarget & Pick<Webhook, 'id' | 'status' | 'subscriptions' | 'signing_secret'>;

/** Where the sender finds the account's webhooks at the moment of sending. */
export interface WebhookDirectory {
  list(): Iterable<WebhookTarget>;
  find(id: string): WebhookTarget | undefined;
}
