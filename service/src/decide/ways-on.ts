// Finds who has a ticket and to which tiers it can go.
import type { Policy } from '@deskwright/shared';
import { leadsTo } from './leads-to.ts';

export interface Standing {
  /** Where the ticket belongs: the tier that its tag says. Null: it is not sorted. */
  readonly tier: string | null;
  /** The group it is in. */
  readonly groupId: number | null;
  /** The group it is on its way to; `groupId` where it is on no way. */
  readonly groupToBe: number | null;
  /** Groups it was taken from, by whomever, newest first. */
  readonly leftGroups: readonly number[];
  /** What agents passed on in the sidebar, newest first. */
  readonly passedOn: readonly {
    readonly kind: 'tier' | 'department';
    readonly fromTier: string | null;
    /** Id of the tier or department. */
    readonly target: string;
  }[];
}

export interface Ways {
  /** The tier whose group has the ticket, or from which a department got it; else where it belongs. Null: the policy has no such tier. */
  readonly from: string | null;
  /** No tier has the ticket until it comes back. */
  readonly atDepartment: boolean;
  readonly next: string | null;
  /** In the policy's order. */
  readonly back: readonly string[];
}

/**
 * What an agent has stays with the agent, so a ticket may carry the tag of one tier and stand in the group of another: it goes on from
 * the tier that has it. Up is the tier that helps this one, or the one where the ticket belongs if that is further up.
 * Back are tiers below that had it before, or where it belongs; from a department, the tier that it came from, too.
 * @param groupIdOf id of a group by its name; null where Zendesk has none, or has not told yet
 */
export function waysOn(
  { tiers, departments }: Pick<Policy, 'tiers' | 'departments'>,
  { tier, groupId, groupToBe, leftGroups, passedOn }: Standing,
  groupIdOf: (name: string) => number | null,
): Ways {
  const tierOf = new Map<number | null, string>();
  for (const { id, group } of tiers) tierOf.set(groupIdOf(group), id);
  tierOf.delete(null);
  const isDepartment = groupToBe !== null && departments.some(({ group }) => groupIdOf(group) === groupToBe);
  const inGroup = tierOf.get(groupToBe);
  // Only where no group can say it does the last hand-off: the ticket has none, or that of the department is not known.
  const [last] = passedOn;
  const isKnown = departments.some(({ id, group }) => id === last?.target && groupIdOf(group) !== null);
  const isHandedOver = last?.kind === 'department' && (groupToBe === null || !isKnown);
  const atDepartment = isDepartment || (inGroup === undefined && isHandedOver);
  const left = (groupToBe === groupId ? leftGroups : [groupId, ...leftGroups]).map((group) => tierOf.get(group));
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
