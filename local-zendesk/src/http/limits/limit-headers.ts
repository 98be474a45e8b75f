// Writes the rate limit headers and the 429 answer.
import type { Reply } from '../call.ts';
import { errors, failed } from '../replies.ts';
import type { BucketState } from './limits.ts';

/** The account's bucket comes first; all others have headers of their own. */
export function limitHeaders([account, ...narrow]: readonly BucketState[]): Record<string, string> {
  if (account === undefined) return {};
  const headers: Record<string, string> = {
    'x-rate-limit': String(account.bucket.total),
    'x-rate-limit-remaining': String(account.remaining),
    ...(!account.bucket.isPlain && {
      'ratelimit-limit': String(account.bucket.total),
      'ratelimit-remaining': String(account.remaining),
      'ratelimit-reset': String(account.resets),
    }),
  };
  for (const { bucket, remaining, resets } of narrow) {
    if (bucket.header === undefined) continue;
    headers[`zendesk-ratelimit-${bucket.header}`] = `total=${bucket.total}; remaining=${remaining}; resets=${resets}`;
  }
  return headers;
}

/** The 429 for the first full bucket; undefined when none is full. */
export function refuseByLimit(states: readonly BucketState[]): Reply | undefined {
  const full = states.find((state) => !state.allowed);
  if (full === undefined) return undefined;
  const text = 'Number of allowed API requests per minute exceeded';
  const reply =
    full.bucket.envelope === 'errors'
      ? errors(429, 'TooManyRequests', 'Too many requests', text)
      : failed(429, 'APIRateLimitExceeded', text);
  return { ...reply, headers: { 'retry-after': String(full.resets) } };
}
