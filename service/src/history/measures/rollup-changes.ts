// Computes what measures add to the sums of hours and days.
import { type MeasureId, TIMED } from '@deskwright/shared';
import { DateTime } from 'luxon';
import type { Measure } from '../../figures/measure.ts';
import { binOf } from './bins.ts';

/** What is drawn by the hour. All else has sums of days alone: sums of hours would take more room than the measures. */
const HOURLY: ReadonlySet<MeasureId> = new Set(['arrival', 'solve']);
const WITH_DURATION: ReadonlySet<MeasureId> = new Set(TIMED);
const WITH_SCORES: ReadonlySet<MeasureId> = new Set(['csat', 'ces']);

/** Added to the row of `rollups` with the same key. */
export interface RollupChange {
  readonly grain: 'hour' | 'day';
  readonly figure: MeasureId;
  readonly dimension: string;
  readonly member: string;
  readonly clock: 'calendar' | 'business';
  /** ISO 8601. */
  readonly bucket: string;
  n: number;
  total: number;
  met: number;
  missed: number;
  fromZendesk: number;
  bins: number[];
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
    for (const grain of HOURLY.has(measure.figure) ? (['day', 'hour'] as const) : (['day'] as const)) {
      const bucket = this.#buckets.startOf(grain, measure.at);
      for (const [dimension, member] of placesOf(measure)) {
        const at = { grain, figure: measure.figure, dimension, member, bucket };
        const { seconds, businessSeconds, score } = measure;
        const calendar = this.#at({ ...at, clock: 'calendar' });
        count(calendar, seconds ?? score, binFor(measure, seconds), measure, sign);
        if (measure.met === true) calendar.met += sign;
        if (measure.met === false) calendar.missed += sign;
        if (businessSeconds === null) continue;
        count(this.#at({ ...at, clock: 'business' }), businessSeconds, binFor(measure, businessSeconds), measure, sign);
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

  #at(key: Pick<RollupChange, 'grain' | 'figure' | 'dimension' | 'member' | 'clock' | 'bucket'>): RollupChange {
    const { grain, figure, dimension, member, clock, bucket } = key;
    const name = `${grain}\n${figure}\n${dimension}\n${member}\n${clock}\n${bucket}`;
    const known = this.#changes.get(name);
    if (known !== undefined) return known;
    const made = { ...key, n: 0, total: 0, met: 0, missed: 0, fromZendesk: 0, bins: [] };
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

function binFor({ figure, score }: Measure, seconds: number | null): number | null {
  if (WITH_DURATION.has(figure)) return seconds === null ? null : binOf(seconds);
  return WITH_SCORES.has(figure) ? score : null;
}

function count(
  change: RollupChange,
  value: number | null,
  bin: number | null,
  { fromZendesk }: Measure,
  sign: 1 | -1,
): void {
  change.n += sign;
  change.total += sign * (value ?? 0);
  if (fromZendesk) change.fromZendesk += sign;
  if (bin === null || change.grain === 'hour') return;
  while (change.bins.length <= bin) change.bins.push(0);
  change.bins[bin] = (change.bins[bin] ?? 0) + sign;
}

function isChange({ n, total, met, missed, fromZendesk, bins }: RollupChange): boolean {
  return [n, total, met, missed, fromZendesk, ...bins].some((value) => value !== 0);
}

/** Clocks of time zones change on quarters of an hour. */
const QUARTER_MS = 900_000;
/** A year of quarters. */
const MOST_KNOWN = 35_000;

/** Starts of hours and days of a time zone, each quarter of an hour looked up once: that takes longer than all else that is done with a measure. */
class BucketStarts {
  readonly #known = { hour: new Map<number, string>(), day: new Map<number, string>() };
  readonly #timeZone: string;

  constructor(timeZone: string) {
    this.#timeZone = timeZone;
  }

  /** ISO 8601. */
  startOf(grain: 'hour' | 'day', at: Date): string {
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
