// Performs the steps of a plan, one after another, until one fails.
import type { Database } from '../platform/storage/database.ts';
import { CHECK_LOGIN } from '../zendesk/stopped-while.ts';
import { ZendeskError } from '../zendesk/zendesk.ts';
import { KINDS } from './kinds.ts';
import type { PlanDeps } from './make-plan.ts';
import { type Patience, patientCalls, StoppedError, type WriteBudget } from './patient-calls.ts';
import type { Plan, Step } from './plan.ts';
import { setApplyState } from './records.ts';
import { runStep } from './run-step.ts';

export interface ApplyDeps extends PlanDeps, WriteBudget, Omit<Patience, 'onWait'> {
  db: Database;
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

interface Running {
  applyId: number;
  plan: Plan;
  /** Positions of steps that an earlier run of the same plan did. */
  skip: ReadonlySet<number>;
}

export async function carryOut(deps: ApplyDeps, { applyId, plan, skip }: Running): Promise<Carried> {
  const { db, objects, onProgress } = deps;
  const calls = patientCalls({ ...deps, onWait: (ms, why) => onProgress({ kind: 'waiting', ms, why }) }, deps);
  const of = plan.steps.length;
  await setApplyState(db, applyId, 'running');
  let done = skip.size;
  for (const [position, step] of plan.steps.entries()) {
    if (skip.has(position)) continue;
    onProgress({ kind: 'step', step, position, of });
    try {
      if (deps.signal.aborted) throw new StoppedError('It was interrupted.');
      await runStep({ db, objects, calls }, { applyId, position, step, observed: plan.observed[step.key] ?? null });
      done += 1;
    } catch (error) {
      if (!(error instanceof ZendeskError) && !(error instanceof StoppedError)) throw error;
      const login = error instanceof ZendeskError && error.kind === 'forbidden' ? `. ${CHECK_LOGIN}` : '';
      const reason = `${step.action} of the ${KINDS[step.kind].noun} "${step.name}": ${error.message}${login}`;
      await setApplyState(db, applyId, 'stopped', reason);
      return { outcome: 'stopped', applyId, done, of, reason };
    }
  }
  await setApplyState(db, applyId, 'done');
  return { outcome: 'done', applyId, steps: of };
}
