// Sends one webhook request.
import * as http from 'node:http';
import * as https from 'node:https';
import type { HeaderPair } from './deliveries.ts';

interface WebhookRequest {
  endpoint: string;
  method: string;
  headers: Record<string, string>;
  /** Not sent with GET and DELETE. */
  body: string;
  /** Real milliseconds until the attempt counts as timed out. */
  timeoutMs: number;
}

export type WebhookReply =
  | { kind: 'answered'; status: number; headers: readonly HeaderPair[]; payload: string }
  | { kind: 'timed_out' }
  | { kind: 'unreachable'; reason: string };

export interface WebhookTransport {
  send(request: WebhookRequest): Promise<WebhookReply>;
  /** Closes idle connections and ends running requests. */
  close(): void;
}

// An answer is only for the log; a receiver must not be able to fill our memory.
const LONGEST_REPLY_BYTES = 64 * 1024;

/** Sends over kept-alive connections. Never rejects: what goes wrong is part of the reply. Redirects are not followed. */
export function createWebhookTransport(): WebhookTransport {
  const plain = new http.Agent({ keepAlive: true, maxSockets: 64 });
  const secure = new https.Agent({ keepAlive: true, maxSockets: 64 });

  function send({ endpoint, method, headers, body, timeoutMs }: WebhookRequest): Promise<WebhookReply> {
    return new Promise((resolve) => {
      let url: URL;
      try {
        url = new URL(endpoint);
      } catch {
        resolve({ kind: 'unreachable', reason: `not an address: ${endpoint}` });
        return;
      }
      const isSecure = url.protocol === 'https:';
      const request = (isSecure ? https : http).request(url, { method, headers, agent: isSecure ? secure : plain });
      const alarm = setTimeout(() => {
        resolve({ kind: 'timed_out' });
        request.destroy();
      }, timeoutMs);
      const finish = (reply: WebhookReply) => {
        clearTimeout(alarm);
        resolve(reply);
      };
      request.on('error', (error) => finish({ kind: 'unreachable', reason: error.message }));
      request.on('response', (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          if (size < LONGEST_REPLY_BYTES) chunks.push(chunk);
          size += chunk.length;
        });
        response.on('error', (error) => finish({ kind: 'unreachable', reason: error.message }));
        response.on('end', () =>
          finish({
            kind: 'answered',
            status: response.statusCode ?? 0,
            headers: Object.entries(response.headers).map(([key, value]) => ({ key, value: String(value) })),
            payload: Buffer.concat(chunks).toString('utf8').slice(0, LONGEST_REPLY_BYTES),
          }),
        );
      });
      request.end(method === 'GET' || method === 'DELETE' ? undefined : body);
    });
  }

  return {
    send,
    close() {
      plain.destroy();
      secure.destroy();
    },
  };
}
