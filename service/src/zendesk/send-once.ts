// Makes one HTTP exchange with Zendesk.
import type { AccountBucket } from './limits.ts';
import { anonymousRefusal, refusalOf } from './refusal.ts';
import { ZendeskError } from './zendesk.ts';
import { type Answer, readIgnored, readUpdateLimit, routeOf, type ZendeskCall } from './zendesk-call.ts';

export interface SendDeps {
  baseUrl: string;
  fetch: typeof fetch;
  timeoutMs: number;
  clock: () => number;
  bucket: AccountBucket;
  onCall: (call: ZendeskCall) => void;
}

/** Sends once and reads the whole answer. Throws `ZendeskError` for refusals, time-outs and broken connections. */
export type SendOnce = (
  method: string,
  path: string,
  body: unknown,
  login: string | null,
  how?: How,
) => Promise<Answer>;

interface How {
  accepts?: Accepts | undefined;
  /** Beside those of every call. */
  headers?: Readonly<Record<string, string>> | undefined;
}

/** The expected form of the body: `text` leaves it unparsed. */
export type Accepts = 'json' | 'text';

export function createSendOnce(deps: SendDeps): SendOnce {
  return async (method, path, body, login, { accepts = 'json', headers: extra } = {}) => {
    const call = `${method} ${path.split('?')[0]}`;
    const startedAt = deps.clock();
    let headers = new Headers();
    const report = (outcome: ZendeskCall['outcome'], status: number | null) =>
      deps.onCall({
        method,
        route: routeOf(path),
        outcome,
        status,
        ms: deps.clock() - startedAt,
        ignored: readIgnored(headers, path, body),
        updateLimit: readUpdateLimit(headers),
      });
    try {
      const answer = await exchange(deps, { method, path, body, login, accepts, extra });
      headers = answer.headers;
      deps.bucket.note(headers);
      if (answer.status < 200 || answer.status > 299) throw refusalOf(call, answer);
      if (answer.status !== 204 && answer.body === undefined)
        throw new ZendeskError('unavailable', `${call} did not answer with JSON`, answer.status);
      const anonymous = anonymousRefusal(call, answer);
      if (anonymous) throw anonymous;
      report('ok', answer.status);
      return answer;
    } catch (error) {
      const refusal = error instanceof ZendeskError ? error : unreachable(call, error);
      refusal.call = { method, path };
      report(refusal.kind, refusal.status);
      throw refusal;
    }
  };
}

interface Sent {
  method: string;
  path: string;
  body: unknown;
  login: string | null;
  accepts: Accepts;
  extra: Readonly<Record<string, string>> | undefined;
}

async function exchange(deps: SendDeps, sent: Sent): Promise<Answer> {
  // Not `AbortSignal.timeout`: Node and fetch hold its signal weakly, and a collected one never fires. For the same reason the
  // abort only closes the connection; the race ends our wait.
  const controller = new AbortController();
  let alarm: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    alarm = setTimeout(() => {
      reject(new TimeoutError());
      controller.abort();
    }, deps.timeoutMs);
  });
  try {
    return await Promise.race([exchangeUntil(controller.signal, deps, sent), tooLate]);
  } finally {
    clearTimeout(alarm);
  }
}

class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
}

async function exchangeUntil(signal: AbortSignal, deps: SendDeps, sent: Sent): Promise<Answer> {
  const { method, path, body, login, accepts, extra } = sent;
  const response = await deps.fetch(deps.baseUrl + path, {
    method,
    headers: {
      accept: accepts === 'json' ? 'application/json' : '*/*',
      'user-agent': 'Deskwright',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(login === null ? {} : { authorization: login }),
      ...extra,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    // Following a redirect would send the login to another host.
    redirect: 'manual',
    signal,
  });
  const text = await response.text();
  // Zendesk explains refusals in JSON, whatever was requested.
  const asText = accepts === 'text' && response.ok;
  return { status: response.status, headers: response.headers, body: asText ? text : parseJson(text) };
}

function parseJson(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unreachable(call: string, error: unknown): ZendeskError {
  const { name, cause } = error as { name?: string; cause?: { code?: string } };
  if (name === 'TimeoutError') return new ZendeskError('unavailable', `${call} timed out`, null);
  return new ZendeskError('unavailable', `${call} got no answer${cause?.code ? ` (${cause.code})` : ''}`, null);
}
