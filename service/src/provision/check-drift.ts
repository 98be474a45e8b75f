// Finds drift and stores it, so that the dashboard and the commands show it.
import type { Policy } from '@deskwright/shared';
import { eq, isNotNull, sql } from 'drizzle-orm';
import type { Queryable } from '../platform/storage/database.ts';
import type { AccountObjects } from '../zendesk/account-objects.ts';
import { describeChange } from './describe-plan.ts';
import type { DesiredState } from './desired-object.ts';
import { desiredState } from './desired-state.ts';
import { type AccountState, findById } from './find-objects.ts';
import { differingKeys, isSame, KINDS, valuesOf } from './kinds.ts';
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

/**
 * Null: nothing that needs anybody. What somebody set just as the policy wants it, and what was ignored, is no drift; of somebody else's view
 * only the order matters, while the policy names it.
 */
function findDrift(record: ObjectRecord, account: AccountState, desired: DesiredState): Omit<Drift, 'by'> | null {
  const { key, kind, origin } = record;
  const wish = desired.objects.find((each) => each.key === key);
  const isManaged = origin === 'managed';
  if (isManaged && !wish) return null;
  const raw = findById(account, kind, record.zendeskId);
  if (!raw) return { isDeleted: true, changes: [] };
  const current = valuesOf(kind, raw, isManaged ? 'part' : 'owned');
  const wanted = wish?.want(current, origin === 'created') ?? {};
  const changes = differingKeys(current, record.values)
    .filter((field) => !(field in wanted) || !isSame(current[field], wanted[field]))
    .filter((field) => !(record.ignored && field in record.ignored && isSame(current[field], record.ignored[field])))
    .map((field) => ({ field, from: record.values[field], to: current[field] ?? null }));
  return changes.length === 0 ? null : { isDeleted: false, changes };
}

/** Writes one drifted object as text for the terminal. */
export function describeDrift({ key, kind, name, drift }: DriftedObject): string {
  const by = drift.by ? `by ${drift.by.name} at ${drift.by.at}` : 'by unknown';
  return [
    `  ${KINDS[kind].noun} "${name}" [${key}], ${drift.isDeleted ? 'deleted' : 'changed'} ${by}`,
    ...drift.changes.flatMap((change) => describeChange(change, 'change')),
  ].join('\n');
}
