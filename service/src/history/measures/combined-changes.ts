// Computes what measures add to the sums of each combination of tier, category, channel and group.
import type { MeasureId } from '@deskwright/shared';
import type { Measure } from '../../figures/measure.ts';
import { type BucketStarts, bucketStartsOf } from './bucket-starts.ts';
import { addToSums, type Clock, emptySum, isChange, type Sum } from './sum.ts';

interface Place {
  readonly grain: 'day' | 'week';
  readonly figure: MeasureId;
  /** ISO 8601. */
  readonly bucket: string;
  /** `''`: none. */
  readonly tier: string;
  readonly category: string;
  readonly channel: string;
  readonly groupId: string;
}

/** What is drawn and counted back day by day. All else has sums of weeks alone. */
export const DAILY: ReadonlySet<MeasureId> = new Set(['arrival', 'solve', 'reopen']);

/** Added to the row of `combined_rollups` with the same key. */
export interface CombinedChange extends Place, Sum {
  readonly clock: Clock;
}

/** Collects changes of sums; what is added and removed again leaves nothing. */
export class CombinedChanges {
  readonly #changes = new Map<string, CombinedChange>();
  readonly #buckets: BucketStarts;

  constructor(timeZone: string) {
    this.#buckets = bucketStartsOf(timeZone);
  }

  /** @param sign -1: the measure is no more */
  add(measure: Measure, sign: 1 | -1): void {
    const { figure, tier, category, channel, groupId } = measure;
    for (const grain of DAILY.has(figure) ? (['week', 'day'] as const) : (['week'] as const)) {
      const place: Place = {
        grain,
        figure,
        bucket: this.#buckets.startOf(grain, measure.at),
        tier: tier ?? '',
        category: category ?? '',
        channel: channel ?? '',
        groupId: groupId === null ? '' : String(groupId),
      };
      addToSums({ measure, sign }, (clock) => this.#at(place, clock), grain === 'week');
    }
  }

  /** Those that change something, in the order of their keys. */
  list(): CombinedChange[] {
    return [...this.#changes]
      .filter(([, change]) => isChange(change))
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([, change]) => change);
  }

  #at(place: Place, clock: Clock): CombinedChange {
    const name = JSON.stringify([...Object.values(place), clock]);
    const known = this.#changes.get(name);
    if (known !== undefined) return known;
    const made = { ...place, clock, ...emptySum() };
    this.#changes.set(name, made);
    return made;
  }
}
