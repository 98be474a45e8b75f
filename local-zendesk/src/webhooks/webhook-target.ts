// What must be known of a webhook to send to it?

export type WebhookMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type WebhookFormat = 'json' | 'xml' | 'form_encoded';

export interface WebhookAuthentication {
  type: 'bearer_token' | 'basic_auth' | 'api_key';
  data: Readonly<Record<string, string>>;
}

/** The part of a webhook the sender uses, in the API's own words. */
export interface WebhookTarget {
  id: string;
  status: 'active' | 'inactive';
  endpoint: string;
  http_method: WebhookMethod;
  request_format: WebhookFormat;
  subscriptions: readonly string[];
  authentication?: WebhookAuthentication | null;
  custom_headers?: Readonly<Record<string, string>> | null;
}

/** Where the sender finds webhooks and their signing secrets. */
export interface WebhookDirectory {
  list(): readonly WebhookTarget[];
  find(id: string): WebhookTarget | undefined;
  secretOf(id: string): string | undefined;
}
