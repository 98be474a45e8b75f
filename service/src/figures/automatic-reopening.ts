// Leaves out reopenings that a mail program's answer caused.
import type { HistoryEntry } from './history-entry.ts';

/** Zendesk's comments have whole seconds and its events do not. Milliseconds. */
const TOGETHER_MS = 10_000;
const FINISHED: ReadonlySet<string | null> = new Set(['solved', 'closed']);

/**
 * Zendesk opens a solved ticket for any comment of a customer, also for one that their mail program sent: the ticket stays solved. If a person takes
 * it up later (a customer who writes, an agent who answers or sets another status), it is reopened then. `entries` in order.
 */
export function withoutAutomaticReopenings(entries: readonly HistoryEntry[]): readonly HistoryEntry[] {
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
