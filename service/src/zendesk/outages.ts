// Shares between processes which endpoints of Zendesk are down.
import { and, gt, like, sql } from 'drizzle-orm';
import { aboutError } from '../platform/errors/about-error.ts';
import type { Logger } from '../platform/logging/logger.ts';
import type { Database, Queryable } from '../platform/storage/database.ts';
import { settings } from '../platform/storage/tables.ts';
import type { EndpointOutage, OnOutage } from './endpoints.ts';

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
  const told = new Set<string>();
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
    else if (!told.has(endpoint))
      logger.warn({ endpoint, status }, 'A Zendesk endpoint fails for every record; work that needs it waits');
    if (state === 'over') told.delete(endpoint);
    else told.add(endpoint);
    // One after the other, so that the end of an outage is not overwritten by its start.
    last = last
      .then(() => write(outage, state))
      .catch((error: unknown) => logger.warn(aboutError(error), 'Could not store an outage of Zendesk'));
  };
}
