// Declares webhooks, OAuth clients, tokens, skips and admin log entries.

interface WebhookAuthentication {
  type: 'bearer_token' | 'basic_auth' | 'api_key';
  data: Readonly<Record<string, string>>;
  add_position: 'header';
}

export interface Webhook {
  /** A ULID. */
  id: string;
  name: string;
  description: string | null;
  status: 'active' | 'inactive';
  endpoint: string;
  http_method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  request_format: 'json' | 'xml' | 'form_encoded';
  /** `['conditional_ticket_events']` (fired by triggers) or `zen:event-type:...` names (fired by the platform). */
  subscriptions: readonly string[];
  authentication: WebhookAuthentication | null;
  custom_headers: Readonly<Record<string, string>> | null;
  created_at: string;
  /** A user id as text; "-1" is the system. */
  created_by: string;
  updated_at: string;
  updated_by: string;
  /** Never part of the webhook object on the wire; read and reset at `/signing_secret`. */
  signing_secret: string;
}

export interface WebhookInput {
  name?: string | undefined;
  description?: string | null | undefined;
  status?: Webhook['status'] | undefined;
  endpoint?: string | undefined;
  http_method?: Webhook['http_method'] | undefined;
  request_format?: Webhook['request_format'] | undefined;
  subscriptions?: readonly string[] | undefined;
  authentication?: WebhookAuthentication | null | undefined;
  custom_headers?: Readonly<Record<string, string>> | null | undefined;
  /** For seeds and tests only, so that both sides can know it beforehand. */
  signing_secret?: string | undefined;
}

export interface OAuthClient {
  id: number;
  identifier: string;
  name: string;
  secret: string;
  /** The user as whom tokens by client credentials act. */
  user_id: number;
  /** The most a token may ask for; empty means no ceiling. */
  scopes: readonly string[];
  created_at: string;
  updated_at: string;
}

export interface OAuthToken {
  id: number;
  token: string;
  refresh_token: string | null;
  client_id: number;
  user_id: number;
  scopes: readonly string[];
  created_at: string;
  /** Epoch milliseconds. */
  expires_at: number;
  refresh_token_expires_at: number | null;
  used_at: string | null;
}

export interface Skip {
  id: number;
  ticket_id: number;
  user_id: number;
  reason: string;
  created_at: string;
  updated_at: string;
}

/** One line of the account's audit log (who changed a view, a trigger ...). */
export interface AuditLog {
  id: number;
  actor_id: number;
  source_id: number;
  /** Zendesk's words: `rule` (views, triggers, macros), `user`, `group`, `webhook`, `organization` ... */
  source_type: string;
  source_label: string;
  action: 'create' | 'update' | 'destroy' | 'login' | 'exported';
  change_description: string;
  created_at: string;
}
