// Decides about escalation: which criteria hold for a ticket, and where it may go next.
import type { Policy, TicketFacts } from '@deskwright/shared';
import type { Criterion } from '@deskwright/shared/contract';
import { type RuleSet, ruleSetSteps } from './rules/rule-set.ts';
import type { Steps } from './steps.ts';

interface CompiledCriterion {
  readonly text: string;
  /** Its index among the rules; null when people decide. */
  readonly rule: number | null;
}

export interface CompiledCriteria {
  readonly byTier: ReadonlyMap<string, readonly CompiledCriterion[]>;
  readonly rules: RuleSet;
}

/** The criteria of all tiers, compiled in steps over one set of rules. Entries about the same tier add up. */
export function* criteriaSteps({ criteria }: Policy['escalation']): Steps<CompiledCriteria> {
  const all = criteria.flatMap(({ tier, when }) => when.map((criterion) => ({ tier, ...criterion })));
  const groups = all.flatMap(({ conditions }) => conditions ?? []);
  const byTier = new Map<string, CompiledCriterion[]>();
  for (const { tier, text, conditions } of all) {
    const rule = conditions === undefined ? null : groups.indexOf(conditions);
    byTier.set(tier, [...(byTier.get(tier) ?? []), { text, rule }]);
  }
  return { byTier, rules: yield* ruleSetSteps(groups) };
}

/**
 * The criteria of a tier, in the policy's order, with whether each holds for a ticket.
 * @param unknown names of fields whose values are unknown, which is not the same as empty: criteria that read them are left to people
 */
export function evaluateCriteria(
  facts: TicketFacts,
  { byTier, rules }: CompiledCriteria,
  tierId: string,
  unknown: ReadonlySet<string>,
): Criterion[] {
  const criteria = byTier.get(tierId) ?? [];
  if (criteria.every(({ rule }) => rule === null)) return criteria.map(({ text }) => ({ text, holds: null }));
  const { distances, trace } = rules.answer(facts);
  const asksUnknown = (rule: number): boolean =>
    (rules.rules[rule]?.leaves ?? []).some((leaf) => {
      const { field } = trace(leaf);
      return unknown.has(field) || (field.startsWith('custom_field:') && unknown.has('custom_field'));
    });
  return criteria.map(({ text, rule }) => ({
    text,
    holds: rule === null || asksUnknown(rule) ? null : distances[rule] === 0,
  }));
}

export interface EscalationState {
  /** Where the ticket belongs: the tier of its tag. Null: it has none. */
  readonly tier: string | null;
  /** The group it is in. */
  readonly groupId: number | null;
  /** The group it is being moved to; `groupId` if it is not being moved. */
  readonly pendingGroup: number | null;
  /** Groups it was in before, whoever moved it, newest first. */
  readonly leftGroups: readonly number[];
  /** Escalations and hand-offs made in the sidebar, newest first. */
  readonly passedOn: readonly {
    readonly kind: 'tier' | 'department';
    readonly fromTier: string | null;
    /** Id of the tier or department. */
    readonly target: string;
  }[];
}

export interface NextSteps {
  /** The tier whose group has the ticket, or that a department got it from; otherwise where it belongs. Null: the policy has no such tier. */
  readonly from: string | null;
  /** Handed over: no tier has the ticket until it comes back. */
  readonly atDepartment: boolean;
  readonly next: string | null;
  /** In the policy's order. */
  readonly back: readonly string[];
}

/**
 * What an agent has stays with the agent, so a ticket can have the tag of one tier and be in the group of another: it continues from
 * the tier that has it. Up is the tier that this one escalates to, or the one where the ticket belongs if that is further up.
 * Back are lower tiers that had it before, or where it belongs; from a department, also the tier that it came from.
 * @param groupIdOf id of a group by its name; null if Zendesk has no such group, or the groups are not loaded yet
 */
export function nextSteps(
  { tiers, departments }: Pick<Policy, 'tiers' | 'departments'>,
  { tier, groupId, pendingGroup, leftGroups, passedOn }: EscalationState,
  groupIdOf: (name: string) => number | null,
): NextSteps {
  const tierOf = new Map<number | null, string>();
  for (const { id, group } of tiers) tierOf.set(groupIdOf(group), id);
  tierOf.delete(null);
  const isDepartment = pendingGroup !== null && departments.some(({ group }) => groupIdOf(group) === pendingGroup);
  const inGroup = tierOf.get(pendingGroup);
  // The last hand-off counts only if no group can tell: the ticket has none, or the department's is unknown.
  const [last] = passedOn;
  const isKnown = departments.some(({ id, group }) => id === last?.target && groupIdOf(group) !== null);
  const isHandedOver = last?.kind === 'department' && (pendingGroup === null || !isKnown);
  const atDepartment = isDepartment || (inGroup === undefined && isHandedOver);
  const left = (pendingGroup === groupId ? leftGroups : [groupId, ...leftGroups]).map((group) => tierOf.get(group));
  const leftLast = left.find((id) => id !== undefined);
  const holder = tier === null ? null : (inGroup ?? (atDepartment ? leftLast : undefined) ?? tier);
  const from = tiers.find(({ id }) => id === holder);
  if (from === undefined) return { from: null, atDepartment, next: null, back: [] };

  const had = new Set<string | null | undefined>([...passedOn.map(({ fromTier }) => fromTier), ...left]);
  const belongsAbove = leadsTo({ tiers }, from.id, tier) ? tier : null;
  const next = belongsAbove ?? from.escalates_to ?? null;
  const isBack = (id: string): boolean =>
    (had.has(id) || id === tier) && (id === from.id ? atDepartment : leadsTo({ tiers }, id, from.id));
  return { from: from.id, atDepartment, next, back: tiers.map(({ id }) => id).filter(isBack) };
}

/** Tier ids. False from a tier to itself and when `to` is null. */
export function leadsTo({ tiers }: Pick<Policy, 'tiers'>, from: string, to: string | null): boolean {
  const next = tiers.find(({ id }) => id === from)?.escalates_to;
  // The loader refuses circular escalation, so this ends.
  return next !== undefined && (next === to || leadsTo({ tiers }, next, to));
}
