// Computes what measures add to the sums of weeks, which are kept for each combination of tier, category, channel and group.
import type { MeasureId } from '@deskwright/shared';
import type { Measure } from '../../figures/measure.ts';
import { type BucketStarts, bucketStartsOf } from './bucket-starts.ts';
import { addToSums, type Clock, emptySum, isChange, type Sum } from './sum.ts';

interface Place {
  readonly figure: MeasureId;
  /** The start of the week. ISO 8601. */
  readonly week: string;
  /** `''`: none. */
  readonly tier: string;
  readonly category: string;
  readonly channel: string;
  readonly groupId: string;
}

/** Added to the row of `weekly_rollups` with the same key. */
export interface WeeklyChange extends Place, Sum {
  readonly clock: Clock;
}

/** Collects changes of sums; what is added and removed again leaves nothing. */
export class WeeklyChanges {
  readonly #changes = new Map<string, WeeklyChange>();
  readonly #weeks: BucketStarts;

  constructor(timeZone: string) {
    this.#weeks = bucketStartsOf(timeZone);
  }

  /** @param sign -1: the measure is no more */
  add(measure: Measure, sign: 1 | -1): void {
    const { figure, tier, category, channel, groupId } = measure;
    const place: Place = {
      figure,
      week: this.#weeks.startOf('week', measure.at),
      tier: tier ?? '',
      category: category ?? '',
      channel: channel ?? '',
      groupId: groupId === null ? '' : String(groupId),
    };
    addToSums({ measure, sign }, (clock) => this.#at(place, clock));
  }

  /** Those that change something, in the order of their keys. */
  list(): WeeklyChange[] {
    return [...this.#changes]
      .filter(([, change]) => isChange(change))
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([, change]) => change);
  }

  #at(place: Place, clock: Clock): WeeklyChange {
    const name = JSON.stringify([...Object.values(place), clock]);
    const known = this.#changes.get(name);
    if (known !== undefined) return known;
    const made = { ...place, clock, ...emptySum() };
    this.#changes.set(name, made);
    return made;
  }
}
