// How does Zendesk learn where to send its events?

const EVENTS = [
  'created',
  'status_changed',
  'priority_changed',
  'type_changed',
  'subject_changed',
  'tags_changed',
  'custom_field_changed',
  'group_assignment_changed',
  'agent_assignment_changed',
  'organization_changed',
  'requester_changed',
  'comment_added',
  'merged',
  'marked_as_spam',
  'soft_deleted',
  'undeleted',
  'permanently_deleted',
].map((name) => `zen:event-type:ticket.${name}`);

export interface Subscription {
  webhookId: string;
  /** The signing secret, for ZENDESK_WEBHOOK_SECRET. */
  secret: string;
}

/** Creates the webhook that sends all ticket events to `endpoint` and reads its signing secret. Throws with Zendesk's answer. */
export async function subscribeWebhook(
  zendeskUrl: string,
  client: { id: string; secret: string },
  endpoint: string,
): Promise<Subscription> {
  const login = await call<{ access_token: string }>('POST', `${zendeskUrl}/oauth/tokens`, null, {
    grant_type: 'client_credentials',
    client_id: client.id,
    client_secret: client.secret,
    scope: 'read webhooks:write',
  });
  const token = login.access_token;
  const { webhook } = await call<{ webhook: { id: string } }>('POST', `${zendeskUrl}/api/v2/webhooks`, token, {
    webhook: {
      name: 'Deskwright',
      status: 'active',
      endpoint,
      http_method: 'POST',
      request_format: 'json',
      subscriptions: EVENTS,
    },
  });
  const signing = await call<{ signing_secret: { secret: string } }>(
    'GET',
    `${zendeskUrl}/api/v2/webhooks/${webhook.id}/signing_secret`,
    token,
  );
  return { webhookId: webhook.id, secret: signing.signing_secret.secret };
}

async function call<T>(method: string, url: string, token: string | null, body?: unknown): Promise<T> {
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!response.ok)
    throw new Error(
      `${method} ${new URL(url).pathname} answered ${response.status}: ${(await response.text()).slice(0, 300)}`,
    );
  return (await response.json()) as T;
}
