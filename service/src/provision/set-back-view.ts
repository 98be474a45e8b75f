// Checks the order of managed views while the service runs, and restores it: each restore is recorded as an apply.
import type { Database } from '../platform/storage/database.ts';
import type { AccountObjects, RawObject } from '../zendesk/account-objects.ts';
import { compare } from './compare.ts';
import { desiredOrder, keyOfView } from './desired-views.ts';
import { NOTHING } from './find-objects.ts';
import { sealPlan } from './make-plan.ts';
import { PROMPT_CALLS } from './patient-calls.ts';
import type { ObjectRecord, Plan } from './plan.ts';
import { beginApply, resumeStopped, setApplyState } from './records.ts';
import { runStep } from './run-step.ts';
import { type ManagedView, outOfOrder } from './view-order.ts';

export type ViewComparison =
  | { verdict: 'fine'; view: RawObject }
  /** `message` says what is wrong. */
  | { verdict: 'differs'; view: RawObject; message: string; steps: Pick<Plan, 'steps' | 'observed'> }
  /** `message` says what to do. */
  | { verdict: 'missing'; message: string }
  | { verdict: 'ambiguous'; message: string };

/** The comparison of `deskwright plan`, of the order of one view. Pure. */
export function compareOrder(
  managed: ManagedView,
  views: readonly RawObject[],
  records: ReadonlyMap<string, ObjectRecord>,
): ViewComparison {
  const key = keyOfView(managed);
  const desired = { ...desiredOrder(managed, views), enforce: true };
  const record = records.get(key);
  const { steps, observed, verdicts } = compare(
    { objects: [desired], unknown: [] },
    { ...NOTHING, view: views },
    new Map(record ? [[key, record]] : []),
  );
  const view = views.find(({ id }) => String(id) === observed[key]?.id);
  const verdict = verdicts[key];
  if (view && verdict !== 'missing' && verdict !== 'ambiguous')
    return steps.some(({ action }) => action === 'change')
      ? { verdict: 'differs', view, message: outOfOrder(view, managed.order), steps: { steps, observed } }
      : { verdict: 'fine', view };
  return {
    verdict: verdict === 'ambiguous' ? 'ambiguous' : 'missing',
    message: desired.problem?.message ?? 'It does not exist.',
  };
}

export interface SetBackDeps {
  db: Database;
  objects: AccountObjects;
  /** `https://acme.zendesk.com`. */
  account: string;
  now: () => Date;
}

/**
 * Writes at once, outside the budget of tickets: Zendesk's limit of ticket updates does not count it, and a view is checked once a minute at
 * most. `history` shows it, and `rollback` knows it.
 * @param who whose change is set back; null: unknown
 * Throws as `runStep` does.
 */
export async function setBackView(
  { db, objects, account, now }: SetBackDeps,
  { steps, observed }: Pick<Plan, 'steps' | 'observed'>,
  who: string | null,
): Promise<void> {
  const content = { steps, observed, notices: [], verdicts: {} };
  const plan = sealPlan({ account, now }, content, { purpose: { kind: 'keep' }, policyHash: '' });
  const reason = `keep: enforce. ${who ?? 'Somebody'} had changed the order.`;
  // Tried once a minute for as long as Zendesk refuses it.
  const applyId = (await resumeStopped(db, plan.id)) ?? (await beginApply(db, { plan, reason, who: 'Deskwright' }));
  try {
    for (const [position, step] of plan.steps.entries())
      await runStep(
        { db, objects, calls: PROMPT_CALLS },
        { applyId, position, step, observed: observed[step.key] ?? null },
      );
    await setApplyState(db, applyId, 'done');
  } catch (error) {
    await setApplyState(db, applyId, 'stopped', error instanceof Error ? error.message : String(error));
    throw error;
  }
}
