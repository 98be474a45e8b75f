// Finds out which endpoints of Zendesk are down, and shares it between processes.
import { and, gt, like, sql } from 'drizzle-orm';
import { aboutError } from '../platform/errors/about-error.ts';
import type { Logger } from '../platform/logging/logger.ts';
import type { Database, Queryable } from '../platform/storage/database.ts';
import { settings } from '../platform/storage/tables.ts';
import type { EndpointOutage, Endpoints, OnOutage } from './endpoints.ts';
import type { Transport } from './transport.ts';
import { ZendeskError } from './zendesk.ts';

const KEY = 'zendesk-outage:';
const keyOf = (endpoint: string): string => KEY + endpoint;

/** Endpoints that failed for every record within the last `withinMs` and have not worked since. */
export async function listOutages(db: Queryable, withinMs: number): Promise<EndpointOutage[]> {
  const recent = sql`now() - ${withinMs}::float8 * interval '1 millisecond'`;
  const rows = await db
    .select({ value: settings.value })
    .from(settings)
    .where(and(like(settings.key, `${KEY}%`), gt(settings.changedAt, recent)))
    .orderBy(settings.key);
  return rows.map(({ value }) => {
    const { since, ...outage } = value as EndpointOutage & { since: string };
    return { ...outage, since: new Date(since) };
  });
}

/** For the client's `onOutage`: stores and logs an outage without delaying the call. */
export function keepOutages(db: Database, logger: Logger): OnOutage {
  const logged = new Set<string>();
  let last: Promise<unknown> = Promise.resolve();

  async function write({ endpoint, status, since }: EndpointOutage, state: 'met' | 'over'): Promise<void> {
    if (state === 'over') {
      await db.delete(settings).where(sql`${settings.key} = ${keyOf(endpoint)}`);
      return;
    }
    const value = { endpoint, status, since };
    await db
      .insert(settings)
      .values({ key: keyOf(endpoint), value })
      .onConflictDoUpdate({ target: settings.key, set: { value, changedAt: sql`now()` } });
  }

  return (outage, state) => {
    const { endpoint, status } = outage;
    if (state === 'over') logger.info({ endpoint }, 'A Zendesk endpoint works again');
    else if (!logged.has(endpoint))
      logger.warn({ endpoint, status }, 'A Zendesk endpoint fails for every record; work that needs it waits');
    if (state === 'over') logged.delete(endpoint);
    else logged.add(endpoint);
    // One after the other, so that the end of an outage is not overwritten by its start.
    last = last
      .then(() => write(outage, state))
      .catch((error: unknown) => logger.warn(aboutError(error), 'Could not store an outage of Zendesk'));
  };
}

/** An id that no record has: Zendesk answers 404, and nothing can be changed. */
const NOBODY = Number.MAX_SAFE_INTEGER;
/** The 404 may still be given when tickets cannot be written: this many failures, without a success in between, are an outage. */
const WRITES_THAT_FAIL = 3;

/**
 * Calls the endpoint of a failed call once for another record. True: it fails there too, or the call was not about a single record, so
 * whatever needs it waits. False: Zendesk answered, or nothing was sent. A write is tried on a record that cannot exist.
 */
export function createIsEndpointAway(transport: Transport, endpoints: Endpoints) {
  return async ({ call, status }: ZendeskError): Promise<boolean> => {
    if (call === null) return false;
    const { method, path } = call;
    const failing = endpoints.noteFailure(method, path);
    const other = forAnother(path);
    const isTemporary =
      other === null || !(await answers(transport, method, other)) || (method !== 'GET' && failing >= WRITES_THAT_FAIL);
    if (isTemporary) endpoints.leaveAlone(method, path, status);
    return isTemporary;
  };
}

function forAnother(path: string): string | null {
  const other = path
    .replace(/\/tickets\/\d+(?=[./?]|$)/, `/tickets/${NOBODY}`)
    .replace(/([?&]ids=)[\d,]+|([?&]ids=)(?:\d|%2C)+/i, (_all, before, encoded) => `${before ?? encoded}${NOBODY}`);
  return other === path ? null : other;
}

async function answers(transport: Transport, method: string, path: string): Promise<boolean> {
  try {
    await transport(method, path, method === 'GET' ? undefined : { ticket: {} }, { tries: 1 });
    return true;
  } catch (error) {
    if (!(error instanceof ZendeskError)) throw error;
    return error.kind !== 'unavailable' && error.kind !== 'busy';
  }
}
