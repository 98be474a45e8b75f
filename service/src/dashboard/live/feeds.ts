// Keeps the open dashboards up to date: each question is computed once, however many people view it.
import type { Asked } from '../api/dashboard-query.ts';
import type { SharedResults } from './share-results.ts';

interface Follower<Result> {
  /** Called with each new result, and with null when it cannot be computed. */
  readonly take: (result: Result | null) => void;
}

export interface Feeds<Result> {
  /** Calls `take` soon, and after changes, until the returned function is called. */
  follow(asked: Asked, follower: Follower<Result>): () => void;
  /** What dashboards show has changed. */
  changed(): void;
  stop(): void;
}

export interface FeedTimes {
  /** From one computation to the next, at least. */
  readonly everyMs: number;
  /** Ages and the end of a day come without any change. */
  readonly unchangedMs: number;
  /** After a failure. */
  readonly againMs: number;
}

const FEED_TIMES: FeedTimes = { everyMs: 500, unchangedMs: 20_000, againMs: 2_000 };

interface Feed<Result> {
  readonly asked: Asked;
  readonly followers: Set<Follower<Result>>;
  /** Undefined: nothing was computed yet. */
  latest: Result | null | undefined;
  timer: NodeJS.Timeout | null;
  isRunning: boolean;
  isOutdated: boolean;
  nextAt: number;
}

interface FeedsDeps<Result> {
  readonly results: Pick<SharedResults<Asked, Result>, 'renew'>;
  readonly keyOf: (asked: Asked) => string;
  readonly onFailure: (error: unknown) => void;
  /** Milliseconds, of any beginning. */
  readonly stopwatch: () => number;
  readonly times?: FeedTimes | undefined;
}

/** A computation that takes long is repeated less often: it takes at most half of the time. */
export function createFeeds<Result>(deps: FeedsDeps<Result>): Feeds<Result> {
  const { results, keyOf, stopwatch, times = FEED_TIMES } = deps;
  const feeds = new Map<string, Feed<Result>>();
  let isWaking = false;

  function wake(feed: Feed<Result>, inMs = Math.max(0, feed.nextAt - stopwatch())): void {
    feed.isOutdated = true;
    if (feed.isRunning) return;
    if (feed.timer !== null) clearTimeout(feed.timer);
    feed.timer = setTimeout(() => void run(feed), inMs);
  }

  async function run(feed: Feed<Result>): Promise<void> {
    feed.timer = null;
    feed.isRunning = true;
    feed.isOutdated = false;
    const startedAt = stopwatch();
    try {
      feed.latest = await results.renew(feed.asked, feed.latest === undefined);
    } catch (error) {
      feed.latest = null;
      deps.onFailure(error);
    }
    feed.isRunning = false;
    const took = stopwatch() - startedAt;
    feed.nextAt = startedAt + Math.max(feed.latest === null ? times.againMs : times.everyMs, 2 * took);
    if (feed.followers.size === 0) return;
    for (const { take } of feed.followers) take(feed.latest);
    if (feed.isOutdated || feed.latest === null) return wake(feed);
    feed.timer = setTimeout(() => void run(feed), times.unchangedMs);
  }

  return {
    follow(asked, follower) {
      const key = keyOf(asked);
      const feed = feeds.get(key) ?? newFeed<Result>(asked);
      feeds.set(key, feed);
      feed.followers.add(follower);
      if (feed.latest === undefined) wake(feed);
      else follower.take(feed.latest);
      return () => {
        feed.followers.delete(follower);
        if (feed.followers.size > 0) return;
        if (feed.timer !== null) clearTimeout(feed.timer);
        if (feeds.get(key) === feed) feeds.delete(key);
      };
    },
    changed() {
      if (isWaking || feeds.size === 0) return;
      isWaking = true;
      // One transaction may announce thousands of tickets, as at a first start.
      setImmediate(() => {
        isWaking = false;
        for (const feed of feeds.values()) wake(feed);
      });
    },
    stop() {
      for (const { timer, followers } of feeds.values()) {
        if (timer !== null) clearTimeout(timer);
        followers.clear();
      }
      feeds.clear();
    },
  };
}

function newFeed<Result>(asked: Asked): Feed<Result> {
  return {
    asked,
    followers: new Set(),
    latest: undefined,
    timer: null,
    isRunning: false,
    isOutdated: false,
    nextAt: Number.NEGATIVE_INFINITY,
  };
}
