// Performs the steps of a plan, each recorded before and after its call.
import { takeToken } from '../platform/outbox/rate.ts';
import type { Database } from '../platform/storage/database.ts';
import { WRITES } from '../tickets/index.ts';
import type { RawObject } from '../zendesk/account-objects.ts';
import { ZendeskError } from '../zendesk/zendesk.ts';
import { observe } from './compare.ts';
import { isSame, KINDS, nameOf, valuesOf } from './kinds.ts';
import type { PlanDeps } from './make-plan.ts';
import { perform } from './perform-step.ts';
import { idOf, type ObjectRecord, type Plan, type Step } from './plan.ts';
import { intendStep, readRecords, saveRecord, setApplyState, settleStep } from './records.ts';

export interface ApplyDeps extends PlanDeps {
  db: Database;
  /** Writes that the budget allows, which tickets share. */
  perMinute: () => number;
  /** Waits for milliseconds. */
  pause: (ms: number) => Promise<unknown>;
  onProgress: (progress: Progress) => void;
  /** Aborted by the person: the running step ends, no other begins. */
  signal: AbortSignal;
}

export type Progress =
  | { kind: 'step'; step: Step; position: number; of: number }
  | { kind: 'waiting'; ms: number; why: string };

export type Carried =
  | { outcome: 'done'; applyId: number; steps: number }
  /** Zendesk refused or did not answer, or the person stopped it. `reason` says what happened. */
  | { outcome: 'stopped'; applyId: number; done: number; of: number; reason: string };

/** Zendesk's windows last a minute; a longer wait is left to the person. */
const LONGEST_WAIT_MS = 60_000;
const TRIES = 4;
/** The budget may be blocked because Zendesk refuses our login. */
const LONGEST_BUDGET_WAIT_MS = 5 * 60_000;

class StoppedError extends Error {
  override readonly name = 'StoppedError';
}

interface Running {
  applyId: number;
  plan: Plan;
  /** Positions of steps that an earlier run of the same plan did. */
  skip: ReadonlySet<number>;
}

export async function carryOut(deps: ApplyDeps, { applyId, plan, skip }: Running): Promise<Carried> {
  const of = plan.steps.length;
  await setApplyState(deps.db, applyId, 'running');
  let done = skip.size;
  for (const [position, step] of plan.steps.entries()) {
    if (skip.has(position)) continue;
    deps.onProgress({ kind: 'step', step, position, of });
    try {
      if (deps.signal.aborted) throw new StoppedError('It was interrupted.');
      await runStep(deps, { applyId, position, step, plan });
      done += 1;
    } catch (error) {
      if (!(error instanceof ZendeskError) && !(error instanceof StoppedError)) throw error;
      const reason = `${step.action} of the ${KINDS[step.kind].noun} "${step.name}": ${error.message}`;
      await setApplyState(deps.db, applyId, 'stopped', reason);
      return { outcome: 'stopped', applyId, done, of, reason };
    }
  }
  await setApplyState(deps.db, applyId, 'done');
  return { outcome: 'done', applyId, steps: of };
}

interface StepRun {
  applyId: number;
  position: number;
  step: Step;
  plan: Plan;
}

async function runStep(deps: ApplyDeps, { applyId, position, step, plan }: StepRun): Promise<void> {
  const { db, objects } = deps;
  const { key, kind, name, action, zendeskId } = step;
  const before = zendeskId === null ? null : await retrying(deps, () => objects.show(kind, zendeskId));
  const planned = plan.observed[key] ?? null;
  if (zendeskId !== null && !isSame(before && observe(kind, before), planned))
    throw new StoppedError('somebody changed it since the plan was made. Make another plan.');
  const recordBefore = (await readRecords(db)).get(key) ?? null;
  await intendStep(db, { applyId, position, key, kind, name, action, zendeskId, before, recordBefore });
  const writes = action === 'create' || action === 'change' || action === 'remove';
  let performed: Awaited<ReturnType<typeof perform>>;
  try {
    performed = await retrying(deps, async () => {
      if (writes) await takeTurn(deps);
      return perform(objects, step, before);
    });
  } catch (error) {
    // Without an answer it may have been done: the next apply finds out.
    if (error instanceof ZendeskError && error.kind !== 'unavailable')
      await settleStep(db, { applyId, position }, { state: 'undone' });
    throw error;
  }
  await finishStep(db, { applyId, position }, { step, ...performed, recordBefore });
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
          values: valuesOf(kind, after),
          ignored: ignored ?? recordBefore?.ignored ?? null,
        }
      : null;
  await db.transaction(async (tx) => {
    await settleStep(tx, at, { state: 'done', after, recordAfter, ...(after && { zendeskId: idOf(after) }) });
    await saveRecord(tx, key, recordAfter);
  });
}

interface Finished {
  step: Pick<Step, 'key' | 'kind' | 'origin'>;
  /** Null: it is gone. */
  after: RawObject | null;
  /** Values that the account does not allow otherwise. */
  ignored?: ObjectRecord['ignored'];
  recordBefore: ObjectRecord | null;
}

/** Repeats a call to which Zendesk said "busy": nothing was done. */
async function retrying<T>(
  deps: Pick<ApplyDeps, 'pause' | 'onProgress' | 'signal'>,
  call: () => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof ZendeskError) || error.kind !== 'busy' || tries >= TRIES) throw error;
      const ms = error.retryAfterMs ?? LONGEST_WAIT_MS;
      if (ms > LONGEST_WAIT_MS || deps.signal.aborted) throw error;
      deps.onProgress({ kind: 'waiting', ms, why: 'Zendesk asks to wait' });
      await deps.pause(ms);
    }
  }
}

/** Waits for a write of the budget that tickets share. */
async function takeTurn({ db, perMinute, pause, onProgress, signal }: ApplyDeps): Promise<void> {
  for (let waitedMs = 0; ; ) {
    const budget = await takeToken(db, WRITES, perMinute());
    if (budget.granted) return;
    if (waitedMs + budget.waitMs > LONGEST_BUDGET_WAIT_MS)
      throw new StoppedError('the write budget is used up or writing to Zendesk has stopped (see `deskwright doctor`)');
    if (signal.aborted) throw new StoppedError('it was interrupted');
    onProgress({ kind: 'waiting', ms: budget.waitMs, why: 'the write budget is used up' });
    await pause(budget.waitMs);
    waitedMs += budget.waitMs;
  }
}
