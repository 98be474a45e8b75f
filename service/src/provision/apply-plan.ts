// Carries out a plan, and resumes one that was interrupted.
import { withSessionLock } from '../platform/storage/database.ts';
import { type ApplyDeps, type Carried, carryOut, type Progress } from './carry-out.ts';
import { observe } from './compare.ts';
import { differingKeys, isSame } from './kinds.ts';
import type { Observed, Plan } from './plan.ts';
import { type Apply, beginApply, isOfPeople, listApplies, listSteps, type StepRow } from './records.ts';
import { settleInterrupted } from './settle-interrupted.ts';

export type { ApplyDeps, Progress };

export type ApplyOutcome =
  | Carried
  /** This very plan was carried out before. */
  | { outcome: 'already'; applyId: number }
  /** The account or the policy is not as the plan found it; nothing was written. */
  | { outcome: 'overtaken'; differences: string[] };

export interface Request {
  plan: Plan;
  reason: string;
  who: string;
  /** The same plan made again, now. */
  remake: () => Promise<Plan>;
}

/** Call within `alone`. Throws `ZendeskError` when the account cannot be read at the start, and database errors. */
export async function applyPlan(deps: ApplyDeps, { plan, reason, who, remake }: Request): Promise<ApplyOutcome> {
  const last = (await listApplies(deps.db)).find(isOfPeople);
  const former = last?.planId === plan.id ? last : null;
  if (former?.state === 'done') return { outcome: 'already', applyId: former.id };
  const before = former ? (await listSteps(deps.db)).filter(({ applyId }) => applyId === former.id) : [];
  const differences = findDifferences(plan, await remake(), doneSteps(before));
  if (differences.length > 0) return { outcome: 'overtaken', differences };
  const applyId = former?.id ?? (await beginApply(deps.db, { plan, reason, who }));
  return carryOut(deps, { applyId, plan, skip: new Set(doneSteps(before).map(({ position }) => position)) });
}

const doneSteps = (steps: readonly StepRow[]): StepRow[] => steps.filter(({ state }) => state === 'done');

/** Any fixed number that nothing else uses. */
const LOCK = 4_600_460_060;
const RETRY_MS = 500;

/**
 * Runs `work` while no other apply, rollback or choice about drift runs on this database; settles first what an interrupted one left.
 * @param onWait called once, with the apply that runs, if one does
 */
export async function alone<T>(
  deps: Pick<ApplyDeps, 'db' | 'objects' | 'pause'>,
  onWait: (running: Apply | null) => void,
  work: (interrupted: Apply | null) => Promise<T>,
): Promise<T> {
  for (let tries = 0; ; tries++) {
    const result = await withSessionLock(deps.db, LOCK, async () => ({
      value: await work(await settleInterrupted(deps)),
    }));
    if (result) return result.value;
    if (tries === 0) onWait((await listApplies(deps.db)).find(({ state }) => state === 'running') ?? null);
    await deps.pause(RETRY_MS);
  }
}

/**
 * One sentence for each difference; empty: the plan may be carried out.
 * @param now the same plan, made again
 * @param done steps of the plan that were already done: their objects are as these left them
 */
function findDifferences(plan: Plan, now: Plan, done: readonly StepRow[]): string[] {
  if (plan.account !== now.account) return [`The plan is for ${plan.account}, and ${now.account} is set.`];
  if (plan.policyHash !== now.policyHash) return ['The policy changed since the plan was made.'];
  const expected = { ...plan.observed };
  for (const { key, kind, after } of done) expected[key] = after ? observe(kind, after) : null;
  const keys = new Set([...Object.keys(expected), ...Object.keys(now.observed)]);
  const differences = [...keys].flatMap((key) => differenceOf(key, expected[key] ?? null, now.observed[key] ?? null));
  if (differences.length > 0 || done.length > 0) return differences;
  const doing = ({ steps }: Plan) => steps.map(({ key, action, to }) => ({ key, action, to }));
  return isSame(doing(plan), doing(now))
    ? []
    : ['The settings or what Deskwright manages changed since the plan was made.'];
}

function differenceOf(key: string, then: Observed | null, now: Observed | null): string[] {
  if (isSame(then, now)) return [];
  if (!then) return [`${key}: it exists now.`];
  if (!now) return [`${key}: it is gone.`];
  if (then.id !== now.id) return [`${key}: it is another object now (${then.id} then, ${now.id} now).`];
  return [`${key}: somebody changed ${differingKeys(then.values, now.values).join(', ')}.`];
}
