// Finds out what an apply did that ended before it could record it.
import type { RawObject } from '../zendesk/account-objects.ts';
import type { ApplyDeps } from './carry-out.ts';
import { type AccountState, findMarked } from './find-objects.ts';
import { differingKeys, valuesOf } from './kinds.ts';
import { readAccount } from './make-plan.ts';
import { idOfNew, type Step, type Values, withIds } from './plan.ts';
import {
  type Apply,
  isOfPeople,
  listApplies,
  listSteps,
  readRecords,
  type StepRow,
  setApplyState,
  settleStep,
} from './records.ts';
import { finishStep } from './run-step.ts';

/** Zendesk's lists may lack an object for some moments after it was created. */
const LISTED_AFTER_MS = 10_000;
const LOOK_AGAIN_MS = 2_000;

type SettleDeps = Pick<ApplyDeps, 'db' | 'objects' | 'pause'>;

/**
 * Looks in the account for the outcome of each call whose answer was not recorded (the process was killed, Zendesk did not answer), so that no
 * object is made twice. Returns the apply that has not ended. Throws `ZendeskError`.
 */
export async function settleInterrupted(deps: SettleDeps): Promise<Apply | null> {
  const applies = await listApplies(deps.db);
  const begun = applies.filter(({ state }) => state !== 'done');
  const open = (await listSteps(deps.db)).filter(({ state }) => state === 'intended');
  for (const apply of begun) {
    for (const row of open.filter(({ applyId }) => applyId === apply.id))
      await settle(deps, row, apply.plan.steps[row.position]);
    if (apply.state === 'running')
      await setApplyState(deps.db, apply.id, 'stopped', 'The command ended in the middle.');
  }
  const last = applies.find(isOfPeople);
  return last && last.state !== 'done' ? last : null;
}

async function settle(deps: SettleDeps, row: StepRow, step?: Step): Promise<void> {
  const { db, objects } = deps;
  const at = { applyId: row.applyId, position: row.position };
  if (!step) return;
  const { kind, zendeskId } = row;
  let after: RawObject | null;
  const records = await readRecords(db);
  if (row.action === 'create') after = await lookForCreated(deps, row, step);
  else after = zendeskId === null ? null : await objects.show(kind, zendeskId);
  const to = withIds(step.to, (other) => records.get(other)?.zendeskId ?? idOfNew(other));
  if (wasDone(row, to, after)) await finishStep(db, at, { step, after, recordBefore: row.recordBefore });
  else await settleStep(db, at, { state: 'undone' });
}

async function lookForCreated({ db, objects, pause }: SettleDeps, row: StepRow, step: Step): Promise<RawObject | null> {
  const records = await readRecords(db);
  for (let waitedMs = 0; ; waitedMs += LOOK_AGAIN_MS) {
    const created = findCreated(await readAccount(objects, { macros: row.kind === 'macro', records }), row, step);
    if (created || waitedMs >= LISTED_AFTER_MS) return created;
    await pause(LOOK_AGAIN_MS);
  }
}

function findCreated(account: AccountState, { kind, key }: StepRow, { to }: Step): RawObject | null {
  // Another installation on the same account has a webhook with the same mark, and another address.
  if (kind === 'webhook') return account.webhook.find(({ endpoint }) => endpoint === to['endpoint']) ?? null;
  return findMarked(account, kind, key) ?? null;
}

function wasDone({ action, kind }: StepRow, to: Values, after: RawObject | null): boolean {
  switch (action) {
    case 'create':
      return after !== null;
    case 'remove':
      return after === null;
    case 'change':
      return after !== null && differingKeys(valuesOf(kind, after, 'writable'), to).length === 0;
    case 'record':
    case 'release':
      // No call was made: it is only a matter of our records, which the next plan looks at.
      return false;
    default:
      return action satisfies never;
  }
}
