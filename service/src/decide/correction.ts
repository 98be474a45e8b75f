// Decides where a ticket goes when an agent changes its category.
import type { Policy } from '@deskwright/shared';
import { leadsTo } from './escalation.ts';

interface Correctable {
  readonly tier: string | null;
  readonly assigneeId: number | null;
  /** The group that it is in or being moved to. */
  readonly groupId: number | null;
  /** The tier of its last escalation in the sidebar. Null: it was not escalated, or handed to a department since. */
  readonly escalatedTo: string | null;
}

interface Corrected {
  /** The tier where the ticket then belongs. */
  readonly tier: string;
  /** The tier's group, which the ticket is to be in. Null: its group stays. */
  readonly groupId: number | null;
  /** The group that it moves to. Null: it stays, or is there already. */
  readonly movedTo: number | null;
}

/**
 * A ticket escalated above the category's tier stays there. A ticket at a department stays there, however it got there, and an
 * assigned ticket stays with its agent.
 * @param tier the tier of the new category
 * @param groupIdOf id of a group by its name; null if Zendesk has no such group, or the groups are not loaded yet
 */
export function correctionOf(
  { tiers, departments }: Pick<Policy, 'tiers' | 'departments'>,
  ticket: Correctable,
  tier: string,
  groupIdOf: (name: string) => number | null,
): Corrected {
  const { escalatedTo, groupId, assigneeId } = ticket;
  const isEscalated = ticket.tier !== null && escalatedTo === ticket.tier && leadsTo({ tiers }, tier, ticket.tier);
  const then = isEscalated && ticket.tier !== null ? ticket.tier : tier;
  const atDepartment = groupId !== null && departments.some(({ group }) => groupIdOf(group) === groupId);
  const stays = ticket.tier === then || assigneeId !== null || atDepartment;
  const group = stays ? undefined : tiers.find(({ id }) => id === then)?.group;
  const target = group === undefined ? null : groupIdOf(group);
  return { tier: then, groupId: target, movedTo: target === groupId ? null : target };
}
