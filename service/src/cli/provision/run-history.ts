// Lists the applies and rollbacks.
import type { Database } from '../../platform/storage/database.ts';
import { type Apply, listApplies, listSteps } from '../../provision/index.ts';
import { type Clock, clockOf, readPolicyInForce } from '../clock.ts';

/** `deskwright history`: newest first. Exit code 0. */
export async function runHistory({
  db,
  json,
  out,
}: {
  db: Database;
  json: boolean;
  out: (text: string) => void;
}): Promise<0> {
  const steps = await listSteps(db);
  const applies = (await listApplies(db)).map((apply) => ({ ...apply, done: countDone(apply, steps) }));
  if (json) {
    const shown = applies.map(({ plan, planId: _planId, ...apply }) => ({
      ...apply,
      purpose: plan.purpose,
      steps: plan.steps.map(({ key, action, name }) => ({ key, action, name })),
    }));
    out(JSON.stringify({ applies: shown }));
    return 0;
  }
  if (applies.length === 0) out('Nothing was applied yet.');
  else {
    const clock = clockOf(await readPolicyInForce(db));
    out(`Times are those of ${clock.timeZone}.`);
    for (const apply of applies) out(describe(apply, clock));
  }
  return 0;
}

const countDone = ({ id }: Apply, steps: Awaited<ReturnType<typeof listSteps>>): number =>
  steps.filter(({ applyId, state }) => applyId === id && state === 'done').length;

function describe(
  { id, plan, state, reason, who, startedAt, message, done }: Apply & { done: number },
  { print }: Clock,
): string {
  const { purpose, steps } = plan;
  return [
    `${id}  ${print(startedAt)}  ${describePurpose(purpose, steps)}, ${state}: ${done} of ${steps.length} steps, by ${who}`,
    `    ${reason}`,
    ...(message === null ? [] : [`    ${message}`]),
  ].join('\n');
}

function describePurpose(purpose: Apply['plan']['purpose'], steps: Apply['plan']['steps']): string {
  switch (purpose.kind) {
    case 'apply':
      return 'apply';
    case 'rollback':
      return `rollback to ${purpose.to === 0 ? 'before the first apply' : purpose.to}`;
    case 'keep':
      return `order of the view ${steps.map(({ name }) => `"${name}"`).join(', ')} set back`;
    default:
      return purpose satisfies never;
  }
}
