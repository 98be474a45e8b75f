// Finds a ticket's replies, the waits that they ended, and where clocks were stopped without an answer.
import type { Placement, Wait } from './measure.ts';
import { isFinished, isSolve, type Standing, type Step, type Timeline } from './timeline.ts';

/** Times in epoch milliseconds. */
export interface Reply {
  readonly at: number;
  readonly agentId: number | null;
  readonly standing: Standing;
  /** Since when the customer waited for it; null: nobody did. */
  readonly since: number | null;
}

interface Flip {
  readonly at: number;
  readonly agentId: number | null;
  readonly standing: Standing;
}

export interface Conversation {
  /** Public ones of agents, without the message with which an agent opened the ticket and without automatic ones. Oldest first. */
  readonly replies: readonly Reply[];
  readonly waits: readonly Wait[];
  readonly flips: readonly Flip[];
  readonly openedByAgent: boolean;
}

/** An answer that is sent with the status may be recorded shortly after it. */
const TOGETHER_MS = 60_000;

/**
 * The customer waits from their oldest public message that neither a public answer nor a solve has followed: the same rule that orders the
 * queue. A message on a solved ticket counts if the ticket is opened again or answered.
 */
export function readConversation({ steps, created, last, mergedAt }: Timeline): Conversation {
  const replies: Reply[] = [];
  const waits = new Map<number, Wait>();
  let flips: Flip[] = [];
  let since: number | null = null;
  let placements: Placement[] = [];
  let openedByAgent = created?.actor === 'agent';

  const begin = (at: number, standing: Standing): void => {
    if (since !== null) return;
    since = at;
    placements = [placementOf(at, standing)];
  };
  const end = (until: number | null, by: Wait['endedBy'], agentId: number | null, standing: Standing): void => {
    if (since === null) return;
    const { tier, groupId, priority } = standing;
    waits.set(since, {
      since: new Date(since),
      until: until === null ? null : new Date(Math.max(since, until)),
      endedBy: by,
      agentId,
      tier,
      groupId,
      priority,
      placements,
    });
    since = null;
  };

  for (const step of steps) {
    const { entry, at, after } = step;
    // Within one second steps are not in the order of their times.
    if (since !== null && step.before !== after) place(placements, Math.max(at, since), after);
    if (entry.kind === 'created' && entry.actor === 'customer') begin(at, after);
    else if (isPublicBy(step, 'customer')) begin(at, after);
    else if (isPublicBy(step, 'agent')) {
      if (created !== null && replies.length === 0 && since === null && isAtOnce(at, created.at.getTime())) {
        openedByAgent = true;
        continue;
      }
      replies.push({ at, agentId: entry.actorId, standing: after, since });
      flips = flips.filter((flip) => at - flip.at > TOGETHER_MS);
      end(at, 'reply', entry.actorId, after);
    } else if (isSolve(step)) end(at, 'solve', responsible(step).agentId, after);
    else if (since !== null && isStoppedByAgent(step)) flips.push({ at, agentId: entry.actorId, standing: after });
  }
  if (mergedAt !== null) end(mergedAt, 'gone', null, last);
  if (!isFinished(last)) end(null, null, null, last);
  return { replies, waits: [...waits.values()], flips, openedByAgent };
}

/** Deskwright writes no public comments: what is public under its login a person wrote. */
function isPublicBy({ entry }: Step, author: 'customer' | 'agent'): boolean {
  if (entry.kind !== 'comment' || entry.public !== true) return false;
  return author === 'agent' ? entry.actor === 'agent' || entry.actor === 'us' : entry.actor === author;
}

const isStoppedByAgent = ({ entry, before, after }: Step): boolean =>
  entry.kind === 'status' && entry.actor === 'agent' && before.status !== 'pending' && after.status === 'pending';

/** Events have milliseconds, what the API says has not. */
const isAtOnce = (a: number, b: number): boolean => Math.abs(a - b) <= 1000;

function placementOf(at: number, { tier, groupId, assigneeId, priority }: Standing): Placement {
  return { at: new Date(at), tier, groupId, assigneeId, priority };
}

/** Adds a placement, if the ticket now stands elsewhere; of several at one time the last counts. */
function place(placements: Placement[], at: number, standing: Standing): void {
  const next = placementOf(at, standing);
  let before = placements.at(-1);
  while (before && before.at >= next.at) {
    placements.pop();
    before = placements.at(-1);
  }
  const isSame =
    before?.tier === next.tier &&
    before.groupId === next.groupId &&
    before.assigneeId === next.assigneeId &&
    before.priority === next.priority;
  if (!isSame) placements.push(next);
}

/** Who was responsible when the ticket was solved: as recorded with the solve, otherwise as the ticket stood. */
export function responsible({ entry, after }: Step): { groupId: number | null; agentId: number | null } {
  return {
    groupId: entry.groupId ?? after.groupId,
    agentId: entry.assigneeId ?? after.assigneeId ?? (entry.actor === 'agent' ? entry.actorId : null),
  };
}
