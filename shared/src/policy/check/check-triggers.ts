// Checks that every trigger can fire and makes a difference.
import type { ConditionGroup } from '../condition.ts';
import { type Finding, type PolicyPath, warningAt } from '../finding.ts';
import { entriesAt, isBlock } from '../value-at.ts';
import { shorten } from './check-spelling.ts';
import { findImpossible, isWellFormed } from './find-impossible.ts';
import { type AskedConditions, isCovered, toAskedConditions } from './is-covered.ts';

interface WrittenTrigger {
  readonly path: PolicyPath;
  readonly id: string;
  readonly conditions: ConditionGroup;
  readonly asked: AskedConditions;
  readonly actions: Readonly<Record<string, unknown>>;
  /** Whether it acts for every ticket. */
  readonly acts: boolean;
}

/** Warnings about valid triggers that can never fire, or fire without effect. */
export function checkTriggers(policy: unknown): Finding[] {
  const triggers = entriesAt(policy, ['triggers']).flatMap(({ entry, path }): WrittenTrigger[] => {
    const { id, conditions, actions, mode = 'act' } = entry;
    if (!isBlock(actions) || !isWellFormed(conditions)) return [];
    const asked = toAskedConditions(conditions);
    return [{ path, id: typeof id === 'string' ? id : '', conditions, asked, actions, acts: mode === 'act' }];
  });
  return triggers.flatMap((trigger, index) => [
    ...findImpossible(trigger.conditions, [...trigger.path, 'conditions'], 'the trigger never fires').map(
      (finding) => ({ ...finding, code: 'trigger-never-fires' as const }),
    ),
    ...checkMatters(trigger, triggers.slice(0, index)),
  ]);
}

/** A trigger that only sets a category has no effect if an earlier one always sets it first. */
function checkMatters(trigger: WrittenTrigger, above: readonly WrittenTrigger[]): Finding[] {
  if (Object.keys(trigger.actions).join() !== 'category') return [];
  const winner = above.find(
    (other) => other.acts && other.actions['category'] !== undefined && isCovered(trigger.asked, other.asked),
  );
  if (!winner) return [];
  return [
    warningAt(
      [...trigger.path, 'id'],
      `trigger "${shorten(winner.id)}" above always sets the category first, so this one has no effect; move or remove it`,
      { code: 'trigger-always-beaten' },
    ),
  ];
}
