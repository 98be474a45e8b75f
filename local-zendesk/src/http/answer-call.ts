// Authenticates a call, applies rate limits and answers it.
import { randomUUID } from 'node:crypto';
import { asSeenByCaller } from './auth/as-seen-by-caller.ts';
import { identifyCaller, NOBODY } from './auth/identify-caller.ts';
import { opens, scopesFor } from './auth/scopes.ts';
import type { Call, Caller, Reply, Route } from './call.ts';
import { WatchedQuery, warnOfIgnored } from './ignored-keys.ts';
import { accountBucket, webhookBucket } from './limits/buckets.ts';
import { limitHeaders, refuseByLimit } from './limits/limit-headers.ts';
import { failed } from './replies.ts';

type Admission = { caller: Caller } | { refusal: Reply };

const forbidden = (message: string): Admission => ({
  refusal: { status: 403, body: { error: { title: 'Forbidden', message } } },
});

function admit(call: Omit<Call, 'caller' | 'by'>, route: Route): Admission {
  const identity = identifyCaller(call.account, call.headers.authorization);
  if (identity.kind !== 'known') {
    if (route.scope === 'none') return { caller: NOBODY };
    if (identity.kind !== 'wrong_bearer')
      return { refusal: { status: 401, body: { error: "Couldn't authenticate you" } } };
    const error_description = 'The access token provided is expired, revoked, malformed or invalid for other reasons.';
    return { refusal: { status: 401, body: { error: 'invalid_token', error_description } } };
  }
  const { caller } = identity;
  if (route.scope !== 'none' && !opens(caller.scopes, route)) {
    const needed = scopesFor(route).join(', ') || 'read, write';
    return { refusal: failed(403, 'Forbidden', `You are missing the following required scopes: ${needed}`) };
  }
  if (route.role === 'anyone' || caller.user?.role === 'admin') return { caller };
  if (route.role === 'admin' || caller.user?.role === 'end-user') {
    return forbidden(
      'You do not have access to this page. Please contact the account owner of this help desk for further help.',
    );
  }
  return { caller };
}

async function handleAsSeen(call: Call, route: Route): Promise<Reply> {
  const seen = asSeenByCaller(call, route);
  if ('status' in seen) return seen;
  const reply = await route.handle(seen);
  if (isWebhookPath(route.path)) return reply;
  const unread = seen.query instanceof WatchedQuery ? seen.query.ignored() : [];
  return warnOfIgnored(reply, route, [...seen.ignored, ...unread]);
}

/** Login, then scope and role, then limits, then the work; the limits' headers are on every answer to a known caller. */
export async function answerCall(bare: Omit<Call, 'caller' | 'by'>, route: Route): Promise<Reply> {
  const admission = admit(bare, route);
  if ('refusal' in admission) return admission.refusal;
  const { caller } = admission;
  const call: Call = { ...bare, caller, by: { id: caller.user?.id ?? -1, channel: 'api' } };
  const { numbers } = call.limits;
  const whole = isWebhookPath(route.path) ? webhookBucket(numbers) : accountBucket(numbers);
  const states = call.limits.take([whole, ...(route.buckets?.(call) ?? [])]);
  const reply = refuseByLimit(states) ?? (await handleAsSeen(call, route));
  return { ...reply, headers: { ...limitHeaders(states), ...reply.headers } };
}

/** Webhooks are a separate service at Zendesk, without caching headers or charset and with a separate limit. */
export const isWebhookPath = (path: string): boolean => /^(\/api\/v2)?\/webhooks\b/.test(path);

/** As recorded from live accounts; `ETag` is left to Express, which knows the bytes. */
export function replyHeaders(path: string, { status, body }: Reply): Readonly<Record<string, string>> {
  const headers = { 'x-request-id': randomUUID() };
  if (isWebhookPath(path)) return headers;
  const isCacheable = status < 300 && body !== undefined;
  return { ...headers, 'cache-control': isCacheable ? 'max-age=0, private, must-revalidate' : 'no-cache' };
}
