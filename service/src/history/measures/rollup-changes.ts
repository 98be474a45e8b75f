// Computes what measures add to the sums of hours, days and weeks, and to those of each combination of tier, category, channel and group.
import type { MeasureId } from '@deskwright/shared';
import { DateTime } from 'luxon';
import type { Measure } from '../../figures/measure.ts';
import { addToSums, type Clock, emptySum, isChange, type Sum } from './sum.ts';

type Grain = 'hour' | 'day' | 'week';

/** Clocks of time zones change on quarters of an hour. */
const QUARTER_MS = 900_000;
/** A year of quarters. */
const MOST_KNOWN = 35_000;

/** Looks each quarter of an hour up once: that takes longer than all else that is done with a measure. */
class BucketStarts {
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

function bucketStartsOf(timeZone: string): BucketStarts {
  const known = bucketStarts.get(timeZone) ?? new BucketStarts(timeZone);
  bucketStarts.set(timeZone, known);
  return known;
}

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

interface CombinedPlace {
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
export interface CombinedChange extends CombinedPlace, Sum {
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
      const place: CombinedPlace = {
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

  #at(place: CombinedPlace, clock: Clock): CombinedChange {
    const name = JSON.stringify([...Object.values(place), clock]);
    const known = this.#changes.get(name);
    if (known !== undefined) return known;
    const made = { ...place, clock, ...emptySum() };
    this.#changes.set(name, made);
    return made;
  }
}
