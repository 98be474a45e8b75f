// Removes cached past tickets that are too old or were erased, while the service runs.
import type { Policy } from '@deskwright/shared';
import { and, gte, isNotNull } from 'drizzle-orm';
import { erasedPeople } from '../directory/tables.ts';
import type { Feature } from '../platform/feature.ts';
import type { Database } from '../platform/storage/database.ts';
import { daysBefore } from '../platform/storage/delete-old-rows.ts';
import { tickets } from '../tickets/index.ts';
import { forgetCached, removeOld } from './cache/open-cache.ts';

export interface PastTicketsDeps {
  readonly db: Database;
  readonly policy: { readonly current: () => { readonly policy: Policy } };
  /** Commands that share this folder cache past tickets there. */
  readonly config: { readonly dataDir: string };
}

/** Every hour, as everything that is kept for a time only. Where the service has no such cache it only notes who was erased. */
export function pastTicketsFeature({ db, policy, config: { dataDir } }: PastTicketsDeps): Feature {
  const oldest = (now: Date): Date => daysBefore(now, policy.current().policy.retention.words);
  return {
    name: 'past-tickets',
    retention: [
      (now) => removeOld(dataDir, oldest(now).getTime()),
      async (now) => forgetCached(dataDir, await listErased(db, oldest(now)), { dryRun: false }),
    ],
  };
}

/** Tickets and customers that were erased, by `deskwright forget` on whichever machine or by Zendesk. Older ones are removed anyway. */
async function listErased(db: Database, oldest: Date): Promise<{ tickets: number[]; users: number[] }> {
  const erased = await db
    .select({ id: tickets.id })
    .from(tickets)
    .where(and(isNotNull(tickets.erasedAt), gte(tickets.createdAt, oldest)));
  const users = await db.select({ id: erasedPeople.userId }).from(erasedPeople);
  return { tickets: erased.map(({ id }) => id), users: users.map(({ id }) => id) };
}
