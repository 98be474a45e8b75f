// Performs one step, recorded before its call and after it.
import type { Database } from '../platform/storage/database.ts';
import type { AccountObjects, RawObject } from '../zendesk/account-objects.ts';
import { ZendeskError } from '../zendesk/zendesk.ts';
import { observe } from './compare.ts';
import { isSame, nameOf, valuesOf } from './kinds.ts';
import { type Calls, StoppedError } from './patient-calls.ts';
import { perform } from './perform-step.ts';
import { idOf, type ObjectRecord, type Observed, type Step, withIds } from './plan.ts';
import { intendStep, readRecords, saveRecord, settleStep } from './records.ts';

interface StepRun {
  applyId: number;
  position: number;
  step: Step;
  /** The object as the plan found it. */
  observed: Observed | null;
}

/**
 * Returns the object as it is afterwards. Throws `StoppedError` when somebody changed it since the plan was made, or when Zendesk did not make
 * the change that it accepted; `ZendeskError` and database errors.
 */
export async function runStep(
  { db, objects, calls }: { db: Database; objects: AccountObjects; calls: Calls },
  { applyId, position, step, observed }: StepRun,
): Promise<RawObject | null> {
  const { key, kind, name, action, zendeskId } = step;
  const before = zendeskId === null ? null : await calls.read(() => objects.show(kind, zendeskId));
  if (zendeskId !== null && !isSame(before && observe(kind, before), observed))
    throw new StoppedError('somebody changed it since the plan was made. Make another plan.');
  const records = await readRecords(db);
  const recordBefore = records.get(key) ?? null;
  await intendStep(db, { applyId, position, key, kind, name, action, zendeskId, before, recordBefore });
  const to = withIds(step.to, (other) => records.get(other)?.zendeskId ?? null);
  let performed: Awaited<ReturnType<typeof perform>>;
  try {
    performed = await perform({ objects, calls }, { ...step, to }, before);
  } catch (error) {
    // Without an answer it may have been done: the next apply finds out.
    const isUnknown = error instanceof ZendeskError && error.kind === 'unavailable';
    if (!isUnknown && (error instanceof ZendeskError || error instanceof StoppedError))
      await settleStep(db, { applyId, position }, { state: 'undone' });
    throw error;
  }
  await finishStep(db, { applyId, position }, { step, ...performed, recordBefore });
  return performed.after;
}

/** Also for a step whose call was made by a process that ended before it could record it. */
export async function finishStep(
  db: Database,
  at: { applyId: number; position: number },
  { step, after, ignored = null, recordBefore }: Finished,
): Promise<void> {
  const { key, kind, origin } = step;
  const recordAfter: ObjectRecord | null =
    after && origin
      ? {
          key,
          kind,
          zendeskId: idOf(after),
          name: nameOf(kind, after),
          origin,
          values: knownValues(step, after, recordBefore),
          ignored: ignored ?? recordBefore?.ignored ?? null,
        }
      : null;
  await db.transaction(async (tx) => {
    await settleStep(tx, at, { state: 'done', after, recordAfter, ...(after && { zendeskId: idOf(after) }) });
    await saveRecord(tx, key, recordAfter);
  });
}

/** What this step did not set stays as we last knew it, so that what others changed of it is still told. */
function knownValues({ kind, origin, to }: Finished['step'], after: RawObject, record: ObjectRecord | null) {
  const now = valuesOf(kind, after, origin === 'managed' ? 'part' : 'owned');
  if (record?.zendeskId !== idOf(after)) return now;
  return { ...record.values, ...Object.fromEntries(Object.entries(now).filter(([key]) => key in to)) };
}

interface Finished {
  step: Pick<Step, 'key' | 'kind' | 'origin' | 'to'>;
  /** Null: it is gone. */
  after: RawObject | null;
  /** Values that the account does not allow otherwise. */
  ignored?: ObjectRecord['ignored'];
  recordBefore: ObjectRecord | null;
}
