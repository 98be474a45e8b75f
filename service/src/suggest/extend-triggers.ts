// Finds which learnt words fit into a trigger that the policy already has.
import {
  type Condition,
  type ConditionGroup,
  type ConditionNode,
  GROUP_KEYS,
  isCondition,
  type Policy,
} from '@deskwright/shared';
import type { Lesson } from './gather-labels.ts';
import type { WordGroup } from './learn-groups.ts';
import { measurePolicy } from './measure-policy.ts';
import { writeTriggers } from './write-triggers.ts';

type Trigger = Policy['triggers'][number];

export interface Extension {
  readonly triggerId: string;
  /** Words that its list lacks. */
  readonly words: readonly string[];
}

interface Extended {
  readonly extensions: readonly Extension[];
  /** The groups that need a trigger of their own. */
  readonly groups: readonly WordGroup[];
}

/**
 * Moves each group into the first trigger of its category that has a list of words, if no fewer of the texts are then decided rightly.
 * @param candidates ids of triggers that may be extended
 */
export function extendTriggers(
  policy: Policy,
  learnt: readonly WordGroup[],
  candidates: ReadonlySet<string>,
  lessons: readonly Lesson[],
): Extended {
  let extensions: readonly Extension[] = [];
  let groups = learnt;
  if (candidates.size === 0) return { extensions, groups };
  const rightWith = (tried: readonly Extension[], own: readonly WordGroup[]): number =>
    measurePolicy(withTriggers(withExtensions(policy, tried), writeTriggers(own, policy), 'after'), lessons).right;
  let right = rightWith(extensions, groups);
  for (const group of learnt) {
    const trigger = policy.triggers.find(
      ({ id, actions, conditions }) =>
        candidates.has(id) && actions.category === group.category && wordListOf(conditions) !== undefined,
    );
    if (trigger === undefined) continue;
    const tried = extended(extensions, trigger, group.phrases);
    const others = groups.filter((other) => other !== group);
    const now = rightWith(tried, others);
    if (now < right) continue;
    extensions = tried;
    groups = others;
    right = now;
  }
  return { extensions, groups };
}

function extended(extensions: readonly Extension[], trigger: Trigger, phrases: readonly string[]): Extension[] {
  const own = extensions.find(({ triggerId }) => triggerId === trigger.id);
  const has = new Set([...valuesOf(wordListOf(trigger.conditions)), ...(own?.words ?? [])].map(unmarked));
  const words = [...(own?.words ?? []), ...phrases.filter((phrase) => !has.has(unmarked(phrase)))];
  return [...extensions.filter((other) => other !== own), { triggerId: trigger.id, words }];
}

const unmarked = (phrase: string): string => phrase.replaceAll('~', '').toLowerCase();
const valuesOf = (condition: Condition | undefined): string[] =>
  Array.isArray(condition?.value) ? condition.value.map(String) : [];

/** Where in the conditions the list of words stands: the first `includes_any` on subject and message that widens the trigger. */
export function wordListPath(conditions: ConditionGroup): ReadonlyArray<string | number> | undefined {
  for (const key of GROUP_KEYS) {
    if (key === 'none') continue;
    const at = (conditions[key] ?? []).findIndex(isWordList);
    if (at >= 0) return [key, at, 'value'];
  }
  return undefined;
}

const isWordList = (node: ConditionNode): node is Condition =>
  isCondition(node) && node.field === 'text' && node.operator === 'includes_any';

function wordListOf(conditions: ConditionGroup): Condition | undefined {
  const [key, at] = wordListPath(conditions) ?? [];
  const node = key === 'all' || key === 'any' ? conditions[key]?.[Number(at)] : undefined;
  return node !== undefined && isCondition(node) ? node : undefined;
}

/** The policy with more words in its triggers. */
export function withExtensions(policy: Policy, extensions: readonly Extension[]): Policy {
  const words = new Map(extensions.map((extension) => [extension.triggerId, extension.words]));
  return {
    ...policy,
    triggers: policy.triggers.map((trigger) => {
      const list = wordListOf(trigger.conditions);
      const more = words.get(trigger.id);
      if (more === undefined || list === undefined) return trigger;
      const wider = (nodes: ConditionNode[] | undefined) =>
        nodes?.map((node) => (node === list ? { ...list, value: [...valuesOf(list), ...more] } : node));
      const { conditions } = trigger;
      return { ...trigger, conditions: { ...conditions, all: wider(conditions.all), any: wider(conditions.any) } };
    }),
  };
}

/** Where new triggers stand: below all others, or above the first that sets a category. */
export type Place = 'before' | 'after';

export function withTriggers(policy: Policy, triggers: readonly Trigger[], place: Place): Policy {
  const at = placeIn(policy, place);
  return { ...policy, triggers: [...policy.triggers.slice(0, at), ...triggers, ...policy.triggers.slice(at)] };
}

/** The index in the policy's triggers at which new ones are put. */
export function placeIn({ triggers }: Pick<Policy, 'triggers'>, place: Place): number {
  const first = triggers.findIndex(({ actions }) => actions.category !== undefined);
  return place === 'before' && first >= 0 ? first : triggers.length;
}
