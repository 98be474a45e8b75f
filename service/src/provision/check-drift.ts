// Finds drift and stores it, so that the dashboard and the commands show it.
import type { Policy } from '@deskwright/shared';
import { eq, isNotNull, sql } from 'drizzle-orm';
import type { Queryable } from '../platform/storage/database.ts';
import type { AccountObjects } from '../zendesk/account-objects.ts';
import { desiredState } from './desired-state.ts';
import { findDrift } from './find-drift.ts';
import { isSame } from './kinds.ts';
import { needsMacros, readAccount } from './make-plan.ts';
import type { ObjectRecord } from './plan.ts';
import { readRecords } from './records.ts';
import { type Drift, provisionedObjects } from './tables.ts';

export interface DriftDeps {
  db: Queryable;
  objects: AccountObjects;
  policy: () => Policy;
  publicUrl: string | null;
}

/** Four or five calls, one for each object that is missing, and one for each new drift; none while nothing is ours. Throws `ZendeskError` and database errors. */
export async function checkDrift({ db, objects, policy, publicUrl }: DriftDeps): Promise<DriftedObject[]> {
  const records = await readRecords(db);
  if (records.size === 0) return [];
  const account = await readAccount(objects, { macros: needsMacros(policy(), records), records });
  const desired = desiredState(policy(), { publicUrl, account, records, guidance: null });
  const known = new Map((await listDrift(db)).map(({ key, drift }) => [key, drift]));
  for (const record of records.values()) {
    const found = findDrift(record, account, desired);
    const before = known.get(record.key) ?? null;
    if (isSame(found, before && { isDeleted: before.isDeleted, changes: before.changes })) continue;
    const drift = found && { ...found, by: await objects.whoChanged(record.kind, record.zendeskId) };
    await db
      .update(provisionedObjects)
      .set({ drift, driftAt: drift ? sql`now()` : null })
      .where(eq(provisionedObjects.key, record.key));
  }
  return listDrift(db);
}

export interface DriftedObject extends Pick<ObjectRecord, 'key' | 'kind' | 'name' | 'zendeskId' | 'origin'> {
  drift: Drift;
  /** When it was noticed. */
  at: Date;
}

/** As of the last check. */
async function listDrift(db: Queryable): Promise<DriftedObject[]> {
  const rows = await db
    .select()
    .from(provisionedObjects)
    .where(isNotNull(provisionedObjects.drift))
    .orderBy(provisionedObjects.key);
  return rows.flatMap(({ key, kind, name, zendeskId, origin, drift, driftAt }) =>
    drift && driftAt ? [{ key, kind, name, zendeskId, origin, drift, at: driftAt }] : [],
  );
}
