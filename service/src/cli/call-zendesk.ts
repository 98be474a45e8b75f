// Calls Zendesk from a command, without the service.
import { z } from 'zod';

/** An OAuth client, or an e-mail address with an API token. */
export type WebhookLogin = { id: string; secret: string } | { email: string; token: string };

/** One API call; `path` starts with a slash. Throws with Zendesk's answer when it is not a success. */
export type Call = (method: string, path: string, body?: unknown) => Promise<unknown>;

/** Zendesk answered with a status other than 2xx. */
export class RefusedCall extends Error {
  override name = 'RefusedCall';
  readonly status: number;
  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

const tokenAnswer = z.object({ access_token: z.string() });

/** Logs in; `scope` applies to OAuth clients only. Throws with Zendesk's answer. */
export async function callZendesk(zendeskUrl: string, login: WebhookLogin, scope: string): Promise<Call> {
  return caller(zendeskUrl, await authorize(zendeskUrl, login, scope));
}

async function authorize(zendeskUrl: string, login: WebhookLogin, scope: string): Promise<string> {
  if ('email' in login) return `Basic ${Buffer.from(`${login.email}/token:${login.token}`).toString('base64')}`;
  const answer = await caller(zendeskUrl, null)('POST', '/oauth/tokens', {
    grant_type: 'client_credentials',
    client_id: login.id,
    client_secret: login.secret,
    scope,
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
    if (!response.ok)
      throw new RefusedCall(`${method} ${route} answered ${response.status}: ${text.slice(0, 300)}`, response.status);
    return text === '' ? null : (JSON.parse(text) as unknown);
  };
}

/** `fetch` hides the reason behind "fetch failed". */
function reasonOf(error: unknown): string {
  const { cause } = error as { cause?: unknown };
  return cause instanceof Error ? cause.message || cause.name : String(error);
}
