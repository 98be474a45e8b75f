// Finds when local time first reaches a time of day.
import type { DateTime } from 'luxon';

const MINUTE = 60_000;

/**
 * Epoch milliseconds at which the local clock first reads `minutes` after midnight, or anything later: a time the
 * clock skips in spring is the moment of the skip, one it shows twice in autumn is the earlier. So intervals that
 * touch on paper touch in time, and none overlap.
 * @param day any moment of the local day
 * @param minutes 0 to 1440; 1440 is the next midnight
 */
export function firstMomentAt(day: DateTime, minutes: number): number {
  const midnight = day.startOf('day');
  if (minutes === 0) return midnight.toMillis();
  const date = minutes === 24 * 60 ? midnight.plus({ days: 1 }) : midnight;
  const wall = minutes % (24 * 60);
  const asked = date.set({ hour: Math.floor(wall / 60), minute: wall % 60 });
  const shown = asked.hour * 60 + asked.minute;
  if (shown === wall) return Math.min(...asked.getPossibleOffsets().map((moment) => moment.toMillis()));
  // The clock skips what was asked; Luxon goes on by the length of the gap, so the gap lies before.
  let before = asked.minus({ hours: 3 }).toMillis();
  let after = asked.toMillis();
  const offsetAfter = asked.offset;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (asked.zone.offset(middle) === offsetAfter) after = middle;
    else before = middle;
  }
  // Clocks change on whole minutes; rounding hides nothing and guards against a half-millisecond.
  return Math.round(after / MINUTE) * MINUTE;
}
