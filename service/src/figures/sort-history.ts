// Puts a ticket's history in order, each entry once.
import type { HistoryEntry, HistoryKind } from './history-entry.ts';

/**
 * Zendesk's comments have whole seconds and its events do not, so entries of one second are ordered by what one update of a ticket does first:
 * an agent who answers and solves in one go has answered when the ticket is solved.
 */
const WITHIN_A_SECOND: readonly HistoryKind[] = [
  'created',
  'priority',
  'escalated',
  'handed_off',
  'handed_back',
  'category',
  'tier',
  'group',
  'assignee',
  'step_done',
  'step_undone',
  'comment',
  'automatic_reply',
  'status',
  'survey_asked',
  'survey_answered',
  'follow_up_opened',
  'follow_up_outcome',
  'restored',
  'spam',
  'deleted',
  'merged',
];
const RANK: ReadonlyMap<HistoryKind, number> = new Map(WITHIN_A_SECOND.map((kind, rank) => [kind, rank]));
/** Within one second a ticket is opened before it is solved. */
const STATUS_ORDER = ['new', 'open', 'pending', 'hold', 'solved', 'closed'];

const secondOf = (entry: HistoryEntry): number => Math.floor(entry.at.getTime() / 1000);

/**
 * The entries in the order in which they happened, whatever order they come in; of the same entry several times, the one that says most.
 * Entries of unknown kinds (of a later version) and those after `now` are left out.
 */
export function sortHistory(entries: readonly HistoryEntry[], now?: Date): HistoryEntry[] {
  const known = entries.filter(({ kind, at }) => RANK.has(kind) && (now === undefined || at <= now)).toSorted(inOrder);
  const seen = new Set<string>();
  const kept = known.filter((entry) => {
    const key = keyOf(entry);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  const automatic = new Set(kept.flatMap(({ kind, ref }) => (kind === 'automatic_reply' && ref !== null ? ref : [])));
  // What was taken for a comment, until Zendesk was asked and showed that a mail program had sent it.
  const isMistaken = ({ kind, ref }: HistoryEntry) => kind === 'comment' && ref !== null && automatic.has(ref);
  return kept.filter((entry) => !isMistaken(entry) && !isStandIn(entry, kept));
}

function inOrder(a: HistoryEntry, b: HistoryEntry): number {
  return (
    secondOf(a) - secondOf(b) ||
    (RANK.get(a.kind) ?? 0) - (RANK.get(b.kind) ?? 0) ||
    // Comments of one second are in the order of their ids; the first message has a negative one until it is known.
    (a.kind === 'comment' ? (a.ref ?? 0) - (b.ref ?? 0) : 0) ||
    a.at.getTime() - b.at.getTime() ||
    (a.kind === 'status' ? STATUS_ORDER.indexOf(a.value ?? '') - STATUS_ORDER.indexOf(b.value ?? '') : 0) ||
    compare(a.value, b.value) ||
    compare(a.ref, b.ref) ||
    compare(a.actor, b.actor) ||
    compare(a.actorId, b.actorId) ||
    compare(a.assigneeId, b.assigneeId) ||
    compare(a.groupId, b.groupId) ||
    compare(a.rule, b.rule) ||
    // A comment that was made private since was no answer.
    Number(a.public) - Number(b.public)
  );
}

/** What is known comes before what is not. */
function compare<T extends string | number>(a: T | null, b: T | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -1 : 1;
}

function keyOf(entry: HistoryEntry): string {
  const { kind, ref, value, actorId } = entry;
  if (kind === 'created') return kind;
  const isOfMessage = kind === 'comment' || kind === 'automatic_reply';
  if (isOfMessage && ref !== null) return `${kind} ${ref}`;
  if (isOfMessage) return `${kind} ${secondOf(entry)} ${actorId}`;
  return `${kind} ${entry.at.getTime()} ${value} ${ref}`;
}

/** The first message under its negative id, when it is also there under its own. */
function isStandIn(entry: HistoryEntry, all: readonly HistoryEntry[]): boolean {
  const { kind, ref, at } = entry;
  if (kind !== 'comment' || ref === null || ref >= 0) return false;
  return all.some(
    (other) =>
      other.kind === 'comment' &&
      (other.ref ?? 0) > 0 &&
      other.actor === entry.actor &&
      Math.abs(other.at.getTime() - at.getTime()) <= 1000,
  );
}
