// Counts calls against Zendesk's rate limits.
import type { Clock } from '../../account/actor.ts';

/** One counter: `key` identifies it, `header` is the name in `zendesk-ratelimit-<header>`. */
export interface Bucket {
  key: string;
  total: number;
  windowMs: number;
  header?: string;
  /** Envelope of the 429; the newer endpoints answer `{errors: [...]}`. */
  envelope?: 'error' | 'errors';
  /** Told by `x-rate-limit` only, without the newer `ratelimit-*`. */
  isPlain?: boolean;
}

export interface BucketState {
  bucket: Bucket;
  allowed: boolean;
  remaining: number;
  /** Whole seconds until the window ends, at least 1. */
  resets: number;
}

/** Calls per minute and so on, from Zendesk's rate limit page; the account's own depends on the plan. */
export interface LimitNumbers {
  account: number;
  /** Calls of the webhooks API, which has a limit of its own. */
  webhooks: number;
  ticketUpdates: number;
  ticketUpdatesPerTicket: number;
  ticketDeletes: number;
  incremental: number;
  viewRuns: number;
  viewCountMany: number;
  searchExport: number;
  userUpdates: number;
  ticketPages: number;
  deepTicketPages: number;
  tagPages: number;
}

export const DEFAULT_LIMITS: LimitNumbers = {
  account: 700,
  webhooks: 100,
  ticketUpdates: 100,
  ticketUpdatesPerTicket: 30,
  ticketDeletes: 400,
  incremental: 10,
  viewRuns: 5,
  viewCountMany: 6,
  searchExport: 100,
  userUpdates: 5,
  ticketPages: 20_000,
  deepTicketPages: 50,
  // The header's name is recorded, its figure is not.
  tagPages: 2_500,
};

export interface Limits {
  numbers: LimitNumbers;
  /** Counts one call in each bucket, unless one of them is full: then none is counted. */
  take: (buckets: readonly Bucket[]) => readonly BucketState[];
}

interface Window {
  used: number;
  endsAt: number;
}

// Per-ticket windows pile up; sweeping at this size keeps the memory small and the cost of a call constant on average.
const SWEEP_AT = 5_000;

export function createLimits(clock: Clock, numbers: LimitNumbers): Limits {
  const windows = new Map<string, Window>();

  const sweep = (now: number): void => {
    for (const [key, window] of windows) if (window.endsAt <= now) windows.delete(key);
  };

  const windowOf = (bucket: Bucket, now: number): Window => {
    const known = windows.get(bucket.key);
    // A clock that was set back must not leave a window open for days.
    if (known !== undefined && known.endsAt > now && known.endsAt - now <= bucket.windowMs) return known;
    if (windows.size >= SWEEP_AT) sweep(now);
    const fresh = { used: 0, endsAt: now + bucket.windowMs };
    windows.set(bucket.key, fresh);
    return fresh;
  };

  return {
    numbers,
    take: (buckets) => {
      const now = clock.now();
      const open = buckets.map((bucket) => ({ bucket, window: windowOf(bucket, now) }));
      const allAllowed = open.every(({ bucket, window }) => window.used < bucket.total);
      return open.map(({ bucket, window }) => {
        const allowed = window.used < bucket.total;
        if (allAllowed) window.used += 1;
        return {
          bucket,
          allowed,
          remaining: Math.max(0, bucket.total - window.used),
          resets: Math.max(1, Math.ceil((window.endsAt - now) / 1000)),
        };
      });
    },
  };
}
