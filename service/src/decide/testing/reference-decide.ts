// Decides a ticket in the simplest way; property tests compare `decide` with it.
import type { Condition, ConditionGroup, ConditionNode, Policy, TicketFacts } from '@deskwright/shared';
import { PRIORITIES } from '@deskwright/shared';
import { cannotHold } from '../prove/index.ts';
import type { SeenLeaf } from './reference-leaf.ts';
import { allPatterns, answerPlainly } from './reference-leaf.ts';

/** A condition, how it is wanted, and its result. */
interface Wanted extends SeenLeaf {
  readonly condition: Condition;
  readonly opposite: boolean;
  readonly met: boolean;
}

export interface PlainOutcome {
  readonly category: string;
  readonly priority: string | null;
  readonly tags: readonly string[];
}

export interface PlainDecision extends PlainOutcome {
  readonly categoryBy: string | null;
  readonly conditions: readonly Wanted[];
  /** The conditions that made the trigger fire. */
  readonly carriedBy: readonly Wanted[];
  readonly nearestMiss: { readonly triggerId: string; readonly missedBy: readonly Wanted[] } | null;
}

type Answer = (condition: Condition) => SeenLeaf;

/** The decision without its reasons, which take most of the time. */
export const decideOutcomePlainly = (facts: TicketFacts, policy: Policy): PlainOutcome =>
  outcomeOf(firedTriggers(policy, answerFor(facts, policy)), policy);

export function decidePlainly(facts: TicketFacts, policy: Policy): PlainDecision {
  const answer = answerFor(facts, policy);
  const fired = firedTriggers(policy, answer);
  const winner = fired.find((trigger) => trigger.actions.category !== undefined);
  const before = policy.triggers.slice(0, winner === undefined ? undefined : policy.triggers.indexOf(winner));
  const missed = before
    .filter((trigger) => trigger.actions.category !== undefined)
    .map((trigger) => ({
      trigger,
      distance: flips(trigger.conditions, true, answer),
      met: leaves(trigger.conditions, false, answer).filter((leaf) => leaf.met).length,
    }))
    .filter(({ trigger, distance }) => Number.isFinite(distance) && isSpokenFor(trigger.conditions, answer))
    .toSorted((a, b) => a.distance - b.distance || b.met - a.met);
  const nearest = missed.find(({ trigger }) => !cannotHold(trigger.conditions))?.trigger;
  return {
    ...outcomeOf(fired, policy),
    categoryBy: winner?.id ?? null,
    conditions: winner === undefined ? [] : leaves(winner.conditions, false, answer),
    carriedBy: winner === undefined ? [] : carriers(winner.conditions, true, answer),
    nearestMiss:
      nearest === undefined ? null : { triggerId: nearest.id, missedBy: blockers(nearest.conditions, true, answer) },
  };
}

const patternsOfPolicies = new WeakMap<Policy, ReturnType<typeof allPatterns>>();

function answerFor(facts: TicketFacts, policy: Policy): Answer {
  const known = patternsOfPolicies.get(policy) ?? allPatterns(policy);
  patternsOfPolicies.set(policy, known);
  const answers = new Map<Condition, SeenLeaf>();
  return (condition) => {
    const before = answers.get(condition) ?? answerPlainly(facts, condition, known);
    answers.set(condition, before);
    return before;
  };
}

const firedTriggers = (policy: Policy, answer: Answer): Policy['triggers'] =>
  policy.triggers.filter((trigger) => flips(trigger.conditions, true, answer) === 0);

function outcomeOf(fired: Policy['triggers'], policy: Policy): PlainOutcome {
  const priorities = fired.flatMap(({ actions }) => (actions.priority ? [PRIORITIES.indexOf(actions.priority)] : []));
  return {
    category: fired.find(({ actions }) => actions.category !== undefined)?.actions.category ?? policy.default_category,
    priority: priorities.length === 0 ? null : (PRIORITIES[Math.max(...priorities)] ?? null),
    tags: [...new Set(fired.flatMap(({ actions }) => actions.add_tags ?? []))],
  };
}

const ABSENCE = ['is_not', 'includes_none', 'not_matches', 'absent'];

/** Is something present that the trigger looks for? The absence of something does not count. */
function isSpokenFor(conditions: ConditionGroup, answer: Answer): boolean {
  return leaves(conditions, false, answer).some(
    ({ condition, opposite, met }) => met && ABSENCE.includes(condition.operator) === opposite,
  );
}

/** The parts of a group, each with its wanted result, and how they are combined. */
function partsOf(
  group: ConditionGroup,
  wanted: boolean,
): Array<{ nodes: ConditionNode[]; wanted: boolean; all: boolean }> {
  const any = group.any ?? [];
  return [
    ...(group.all ?? []).map((node) => ({ nodes: [node], wanted, all: true })),
    ...(any.length > 0 ? [{ nodes: any, wanted, all: !wanted }] : []),
    ...(group.none ?? []).map((node) => ({ nodes: [node], wanted: !wanted, all: true })),
  ];
}

/** Fewest conditions whose result would have to change for the node to come out as wanted. */
function flips(node: ConditionNode, wanted: boolean, answer: Answer): number {
  if ('field' in node) return answer(node).holds === wanted ? 0 : 1;
  const costs = partsOf(node, wanted).map((part) => {
    const each = part.nodes.map((one) => flips(one, part.wanted, answer));
    return part.all ? each.reduce((sum, cost) => sum + cost, 0) : Math.min(...each);
  });
  return wanted ? costs.reduce((sum, cost) => sum + cost, 0) : Math.min(Number.POSITIVE_INFINITY, ...costs);
}

function leaves(node: ConditionNode, opposite: boolean, answer: Answer): Wanted[] {
  if (!('field' in node)) {
    return partsOf(node, !opposite).flatMap((part) => part.nodes.flatMap((one) => leaves(one, !part.wanted, answer)));
  }
  const seen = answer(node);
  return [{ ...seen, condition: node, opposite, met: seen.holds !== opposite }];
}

function carriers(node: ConditionNode, wanted: boolean, answer: Answer): Wanted[] {
  if (flips(node, wanted, answer) > 0) return [];
  if ('field' in node) return leaves(node, !wanted, answer);
  return partsOf(node, wanted).flatMap((part) => {
    const costs = part.nodes.map((one) => flips(one, part.wanted, answer));
    const fine = part.all ? costs.every((cost) => cost === 0) : costs.some((cost) => cost === 0);
    return fine ? part.nodes.flatMap((one) => carriers(one, part.wanted, answer)) : [];
  });
}

function blockers(node: ConditionNode, wanted: boolean, answer: Answer): Wanted[] {
  if (flips(node, wanted, answer) === 0) return [];
  if ('field' in node) return leaves(node, !wanted, answer);
  return partsOf(node, wanted).flatMap((part) => {
    const costs = part.nodes.map((one) => flips(one, part.wanted, answer));
    const fine = part.all ? costs.every((cost) => cost === 0) : costs.some((cost) => cost === 0);
    return fine ? [] : part.nodes.flatMap((one) => blockers(one, part.wanted, answer));
  });
}
