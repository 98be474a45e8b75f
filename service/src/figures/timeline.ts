// Replays a ticket's history: how the ticket stood before and after each entry.
import { withoutAutomaticReopenings } from './automatic-reopening.ts';
import type { HistoryEntry } from './history-entry.ts';
import { sortHistory } from './sort-history.ts';

/** How a ticket stands. Null: it has none, or nobody said. */
export interface Standing {
  readonly status: string | null;
  readonly priority: string | null;
  readonly groupId: number | null;
  readonly assigneeId: number | null;
  readonly tier: string | null;
  readonly category: string | null;
}

export interface Step {
  readonly entry: HistoryEntry;
  /** Epoch milliseconds. */
  readonly at: number;
  /** The same object where the entry changed nothing. */
  readonly before: Standing;
  readonly after: Standing;
}

export interface Timeline {
  readonly steps: readonly Step[];
  /** Null: the history begins later. */
  readonly created: HistoryEntry | null;
  readonly channel: string | null;
  readonly last: Standing;
  /** In epoch milliseconds; the history is cut there. */
  readonly mergedAt: number | null;
  /** Deleted or spam, and not restored since. */
  readonly isGone: boolean;
}

const NOTHING: Standing = {
  status: null,
  priority: null,
  groupId: null,
  assigneeId: null,
  tier: null,
  category: null,
};

export function replay(entries: readonly HistoryEntry[], now?: Date): Timeline {
  const sorted = sortHistory(entries, now);
  const merged = sorted.find(({ kind }) => kind === 'merged');
  // Zendesk closes a merged ticket and comments on it, within a second of the merge: that is no solve and no answer.
  const mergeSecond = merged && Math.floor(merged.at.getTime() / 1000) * 1000;
  const life = withoutAutomaticReopenings(
    sorted.filter(({ at }) => mergeSecond === undefined || at.getTime() < mergeSecond - 1000),
  );
  let standing = NOTHING;
  const steps = life.map((entry): Step => {
    const before = standing;
    standing = after(before, entry);
    return { entry, at: entry.at.getTime(), before, after: standing };
  });
  const created = life.find(({ kind }) => kind === 'created') ?? null;
  const removal = sorted.findLast(({ kind }) => kind === 'deleted' || kind === 'spam' || kind === 'restored');
  return {
    steps,
    created,
    channel: created?.value ?? life.find(({ kind, value }) => kind === 'comment' && value !== null)?.value ?? null,
    last: standing,
    mergedAt: mergeSecond ?? null,
    isGone: removal !== undefined && removal.kind !== 'restored',
  };
}

function after(before: Standing, { kind, value, ref }: HistoryEntry): Standing {
  switch (kind) {
    case 'created':
      return before.status === null ? { ...before, status: 'new' } : before;
    case 'status':
    case 'priority':
    case 'category':
    case 'tier':
      return before[kind] === value ? before : { ...before, [kind]: value };
    case 'group':
      return before.groupId === ref ? before : { ...before, groupId: ref };
    case 'assignee':
      return before.assigneeId === ref ? before : { ...before, assigneeId: ref };
    default:
      return before;
  }
}

const FINISHED: ReadonlySet<string | null> = new Set(['solved', 'closed']);

export const isFinished = ({ status }: Standing): boolean => FINISHED.has(status);

/**
 * Whether the step solved the ticket: solved, or closed without ever having been solved. Of a history that begins later, `closed` is no solve:
 * Zendesk closes tickets days after they were solved.
 */
export const isSolve = ({ before, after }: Step): boolean =>
  isFinished(after) && !isFinished(before) && (before.status !== null || after.status === 'solved');

export const isReopening = ({ before, after }: Step): boolean => isFinished(before) && !isFinished(after);
