// Finds the start of the hour, day or week that contains a moment, in a time zone.
import { DateTime } from 'luxon';

type Grain = 'hour' | 'day' | 'week';

/** Clocks of time zones change on quarters of an hour. */
const QUARTER_MS = 900_000;
/** A year of quarters. */
const MOST_KNOWN = 35_000;

/** Looks each quarter of an hour up once: that takes longer than all else that is done with a measure. */
export class BucketStarts {
  readonly #known = {
    hour: new Map<number, string>(),
    day: new Map<number, string>(),
    week: new Map<number, string>(),
  };
  readonly #timeZone: string;

  constructor(timeZone: string) {
    this.#timeZone = timeZone;
  }

  /** ISO 8601. */
  startOf(grain: Grain, at: Date): string {
    const quarter = Math.floor(at.getTime() / QUARTER_MS);
    const starts = this.#known[grain];
    const known = starts.get(quarter);
    if (known !== undefined) return known;
    if (starts.size >= MOST_KNOWN) starts.clear();
    const start = DateTime.fromJSDate(at, { zone: this.#timeZone }).startOf(grain).toJSDate().toISOString();
    starts.set(quarter, start);
    return start;
  }
}

/** Kept from one batch to the next. */
const bucketStarts = new Map<string, BucketStarts>();

export function bucketStartsOf(timeZone: string): BucketStarts {
  const known = bucketStarts.get(timeZone) ?? new BucketStarts(timeZone);
  bucketStarts.set(timeZone, known);
  return known;
}
