// Counts the calls that a client makes, by route and outcome.
import type { ZendeskCall } from '../zendesk-call.ts';

export interface CallCounter {
  /** Pass it to `createZendesk` as `onCall`. */
  count: (call: ZendeskCall) => void;
  /** Calls since the start or the last `reset`, by `METHOD route outcome`. */
  counts: () => Readonly<Record<string, number>>;
  reads: () => number;
  writes: () => number;
  reset: () => void;
}

/** What a ticket costs of the account's limits. Token requests do not count. */
export function createCallCounter(): CallCounter {
  let calls = new Map<string, number>();
  const sum = (wanted: (method: string) => boolean) =>
    [...calls].reduce((total, [name, count]) => {
      const [method = '', route] = name.split(' ');
      return route !== '/oauth/tokens' && wanted(method) ? total + count : total;
    }, 0);
  return {
    count: ({ method, route, outcome }) => {
      const name = `${method} ${route} ${outcome}`;
      calls.set(name, (calls.get(name) ?? 0) + 1);
    },
    counts: () => Object.fromEntries(calls),
    reads: () => sum((method) => method === 'GET'),
    writes: () => sum((method) => method !== 'GET'),
    reset: () => {
      calls = new Map();
    },
  };
}
