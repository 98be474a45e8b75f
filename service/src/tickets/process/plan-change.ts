// Plans the ticket change that a decision requires.
import type { Decision } from '@deskwright/shared';
import { withoutPlaceholders } from '../../policy/guidance/guidance.ts';
import { isFinished } from '../projection/apply-snapshot.ts';
import {
  categoriesOf,
  categoryTag,
  isPlacementTag,
  type TicketRow,
  tiersOf,
  tierTag,
} from '../projection/ticket-row.ts';
import type { WantedTicket } from '../tables.ts';
import type { TicketChange } from '../write/ticket-change.ts';

export interface Plan {
  outcome: 'acted' | 'unchanged' | 'left_to_human' | 'not_open' | 'in_shadow';
  change: TicketChange;
  /** Null: what was wanted before stays. */
  wanted: WantedTicket | null;
}

export interface PlanInput {
  row: TicketRow;
  decision: Decision;
  /** False: by the mode of the file, nothing of the policy acts for the ticket. */
  acts: boolean;
  /** The group of the decided tier; null if Zendesk has no such group. */
  tierGroupId: number | null;
  /** Text of the internal note, or null if the policy sets none. */
  note: string | null;
  /** Waiting changes of earlier decisions that are now superseded: their content must not be lost. */
  superseded: readonly TicketChange[];
}

/**
 * Category and tier tags are set to what the policy wants. Everything else is written as the difference from the last
 * decision, so a priority or tag that an agent corrected stays corrected. A ticket with an override is not moved.
 */
export function planChange(input: PlanInput): Plan {
  const { row, decision } = input;
  if (row.gone || isFinished(row.status)) return { outcome: 'not_open', change: {}, wanted: null };
  if (!input.acts) return { outcome: 'in_shadow', change: {}, wanted: withoutUnwritten(row, input.superseded) };
  if (row.placedBy === 'human') return leaveToHuman(row);

  const last = row.wanted;
  const groupId = wantedGroup(row, decision, input.tierGroupId);
  const wanted: WantedTicket = {
    category: decision.category.value,
    tier: decision.tier.value,
    priority: decision.priority.value,
    tags: decision.tags.map((tag) => tag.value),
    groupId,
    ...(last?.leaving ? { leaving: last.leaving } : {}),
  };
  const placement = [categoryTag(wanted.category), tierTag(wanted.tier)];
  const news =
    last === null || last.noteIsDue === true || last.category !== wanted.category || last.tier !== wanted.tier;
  const change = mergeChanges(
    input.superseded.filter((each) => !hasArrived(each, row)),
    {
      addTags: [
        ...placement.filter((tag) => !row.tags.includes(tag)),
        ...wanted.tags.filter((tag) => !last?.tags.includes(tag) && !row.tags.includes(tag)),
      ],
      removeTags: row.tags.filter((tag) => isPlacementTag(tag) && !placement.includes(tag)),
      ...(groupId !== null && groupId !== row.groupId ? { groupId } : {}),
      ...(wanted.priority !== null && wanted.priority !== row.priority && wanted.priority !== last?.priority
        ? { priority: wanted.priority }
        : {}),
      ...(news && input.note ? { note: withoutPlaceholders(input.note) } : {}),
    },
    wanted,
  );
  return { outcome: isEmptyChange(change) ? 'unchanged' : 'acted', change, wanted };
}

/** What earlier changes had not written yet is not wanted any more, so that it is news once the policy acts again. Null: it wrote all. */
function withoutUnwritten(
  { wanted, tags, priority, groupId }: TicketRow,
  dropped: readonly TicketChange[],
): WantedTicket | null {
  if (wanted === null || dropped.length === 0) return null;
  const missing = dropped.flatMap(({ addTags = [] }) => addTags).filter((tag) => !tags.includes(tag));
  const isMissing = priority !== wanted.priority && dropped.some((change) => change.priority === wanted.priority);
  const isNotMoved = groupId !== wanted.groupId && dropped.some((change) => change.groupId === wanted.groupId);
  return {
    ...wanted,
    // With the tier before it: only another tier moves a ticket out of the group in which we placed it.
    ...(isNotMoved && { groupId, tier: tiersOf(tags)[0] ?? wanted.tier }),
    priority: isMissing ? null : wanted.priority,
    tags: wanted.tags.filter((tag) => !missing.includes(tag)),
    ...(dropped.some(({ note }) => note !== undefined) && { noteIsDue: true }),
  };
}

/** The ticket may have the person's category tag next to ours: ours is removed, so that it has exactly one. */
function leaveToHuman(row: TicketRow): Plan {
  const ours = row.wanted ? categoryTag(row.wanted.category) : null;
  const others = categoriesOf(row.tags).length > 1;
  const removeTags =
    ours && others && row.category !== row.wanted?.category ? row.tags.filter((tag) => tag === ours) : [];
  return { outcome: 'left_to_human', change: removeTags.length > 0 ? { removeTags } : {}, wanted: row.wanted };
}

/** Null: leave the group unchanged. */
function wantedGroup(row: TicketRow, decision: Decision, tierGroupId: number | null): number | null {
  const nobodyPlacedIt = row.groupId === null;
  const wePlacedIt = row.wanted?.groupId != null && row.groupId === row.wanted.groupId;
  const tierMoved = row.wanted?.tier !== decision.tier.value;
  // Moving a ticket to another group removes its agent (Zendesk clears the assignee).
  const agentHasIt = row.assigneeId !== null;
  if (!agentHasIt && (nobodyPlacedIt || (wePlacedIt && tierMoved))) return tierGroupId;
  return wePlacedIt ? row.groupId : null;
}

/**
 * Whether the ticket shows a waiting change already: it was written after the backup from which the database was restored. Its note
 * was in the same update.
 */
function hasArrived({ addTags = [] }: TicketChange, row: TicketRow): boolean {
  return addTags.some(isPlacementTag) && addTags.every((tag) => row.tags.includes(tag));
}

/** `earlier`: oldest first. In conflicts the later one wins, and the current decision over all of them. */
function mergeChanges(earlier: readonly TicketChange[], latest: TicketChange, wanted: WantedTicket): TicketChange {
  const placement = [categoryTag(wanted.category), tierTag(wanted.tier)];
  const addTags = new Set(latest.addTags);
  for (const change of earlier)
    for (const tag of change.addTags ?? []) if (!isPlacementTag(tag) || placement.includes(tag)) addTags.add(tag);
  const carried = earlier.findLast((change) => change.priority)?.priority;
  const holds = wanted.priority === null || wanted.priority === carried;
  const priority = latest.priority ?? (holds ? carried : undefined);
  const note = latest.note ?? earlier.findLast((change) => change.note)?.note;
  return {
    ...latest,
    addTags: [...addTags],
    ...(priority ? { priority } : {}),
    ...(note ? { note } : {}),
  };
}

export function isEmptyChange(change: TicketChange): boolean {
  return (
    !change.addTags?.length &&
    !change.removeTags?.length &&
    change.groupId === undefined &&
    !change.priority &&
    !change.unset?.length &&
    !change.note
  );
}
