// Finds the whole days or weeks of a period.
import { DateTime } from 'luxon';
import type { Period } from './figure-query.ts';

interface Units {
  /** IANA. */
  readonly zone: string;
  readonly unit: 'day' | 'week';
}

/** The days or weeks of the zone that lie within the period, or all that it touches. */
export function wholeUnits({ from, to }: Period, { zone, unit }: Units, which: 'within' | 'around'): Period {
  const startOf = (at: Date): DateTime => DateTime.fromJSDate(at, { zone }).startOf(unit);
  const floor = (at: Date): Date => startOf(at).toJSDate();
  const ceil = (at: Date): Date => {
    const start = startOf(at);
    return start.toMillis() === at.getTime()
      ? at
      : start
          .plus({ [`${unit}s`]: 1 })
          .startOf(unit)
          .toJSDate();
  };
  return which === 'within' ? { from: ceil(from), to: floor(to) } : { from: floor(from), to: ceil(to) };
}
