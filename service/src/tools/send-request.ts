// Sends a tool's request: within its time, without following redirects, and without reading more than its limit.
import type { ToolFailure } from '@deskwright/shared/contract';
import type { ToolRequest } from './compose-request.ts';
import { parseAnswer } from './read-answer.ts';

export type Sent =
  /** 2xx. `json`: undefined if the answer could not be read, for which `unread` says why. */
  | { readonly kind: 'accepted'; readonly status: number; readonly json: unknown; readonly unread: ToolFailure | null }
  /** `isUndone`: it is certain that nothing was changed. */
  | { readonly kind: 'failed'; readonly why: ToolFailure; readonly status: number | null; readonly isUndone: boolean };

export interface SendOptions {
  /** Null: it needs none. */
  readonly secret: string | null;
  /** Of a write: the other system can tell a repetition by it. */
  readonly idempotencyKey?: string;
  readonly timeoutMs: number;
  readonly largestBytes: number;
  readonly fetch: typeof fetch;
}

/** No connection was made, so nothing was sent. */
const NOT_SENT =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_|ERR_TLS_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

/** Never throws for what the other system does. */
export async function sendRequest(request: ToolRequest, options: SendOptions): Promise<Sent> {
  const { secret, idempotencyKey, timeoutMs, largestBytes } = options;
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, value.replaceAll('{{secret}}', () => secret ?? '')]),
  );
  let response: Response;
  try {
    response = await options.fetch(request.url, {
      method: request.method,
      headers: {
        ...headers,
        accept: 'application/json',
        ...(request.body !== null && { 'content-type': 'application/json' }),
        ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
      },
      body: request.body,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch (error) {
    const isUndone = NOT_SENT.test(codeOf(error));
    return { kind: 'failed', why: isTimeout(error) ? 'timed_out' : 'unreachable', status: null, isUndone };
  }
  const { status } = response;
  const drop = () => response.body?.cancel().catch(() => undefined);
  if (status >= 300 || status < 200) {
    await drop();
    // After 408 and 5xx it may have been done, and a redirect may be the answer to something done.
    const isUndone = status >= 400 && status < 500 && status !== 408;
    const why = status < 400 ? 'redirected' : status < 500 ? 'refused' : 'broken';
    return { kind: 'failed', why, status, isUndone };
  }
  return { kind: 'accepted', status, ...(await readJson(response, largestBytes)) };
}

async function readJson(response: Response, largest: number): Promise<{ json: unknown; unread: ToolFailure | null }> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const piece of response.body ?? []) {
      size += piece.byteLength;
      // Leaving the loop closes the connection.
      if (size > largest) return { json: undefined, unread: 'too_large' };
      pieces.push(piece);
    }
  } catch (error) {
    return { json: undefined, unread: isTimeout(error) ? 'timed_out' : 'unreachable' };
  }
  if (size === 0) return { json: null, unread: null };
  try {
    return { json: parseAnswer(Buffer.concat(pieces), response.headers.get('content-type')), unread: null };
  } catch {
    return { json: undefined, unread: 'not_json' };
  }
}

const isTimeout = (error: unknown): boolean => (error as { name?: unknown }).name === 'TimeoutError';

/** The system's code of what fetch wraps in "fetch failed". */
const codeOf = (error: unknown): string => (error as { cause?: { code?: string } }).cause?.code ?? '';
