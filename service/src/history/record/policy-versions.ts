// Keeps which version of the policy was in force since when.
import { desc, sql } from 'drizzle-orm';
import type { Database } from '../../platform/storage/database.ts';
import { policyVersions } from '../tables.ts';

/** Any fixed number, the same in every process. */
const LOCK = 4_600_460_025;

/** Call it when a policy takes effect. Does nothing if it is the one that took effect last: each process that loads it calls. */
export async function recordPolicyVersion(db: Database, hash: string, since: Date): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`SELECT pg_advisory_xact_lock(${LOCK})`);
    const [last] = await tx.select().from(policyVersions).orderBy(desc(policyVersions.id)).limit(1);
    if (last?.hash !== hash) await tx.insert(policyVersions).values({ hash, since });
  });
}
