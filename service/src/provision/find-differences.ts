// Finds what changed in the account or the policy since a plan was made. Pure.

import { observe } from './compare.ts';
import { differingKeys, isSame } from './kinds.ts';
import type { Observed, Plan } from './plan.ts';
import type { StepRow } from './records.ts';

/**
 * One sentence for each difference; empty: the plan may be carried out.
 * @param now the same plan, made again
 * @param done steps of the plan that were already done: their objects are as these left them
 */
export function findDifferences(plan: Plan, now: Plan, done: readonly StepRow[]): string[] {
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
