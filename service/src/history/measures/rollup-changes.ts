// Computes what measures add to the sums of hours and days.
import type { MeasureId } from '@deskwright/shared';
import type { Measure } from '../../figures/measure.ts';
import { type BucketStarts, bucketStartsOf } from './bucket-starts.ts';
import { addToSums, type Clock, emptySum, isChange, type Sum } from './sum.ts';

/** What is drawn by the hour. All else has sums of days alone: sums of hours would take more room than the measures. */
const HOURLY: ReadonlySet<MeasureId> = new Set(['arrival', 'solve']);

interface Place {
  readonly grain: 'hour' | 'day';
  readonly figure: MeasureId;
  readonly dimension: string;
  readonly member: string;
  /** ISO 8601. */
  readonly bucket: string;
}

/** Added to the row of `rollups` with the same key. */
export interface RollupChange extends Place, Sum {
  readonly clock: Clock;
}

/** Collects changes of sums; what is added and removed again leaves nothing. */
export class RollupChanges {
  readonly #changes = new Map<string, RollupChange>();
  readonly #buckets: BucketStarts;

  constructor(timeZone: string) {
    this.#buckets = bucketStartsOf(timeZone);
  }

  /** @param sign -1: the measure is no more */
  add(measure: Measure, sign: 1 | -1): void {
    const { figure } = measure;
    for (const grain of HOURLY.has(figure) ? (['day', 'hour'] as const) : (['day'] as const)) {
      const bucket = this.#buckets.startOf(grain, measure.at);
      for (const [dimension, member] of placesOf(measure)) {
        const at = { grain, figure, dimension, member, bucket };
        addToSums({ measure, sign }, (clock) => this.#at(at, clock), grain === 'day');
      }
    }
  }

  /** Those that change something, in the order of their keys: whoever writes several rows locks them in the same order. */
  list(): RollupChange[] {
    return [...this.#changes]
      .filter(([, change]) => isChange(change))
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([, change]) => change);
  }

  #at(place: Place, clock: Clock): RollupChange {
    const { grain, figure, dimension, member, bucket } = place;
    const name = `${grain}\n${figure}\n${dimension}\n${member}\n${clock}\n${bucket}`;
    const known = this.#changes.get(name);
    if (known !== undefined) return known;
    const made = { ...place, clock, ...emptySum() };
    this.#changes.set(name, made);
    return made;
  }
}

/** `''`: none of them, so that the counts of all members add up. Details are no partition. */
function placesOf({ category, tier, channel, groupId, detail }: Measure): [dimension: string, member: string][] {
  return [
    ['all', ''],
    ['category', category ?? ''],
    ['tier', tier ?? ''],
    ['channel', channel ?? ''],
    ['group', groupId === null ? '' : String(groupId)],
    ...(detail === null ? [] : [['detail', detail] satisfies [string, string]]),
  ];
}
