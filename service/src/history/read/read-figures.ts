// Reads figures, with the period before.
import { FIGURES, type FigureId } from '@deskwright/shared';
import type { FigureValue } from '@deskwright/shared/contract';
import { changeOfRate, changeOfShare, changeOfValues, judgeChange } from '../../figures/changes.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { readKnownSince } from '../measures/known-since.ts';
import type { Breakdown, FigureQuery, Period } from './figure-query.ts';
import { figureKnownSince, figureValue, measuresOf, perOf, sumOver, type TallyOf } from './figure-value.ts';
import { readTallies } from './read-tallies.ts';
import { type ComparedTallies, tallyOf } from './tally.ts';

/** The figures, in the order of `ids`. Those of the moment (`waiting`, `oldest_wait`, `open_tickets`, `days_to_clear`) have no period: see `readWaiting` and `readForecast`. */
export async function readFigures(db: Queryable, query: FigureQuery, ids: readonly FigureId[]): Promise<FigureValue[]> {
  const { from, to, before, ...filters } = query;
  const asked = { measures: measuresOf(ids), period: { from, to }, before: before ?? null, filters, by: null };
  const [tallies, isKnown] = await Promise.all([readTallies(db, asked), readIsKnown(db, asked.before)]);
  return ids.map((id) => compareFigures(id, isKnown(id) ? tallies : { ...tallies, before: null }, ''));
}

/** Whether all that a figure counts is known of the period before: what is not, would be compared with a part of it, or with nothing. */
async function readIsKnown(db: Queryable, before: Period | null): Promise<(id: FigureId) => boolean> {
  const known = before && (await readKnownSince(db));
  return (id) => !known || before.from >= figureKnownSince(id, known);
}

/** The figure of one key of a breakdown, compared with the same key before. */
function compareFigures(id: FigureId, { now, before, length }: ComparedTallies, key: string): FigureValue {
  const value = figureValue(id, (measure) => tallyOf(now, key, measure));
  if (!before) return value;
  const then = figureValue(id, (measure) => tallyOf(before, key, measure));
  const change = changeOf(id, {
    now: (measure) => tallyOf(now, key, measure),
    before: (measure) => tallyOf(before, key, measure),
    length,
  });
  return { ...value, before: { value: then.value, n: then.n }, ...(change && { change }) };
}

interface Compared extends Pick<ComparedTallies, 'length'> {
  readonly now: TallyOf;
  readonly before: TallyOf;
}

/** Undefined: the figure has no period, or neither direction is better. Counts are compared a day. */
function changeOf(id: FigureId, { now, before, length }: Compared): FigureValue['change'] {
  const { from } = FIGURES[id];
  switch (from.kind) {
    case 'time':
      return judgeChange(id, changeOfValues(before(from.of).histogram, now(from.of).histogram));
    case 'mean':
      return from.of === 'steps_followed'
        ? undefined
        : judgeChange(id, changeOfValues(before(from.of).histogram, now(from.of).histogram));
    case 'met': {
      const share = (tally: TallyOf) => {
        const count = sumOver(tally)(from.of, ({ met }) => met);
        return { count, n: count + sumOver(tally)(from.of, ({ missed }) => missed) };
      };
      return judgeChange(id, changeOfShare(share(before), share(now)));
    }
    case 'top': {
      const share = (tally: TallyOf) => {
        const { n, scores } = tally(from.of);
        return { n, count: scores.slice(from.from).reduce((sum, of) => sum + of, 0) };
      };
      return judgeChange(id, changeOfShare(share(before), share(now)));
    }
    case 'ratio': {
      const ratio = (tally: TallyOf) => ({ count: tally(from.of).n, n: sumOver(tally)(from.per, perOf(from.of)) });
      const [then, after] = [ratio(before), ratio(now)];
      // A ticket may be reopened twice: no share, but a rate.
      const isShare = then.count <= then.n && after.count <= after.n;
      if (isShare) return judgeChange(id, changeOfShare(then, after));
      return judgeChange(id, changeOfRate({ count: then.count, over: then.n }, { count: after.count, over: after.n }));
    }
    case 'count':
      return judgeChange(
        id,
        changeOfRate(
          { count: before(from.of).n, over: length.before / DAY_MS },
          { count: now(from.of).n, over: length.now / DAY_MS },
        ),
      );
    case 'now':
    case 'forecast':
    case 'shadow':
      return undefined;
  }
}

const DAY_MS = 86_400_000;

/** By id, '' for what has none; without those of whom nothing was counted in either period. The figures are in the order of `ids`. */
export async function readBreakdown(
  db: Queryable,
  { from, to, before = null, ...filters }: FigureQuery,
  ids: readonly FigureId[],
  by: Breakdown,
): Promise<ReadonlyMap<string, FigureValue[]>> {
  const asked = { measures: measuresOf(ids), period: { from, to }, before, filters, by };
  const [tallies, isKnown] = await Promise.all([readTallies(db, asked), readIsKnown(db, before)]);
  const unknown = { ...tallies, before: null };
  const keys = new Set([...tallies.now.keys(), ...(tallies.before?.keys() ?? [])]);
  return new Map(
    [...keys].map((key) => [key, ids.map((id) => compareFigures(id, isKnown(id) ? tallies : unknown, key))]),
  );
}
