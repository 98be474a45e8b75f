// Takes back the claims that a break of the database left open, so that they do not look like deaths of the process.
import { sql } from 'drizzle-orm';
import type { Database } from '../storage/database.ts';
import { type Claimed, claimTable } from './claim.ts';

/** Of this process, which still runs: whatever interrupted them, it did not end it. */
const interrupted: Claimed<unknown>[] = [];

/** Call it when a run ends by an error of the database: nothing can be written down then. */
export function rememberInterrupted(claims: readonly Claimed<unknown>[]): void {
  interrupted.push(...claims);
}

/** Call it when the database may be there again. Entries that were settled, or claimed anew since, are left as they are. */
export async function takeBackInterrupted(db: Database): Promise<void> {
  if (interrupted.length === 0) return;
  const claims = [...interrupted];
  await db.execute(sql`
    UPDATE outbox o SET unfinished = greatest(o.unfinished - 1, 0) FROM ${claimTable(claims)}
    WHERE o.id = c.id AND o.claims = c.claim AND o.state = 'in_flight'`);
  interrupted.splice(0, claims.length);
}
