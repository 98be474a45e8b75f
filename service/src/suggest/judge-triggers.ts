// Finds triggers of the policy that labelled tickets speak against.
import { type ConditionGroup, type ConditionNode, GROUP_KEYS, isCondition, type Policy } from '@deskwright/shared';
import type { Measured } from './measure-policy.ts';

export interface Retirement {
  readonly triggerId: string;
  readonly why: 'decides nothing' | 'mostly wrong';
  readonly right: number;
  readonly wrong: number;
  /** The category that most of its catches have; null: none. */
  readonly mostly: string | null;
  /** It does more than set a category, so that only its category is in question. */
  readonly doesMore: boolean;
}

/** With fewer texts, a trigger that decides none of them may be for something rare. */
const FEWEST_TEXTS = 200;
const FEWEST_CATCHES = 5;
const LEAST_RIGHT = 0.5;
/** What a file of tickets says of each. */
const TEXT_FIELDS: ReadonlySet<string> = new Set(['subject', 'description', 'text', 'full_text', 'comment']);

/** @param measured of this policy, on all texts */
export function judgeTriggers({ triggers }: Policy, { byTrigger, texts }: Measured): Retirement[] {
  return triggers.flatMap(({ id, actions, conditions }): Retirement[] => {
    if (actions.category === undefined) return [];
    const { right = 0, wrong = 0, should } = byTrigger.get(id) ?? {};
    const catches = right + wrong;
    const doesMore = actions.priority !== undefined || actions.add_tags !== undefined;
    const [mostly] = [...(should ?? [])].toSorted((a, b) => b[1] - a[1]);
    const judged = { triggerId: id, right, wrong, mostly: mostly?.[0] ?? null, doesMore };
    if (catches === 0 && texts >= FEWEST_TEXTS && [...fieldsOf(conditions)].every((field) => TEXT_FIELDS.has(field)))
      return [{ ...judged, why: 'decides nothing' }];
    return catches >= FEWEST_CATCHES && right / catches < LEAST_RIGHT ? [{ ...judged, why: 'mostly wrong' }] : [];
  });
}

function fieldsOf(group: ConditionGroup): Set<string> {
  const fields = new Set<string>();
  const visit = (node: ConditionNode): void => {
    if (isCondition(node)) fields.add(node.field);
    else for (const key of GROUP_KEYS) for (const child of node[key] ?? []) visit(child);
  };
  visit(group);
  return fields;
}
