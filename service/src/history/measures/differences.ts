// Compares the measures and waits of tickets with those stored.
import type { Measure, Placement, Wait } from '../../figures/measure.ts';

export interface Difference<T> {
  readonly removed: readonly T[];
  readonly added: readonly T[];
}

/** Rows that are equal cancel out, each once. */
export function differenceOf<T>(stored: readonly T[], now: readonly T[], keyOf: (row: T) => string): Difference<T> {
  const left = new Map<string, T[]>();
  for (const row of stored) {
    const key = keyOf(row);
    left.set(key, [...(left.get(key) ?? []), row]);
  }
  const added = now.filter((row) => left.get(keyOf(row))?.pop() === undefined);
  return { removed: [...left.values()].flat(), added };
}

export const keyOfMeasure = (m: Measure): string =>
  JSON.stringify([
    m.figure,
    m.at.getTime(),
    m.seconds,
    m.businessSeconds,
    m.score,
    m.met,
    m.category,
    m.tier,
    m.channel,
    m.groupId,
    m.agentId,
    m.detail,
    m.fromZendesk,
  ]);

/** Independent of the order in which JSON has its keys. */
export const keyOfPlacement = (p: Placement): string =>
  JSON.stringify([p.at.getTime(), p.tier, p.groupId, p.assigneeId, p.priority]);

export const keyOfWait = (w: Wait): string =>
  JSON.stringify([
    w.since.getTime(),
    w.until?.getTime(),
    w.endedBy,
    w.agentId,
    w.tier,
    w.groupId,
    w.priority,
    w.placements.map(keyOfPlacement),
  ]);

export const isDifferent = ({ removed, added }: Difference<unknown>): boolean => removed.length + added.length > 0;
