// Finds replies that answered a newer ticket while an older equal one waited: the definition, which SQL must agree with.
import type { Placement, Wait } from '../measure.ts';

export interface QueuedWait extends Wait {
  readonly ticketId: number;
}

export interface Overtake {
  readonly ticketId: number;
  /** When the reply came. */
  readonly at: Date;
  readonly agentId: number | null;
  readonly tier: string;
  readonly groupId: number | null;
  /** The tickets that it passed, the one with the longest wait first. */
  readonly passed: readonly number[];
}

/**
 * A reply passes each ticket that had waited longer and stood equal at that moment: still waiting, in the same tier, in the same band
 * (urgent or not: within a band the queue is oldest first), not with a department, and assigned to nobody or to the agent who replied. What is
 * assigned to another agent nobody else would answer, so to leave it is no choice. A reopened ticket waits from its new question, and a ticket
 * that moved counts for where it stood when the reply came.
 * @param departments groups of departments
 */
export function findOvertakes(waits: readonly QueuedWait[], departments: ReadonlySet<number>): Overtake[] {
  const isWithDepartment = ({ groupId }: Pick<Placement, 'groupId'>): boolean =>
    groupId !== null && departments.has(groupId);
  const bySince = waits.toSorted((a, b) => a.since.getTime() - b.since.getTime() || a.ticketId - b.ticketId);
  return bySince.flatMap((reply): Overtake[] => {
    const { until: at, tier, agentId, groupId, ticketId } = reply;
    if (reply.endedBy !== 'reply' || at === null || tier === null || isWithDepartment(reply)) return [];
    const passed = bySince.filter((other) => {
      if (other.ticketId === ticketId || other.since >= reply.since || (other.until !== null && other.until <= at))
        return false;
      const stood = standsAt(other, at);
      return (
        stood?.tier === tier &&
        isUrgent(stood) === isUrgent(reply) &&
        (stood.assigneeId === null || stood.assigneeId === agentId) &&
        !isWithDepartment(stood)
      );
    });
    if (passed.length === 0) return [];
    return [{ ticketId, at, agentId, tier, groupId, passed: passed.map((one) => one.ticketId) }];
  });
}

const isUrgent = ({ priority }: Pick<Placement, 'priority'>): boolean => priority === 'urgent';

const standsAt = ({ placements }: Wait, at: Date): Placement | undefined =>
  placements.findLast((placement) => placement.at <= at);
