// Makes a call to Zendesk: login, limits, retries and failures.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Authorization } from './authorization.ts';
import type { Endpoints } from './endpoints.ts';
import type { AccountBucket, ZendeskLimits } from './limits.ts';
import type { Accepts, SendOnce } from './send-once.ts';
import { ZendeskError } from './zendesk.ts';
import { type Answer, routeOf } from './zendesk-call.ts';

/** Sends with login, limits and retries. Throws `ZendeskError` for every answer that is not a success. */
export type Transport = (
  method: string,
  path: string,
  body?: unknown,
  options?: {
    accepts?: Accepts;
    /** Of a read; default `limits.readTries`. */
    tries?: number;
    /** Of a write: beside those of every call. */
    headers?: Readonly<Record<string, string>>;
  },
) => Promise<Answer>;

export interface TransportDeps {
  send: SendOnce;
  authorization: Authorization;
  bucket: AccountBucket;
  endpoints: Pick<Endpoints, 'waitMs'>;
  limits: ZendeskLimits;
  random: () => number;
}

/**
 * Reads are retried a few times. A write is sent once: only the outbox knows whether it may be sent again. The
 * exception is a 401, after which nothing was done and a new token may help.
 */
export function createTransport({ send, authorization, bucket, endpoints, limits, random }: TransportDeps): Transport {
  async function sendWithLogin(
    method: string,
    path: string,
    body: unknown,
    {
      accepts,
      headers,
    }: { accepts?: Accepts | undefined; headers?: Readonly<Record<string, string>> | undefined } = {},
  ): Promise<Answer> {
    for (let tries = 1; ; tries++) {
      const login = await authorization.header();
      try {
        return await send(method, path, body, login, { accepts, headers });
      } catch (error) {
        // A new token may also have the scope that this one lacks: the next call gets one.
        const renewed = error instanceof ZendeskError && error.concernsAll && authorization.renew(login);
        if (!renewed || error.status !== 401 || tries > 1) throw error;
      }
    }
  }

  async function write(
    method: string,
    path: string,
    body: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer> {
    throwWhileUsedUp(method);
    return sendWithLogin(method, path, body, { headers });
  }

  function throwWhileUsedUp(method: string): void {
    const waitMs = bucket.waitMs();
    if (waitMs > 0)
      throw new ZendeskError('busy', `${method} was not sent: the account's rate limit is used up`, null, waitMs);
  }

  function throwWhileAway(path: string): void {
    const waitMs = endpoints.waitMs(path);
    if (waitMs > 0)
      throw new ZendeskError('busy', `GET was not sent: ${routeOf(path)} is failing in Zendesk`, null, waitMs);
  }

  async function read(path: string, accepts: Accepts | undefined, most: number): Promise<Answer> {
    for (let tries = 1; ; tries++) {
      if (most === 1) throwWhileUsedUp('GET');
      throwWhileAway(path);
      const pauseMs = bucket.waitMs();
      if (pauseMs > 0) await sleep(pauseMs);
      try {
        return await sendWithLogin('GET', path, undefined, { accepts });
      } catch (error) {
        const waitMs = tries < most ? waitBeforeRetry(error, tries) : null;
        if (waitMs === null) throw error;
        await sleep(waitMs);
      }
    }
  }

  /** Null: do not retry. */
  function waitBeforeRetry(error: unknown, tries: number): number | null {
    if (!(error instanceof ZendeskError)) return null;
    const backoffMs = limits.backoffMs * 2 ** (tries - 1) * (0.5 + random() / 2);
    if (error.kind === 'unavailable') return backoffMs;
    if (error.kind !== 'busy') return null;
    const retryAfterMs = error.retryAfterMs ?? 0;
    return retryAfterMs <= limits.longestReadWaitMs ? Math.max(retryAfterMs, backoffMs) : null;
  }

  return (method, path, body, { accepts, tries = limits.readTries, headers } = {}) =>
    method === 'GET' ? read(path, accepts, tries) : write(method, path, body, headers);
}
