// Sums of measures, and the figures computed from them.
import type { MeasureId } from '@deskwright/shared';
import type { Spread } from '@deskwright/shared/contract';
import type { Histogram } from '../../figures/intervals.ts';
import { middleOf } from '../measures/sum.ts';
import type { Period } from './figure-query.ts';

/** What one kind of measure amounts to. */
export interface Tally {
  readonly n: number;
  /** Of seconds or scores. */
  readonly total: number;
  /** Targets. */
  readonly met: number;
  readonly missed: number;
  readonly fromZendesk: number;
  /** How many of each score; empty without scores. */
  readonly scores: readonly number[];
  readonly calendar: Spread | null;
  readonly business: Spread | null;
  /** Durations by what stands for their bin, or scores: for comparisons alone. */
  readonly histogram: Histogram;
  /** Whether the percentiles come from bins. */
  readonly isApproximate: boolean;
}

const NOTHING_COUNTED: Tally = {
  n: 0,
  total: 0,
  met: 0,
  missed: 0,
  fromZendesk: 0,
  scores: [],
  calendar: null,
  business: null,
  histogram: [],
  isApproximate: false,
};

/** By key of the breakdown (a member, or the start of a bucket as epoch milliseconds; '' without one), then by measure. */
export type Tallies = ReadonlyMap<string, ReadonlyMap<MeasureId, Tally>>;

/** Of a period and of the one before; null: none was asked for. */
export interface ComparedTallies {
  readonly now: Tallies;
  readonly before: Tallies | null;
  /** How long the periods are. Milliseconds. */
  readonly length: { readonly now: number; readonly before: number };
}

export const lengthsOf = ({
  period,
  before,
}: {
  period: Period;
  before: Period | null;
}): ComparedTallies['length'] => ({
  now: lengthOf(period),
  before: before ? lengthOf(before) : 0,
});

const lengthOf = ({ from, to }: Period): number => to.getTime() - from.getTime();

/** Values by their bin: of durations what stands for it, of scores the score itself. */
export const toHistogram = (bins: readonly number[], valueOf: (bin: number) => number): Histogram =>
  bins.flatMap((n, bin) => (n > 0 ? [{ value: valueOf(bin), n }] : []));

export const tallyOf = (tallies: Tallies, key: string, measure: MeasureId): Tally =>
  tallies.get(key)?.get(measure) ?? NOTHING_COUNTED;

/** One clock's durations in bins. */
export interface Binned {
  n: number;
  total: number;
  bins: number[];
}

export const noneBinned = (): Binned => ({ n: 0, total: 0, bins: [] });

export function addBins(to: number[], bins: readonly number[]): void {
  for (const [bin, n] of bins.entries()) to[bin] = (to[bin] ?? 0) + n;
}

/** Percentiles within 5 %; null: nothing was counted. */
export function spreadOfBins({ n, total, bins }: Binned): Spread | null {
  if (n === 0) return null;
  return { median: percentile(bins, 0.5), p90: percentile(bins, 0.9), mean: total / n };
}

/** Between the two nearest values, as PostgreSQL's `percentile_cont`. */
function percentile(bins: readonly number[], share: number): number {
  const all = bins.reduce((sum, n) => sum + n, 0);
  const place = (all - 1) * share;
  const low = valueAt(bins, Math.floor(place));
  return low + (valueAt(bins, Math.ceil(place)) - low) * (place - Math.floor(place));
}

/** The value at a place in the order, from 0. */
function valueAt(bins: readonly number[], place: number): number {
  let passed = 0;
  for (const [bin, n] of bins.entries()) {
    passed += n;
    if (passed > place) return middleOf(bin);
  }
  return 0;
}
