// Tracks endpoints that fail for every record while others work, and when to retry them.
import { routeOf, type ZendeskCall } from './zendesk-call.ts';

export interface EndpointOutage {
  /** Method and path with ids replaced: `GET /api/v2/tickets/:id`. */
  endpoint: string;
  /** The last status it answered; null: no answer. */
  status: number | null;
  since: Date;
}

/** Called each time an outage is noticed, and once when it ends. Must not throw, and is not awaited. */
export type OnOutage = (outage: EndpointOutage, state: 'met' | 'over') => void;

export interface Endpoints {
  /** Milliseconds until a read of this path may be tried; 0 when it may be now. */
  waitMs(path: string): number;
  /** Called after every call. */
  note(call: Pick<ZendeskCall, 'method' | 'route' | 'outcome' | 'status'>): void;
  /** Records the failure of a call about one record; returns for how many records the endpoint has failed since it last worked. */
  noteFailure(method: string, path: string): number;
  /** Records that the endpoint fails for every record. */
  leaveAlone(method: string, path: string, status: number | null): void;
}

/** Doubles each time, up to the longest: work resumes within seconds of the end. Milliseconds. */
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 10_000;
/** As many as one read is attempted. */
const FAILURES_IN_A_ROW = 4;

/** A circuit breaker per endpoint. `clock`: epoch milliseconds. */
export function createEndpoints(clock: () => number, onOutage: OnOutage): Endpoints {
  const outages = new Map<string, EndpointOutage & { waitMs: number; until: number }>();
  const inARow = new Map<string, number>();
  const failed = new Map<string, Set<string>>();

  function leaveAlone(endpoint: string, status: number | null): void {
    const now = clock();
    const known = outages.get(endpoint);
    const waitMs = known ? Math.min(known.waitMs * 2, LONGEST_WAIT_MS) : FIRST_WAIT_MS;
    const outage = { endpoint, status, since: known?.since ?? new Date(now), waitMs, until: now + waitMs };
    outages.set(endpoint, outage);
    onOutage(outage, 'met');
  }

  function answered(endpoint: string): void {
    inARow.delete(endpoint);
    const outage = outages.get(endpoint);
    if (!outage) return;
    outages.delete(endpoint);
    onOutage(outage, 'over');
  }

  return {
    waitMs: (path) => Math.max(0, (outages.get(`GET ${routeOf(path)}`)?.until ?? 0) - clock()),
    note: ({ method, route, outcome, status }) => {
      const endpoint = `${method} ${route}`;
      if (outcome === 'busy') return;
      if (outcome === 'ok') failed.delete(endpoint);
      if (outcome !== 'unavailable') return answered(endpoint);
      // One record's failure may be the record's own; and `users/me` is how a complete outage is recognised.
      if (route.includes(':id') || route.endsWith('/users/me')) return;
      const failures = (inARow.get(endpoint) ?? 0) + 1;
      inARow.set(endpoint, failures);
      if (failures >= FAILURES_IN_A_ROW) leaveAlone(endpoint, status);
    },
    noteFailure: (method, path) => {
      const endpoint = `${method} ${routeOf(path)}`;
      const records = failed.get(endpoint) ?? new Set();
      failed.set(endpoint, records.add(path));
      return records.size;
    },
    leaveAlone: (method, path, status) => leaveAlone(`${method} ${routeOf(path)}`, status),
  };
}
