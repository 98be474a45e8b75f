// Stores which objects in Zendesk are ours, and what each apply did.
import { and, desc, eq, sql } from 'drizzle-orm';
import type { Queryable } from '../platform/storage/database.ts';
import type { ObjectRecord, Plan } from './plan.ts';
import { provisionApplies, provisionedObjects, provisionSteps } from './tables.ts';

export type Apply = typeof provisionApplies.$inferSelect;
export type StepRow = typeof provisionSteps.$inferSelect;

export async function readRecords(db: Queryable): Promise<Map<string, ObjectRecord>> {
  const rows = await db.select().from(provisionedObjects);
  return new Map(
    rows.map(({ key, kind, zendeskId, name, origin, values, ignored }) => [
      key,
      { key, kind, zendeskId, name, origin, values, ignored },
    ]),
  );
}

/** Null: it is no longer ours. What was noticed of drift is dropped: the next check says what is left. */
export async function saveRecord(db: Queryable, key: string, record: ObjectRecord | null): Promise<void> {
  if (!record) {
    await db.delete(provisionedObjects).where(eq(provisionedObjects.key, key));
    return;
  }
  const { key: _key, ...rest } = record;
  const values = { ...rest, drift: null, driftAt: null };
  await db
    .insert(provisionedObjects)
    .values({ key, ...values })
    .onConflictDoUpdate({ target: provisionedObjects.key, set: values });
}

export async function beginApply(
  db: Queryable,
  { plan, reason, who }: { plan: Plan; reason: string; who: string },
): Promise<number> {
  const [row] = await db
    .insert(provisionApplies)
    .values({ plan, planId: plan.id, reason, who, state: 'running' })
    .returning({ id: provisionApplies.id });
  if (!row) throw new Error('The apply was not recorded.');
  return row.id;
}

/** The last apply of this very plan, to go on with; null: there is none that stopped, or another process goes on with it. */
export async function resumeStopped(db: Queryable, planId: string): Promise<number | null> {
  const { planId: ofPlan, id, state } = provisionApplies;
  const [row] = await db
    .update(provisionApplies)
    .set({ state: 'running', message: null, endedAt: null })
    .where(
      and(eq(state, 'stopped'), eq(id, sql`(SELECT max(${id}) FROM ${provisionApplies} WHERE ${ofPlan} = ${planId})`)),
    )
    .returning({ id });
  return row?.id ?? null;
}

export async function setApplyState(
  db: Queryable,
  id: number,
  state: Apply['state'],
  message: string | null = null,
): Promise<void> {
  const endedAt = state === 'running' ? null : sql`now()`;
  await db.update(provisionApplies).set({ state, message, endedAt }).where(eq(provisionApplies.id, id));
}

/** Before Zendesk is called. */
export async function intendStep(db: Queryable, row: Omit<StepRow, 'state' | 'at' | 'after' | 'recordAfter'>) {
  const values = { ...row, state: 'intended' as const, after: null, recordAfter: null, at: sql`now()` };
  await db
    .insert(provisionSteps)
    .values(values)
    .onConflictDoUpdate({ target: [provisionSteps.applyId, provisionSteps.position], set: values });
}

export async function settleStep(
  db: Queryable,
  { applyId, position }: Pick<StepRow, 'applyId' | 'position'>,
  done: Pick<StepRow, 'state'> & Partial<Pick<StepRow, 'after' | 'recordAfter' | 'zendeskId'>>,
): Promise<void> {
  await db
    .update(provisionSteps)
    .set(done)
    .where(and(eq(provisionSteps.applyId, applyId), eq(provisionSteps.position, position)));
}

/** Applied or rolled back by a person; the rest is what the service set back by itself. */
export const isOfPeople = ({ plan }: Apply): boolean => plan.purpose.kind !== 'keep';

/** Newest first. */
export const listApplies = (db: Queryable): Promise<Apply[]> =>
  db.select().from(provisionApplies).orderBy(desc(provisionApplies.id));

export const listSteps = (db: Queryable): Promise<StepRow[]> =>
  db.select().from(provisionSteps).orderBy(provisionSteps.applyId, provisionSteps.position);
