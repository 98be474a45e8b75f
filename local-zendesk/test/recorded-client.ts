// Sends the recorded test's calls to a running local Zendesk.
import { createClock } from '../src/clock.ts';
import { type LocalZendesk, startLocalZendesk } from '../src/index.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../src/testing/webhook-receiver.ts';
import type { Answer } from './recorded-shapes.ts';

export interface RecordedClient {
  zendesk: LocalZendesk;
  receiver: WebhookReceiver;
  call: (method: string, path: string, body?: unknown) => Promise<Answer>;
  /** Posts a body and gives what the answer holds under `key`. @throws Error when it was refused. */
  make: (path: string, key: string, fields: object) => Promise<{ id: number }>;
  upload: (path: string, content: string) => Promise<Answer>;
  stop: () => Promise<void>;
}

/** An empty account behind real HTTP, with a receiver for its webhooks. */
export async function startRecordedClient(): Promise<RecordedClient> {
  const receiver = await startWebhookReceiver();
  const limits = { incremental: 1_000, viewRuns: 1_000, userUpdates: 1_000 };
  const clock = createClock();
  const zendesk = await startLocalZendesk({ port: 0, smtpPort: 0, seed: 'empty', clock, limits });
  const { oauth } = zendesk.account;
  const client = oauth.findClient('deskwright');
  if (client === undefined) throw new Error('An empty account has the OAuth client.');
  const { token } = oauth.issueToken({ client, scopes: ['read', 'write'], lifeMs: 365 * 86_400_000 });

  const send = async (method: string, path: string, type: string, body?: string): Promise<Answer> => {
    const headers = { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': type }) };
    const response = await fetch(`${zendesk.url}/api/v2${path}`, {
      method,
      headers,
      ...(body !== undefined && { body }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
  };
  const call: RecordedClient['call'] = (method, path, body) =>
    send(method, path, 'application/json', body === undefined ? undefined : JSON.stringify(body));
  return {
    zendesk,
    receiver,
    call,
    make: async (path, key, fields) => {
      const answer = await call('POST', path, { [key]: fields });
      if (answer.status >= 300) throw new Error(`POST ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
      return (answer.body as Record<string, { id: number }>)[key] ?? { id: 0 };
    },
    upload: (path, content) => send('POST', path, 'text/plain', content),
    stop: async () => {
      await zendesk.stop();
      await receiver.stop();
    },
  };
}
