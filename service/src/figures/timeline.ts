// Replays a ticket's history: how the ticket stood before and after each entry.
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

/** Zendesk's comments have whole seconds and its events do not. Milliseconds. */
const TOGETHER_MS = 10_000;

/**
 * Zendesk opens a solved ticket for any comment of a customer, also for one that their mail program sent: the ticket stays solved. If a person takes
 * it up later (a customer who writes, an agent who answers or sets another status), it is reopened then. `entries` in order.
 */
function withoutAutomaticReopenings(entries: readonly HistoryEntry[]): readonly HistoryEntry[] {
  if (!entries.some(({ kind }) => kind === 'automatic_reply')) return entries;
  const kept: HistoryEntry[] = [];
  let status: string | null = null;
  let solvedAt = 0;
  let held: HistoryEntry | null = null;
  for (const [index, entry] of entries.entries()) {
    if (entry.kind === 'status') {
      const isFinished = FINISHED.has(entry.value);
      if (held === null && FINISHED.has(status) && !isFinished && isAutomatic(entries, index, solvedAt)) held = entry;
      else if (held !== null && !isFinished && !isTakenUp(entry, held)) continue;
      else held = null;
      if (held !== null) continue;
      if (isFinished && !FINISHED.has(status)) solvedAt = entry.at.getTime();
      status = entry.value;
    } else if (held !== null && isOfPerson(entry)) {
      kept.push({ ...held, at: entry.at, actor: entry.actor, actorId: entry.actorId });
      status = held.value;
      held = null;
    }
    kept.push(entry);
  }
  return kept;
}

const isTakenUp = ({ value, actor }: HistoryEntry, held: HistoryEntry): boolean =>
  value !== held.value || actor === 'agent' || actor === 'us';

const isOfPerson = ({ kind, public: isPublic, actor }: HistoryEntry): boolean =>
  kind === 'comment' && isPublic === true && (actor === 'customer' || actor === 'agent' || actor === 'us');

function isAutomatic(entries: readonly HistoryEntry[], index: number, solvedAt: number): boolean {
  const actor = entries[index]?.actor;
  if (actor === 'agent' || actor === 'us') return false;
  const around = entriesAround(entries, index);
  const hasCustomer = around.some(
    (other) =>
      other.kind === 'comment' && other.public === true && other.actor === 'customer' && other.at.getTime() > solvedAt,
  );
  return !hasCustomer && around.some(({ kind }) => kind === 'automatic_reply');
}

/** Those within ten seconds. Within one second entries are not in the order of their times. */
function entriesAround(entries: readonly HistoryEntry[], index: number): HistoryEntry[] {
  const at = entries[index]?.at.getTime() ?? 0;
  const timeAt = (place: number): number => entries[place]?.at.getTime() ?? Number.NaN;
  let [first, last] = [index, index];
  while (at - timeAt(first - 1) <= TOGETHER_MS + 1_000) first -= 1;
  while (timeAt(last + 1) - at <= TOGETHER_MS + 1_000) last += 1;
  return entries.slice(first, last + 1).filter((other) => Math.abs(other.at.getTime() - at) <= TOGETHER_MS);
}
