// Finds when local time first reaches a time of day.
import type { DateTime } from 'luxon';

const MINUTE = 60_000;

/**
 * Epoch milliseconds at which the local clock first shows `minutes` after midnight or later: a time that the
 * clock skips in spring is the time of the skip, one that it shows twice in autumn is the earlier. So intervals that
 * are adjacent in the policy are adjacent in time, and none overlap.
 * @param day any time of the local day
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
  // The clock skips this time; Luxon adds the length of the gap, so the gap is before its result.
  let before = asked.minus({ hours: 3 }).toMillis();
  let after = asked.toMillis();
  const offsetAfter = asked.offset;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (asked.zone.offset(middle) === offsetAfter) after = middle;
    else before = middle;
  }
  // Clocks change on whole minutes; rounding only removes fractions of a millisecond.
  return Math.round(after / MINUTE) * MINUTE;
}
