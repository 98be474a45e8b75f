// Makes a figure from sums of measures.
import { FIGURES, type FigureId, type MeasureId } from '@deskwright/shared';
import type { FigureValue } from '@deskwright/shared/contract';
import { meanWithInterval, TOO_FEW_BELOW, wilsonInterval } from '../../figures/intervals.ts';
import type { KnownSince } from '../../figures/measure.ts';
import { TOLD_BY_ZENDESK } from '../../figures/zendesk-measures.ts';
import { type Tally, toHistogram } from './tally.ts';

export type TallyOf = (measure: MeasureId) => Tally;

/** What must be summed up for these figures. */
export const measuresOf = (ids: readonly FigureId[]): MeasureId[] => [
  ...new Set(
    ids.flatMap((id): MeasureId[] => {
      const { from } = FIGURES[id];
      switch (from.kind) {
        case 'ratio':
          return [from.of, ...from.per];
        case 'met':
          return [...from.of];
        case 'now':
        case 'forecast':
        case 'shadow':
          return [];
        case 'time':
        case 'count':
        case 'top':
        case 'mean':
          return [from.of];
      }
    }),
  ),
];

/** Since when all that the figure counts is known: of most figures Zendesk tells nothing. */
export const figureKnownSince = (id: FigureId, { seen, told }: KnownSince): Date =>
  measuresOf([id]).every((measure) => TOLD_BY_ZENDESK.has(measure)) ? told : seen;

/** Adds up what `of` says of each measure. */
export const sumOver =
  (tally: TallyOf) =>
  (measures: readonly MeasureId[], of: (tally: Tally) => number): number =>
    measures.reduce((total, measure) => total + of(tally(measure)), 0);

/** What a ratio is per: not those of Zendesk if it tells nothing of `of`, which would pass for none. */
export const perOf =
  (of: MeasureId) =>
  ({ n, fromZendesk }: Tally): number =>
    TOLD_BY_ZENDESK.has(of) ? n : n - fromZendesk;

/** What surveys say is judged by how many answered. */
const answered = (n: number, interval: [number, number] | null): Pick<FigureValue, 'interval' | 'tooFew'> => ({
  ...(interval && { interval }),
  ...(n > 0 && n < TOO_FEW_BELOW && { tooFew: true }),
});

/** One figure of one period, without a comparison. Figures of the moment have no value here. */
export function figureValue(id: FigureId, tally: TallyOf): FigureValue {
  const { from, unit } = FIGURES[id];
  const sum = sumOver(tally);
  const share = (part: number, n: number, fromZendesk = 0): FigureValue => ({
    id,
    unit,
    value: n > 0 ? part / n : null,
    n,
    ...(fromZendesk > 0 && { fromZendesk }),
  });
  switch (from.kind) {
    case 'time':
      return timeValue(id, tally(from.of));
    case 'met': {
      const met = sum(from.of, (of) => of.met);
      return share(met, met + sum(from.of, (of) => of.missed));
    }
    case 'ratio':
      return share(
        tally(from.of).n,
        sum(from.per, perOf(from.of)),
        TOLD_BY_ZENDESK.has(from.of) ? sum(from.per, ({ fromZendesk }) => fromZendesk) : 0,
      );
    case 'count': {
      const { n, fromZendesk } = tally(from.of);
      return { id, unit, value: n, n, ...(fromZendesk > 0 && { fromZendesk }) };
    }
    case 'top': {
      const { n, scores } = tally(from.of);
      const top = scores.slice(from.from).reduce((sum, of) => sum + of, 0);
      return { ...share(top, n), ...answered(n, wilsonInterval(top, n)) };
    }
    case 'mean': {
      const { n, total, scores } = tally(from.of);
      if (from.of === 'steps_followed') return share(total / from.outOf, n);
      const mean = meanWithInterval(toHistogram(scores, (score) => score));
      return { ...share(total / from.outOf, n), ...answered(n, mean?.interval ?? null) };
    }
    case 'now':
    case 'forecast':
    case 'shadow':
      return { id, unit, value: null, n: 0 };
  }
}

function timeValue(
  id: FigureId,
  { n, met, missed, calendar, business, isApproximate, fromZendesk }: Tally,
): FigureValue {
  return {
    id,
    unit: 'duration',
    value: calendar?.median ?? null,
    n,
    ...(calendar && { calendar }),
    ...(business && { business }),
    ...(met + missed > 0 && { within: { share: met / (met + missed), of: met + missed } }),
    ...(isApproximate && { isApproximate }),
    ...(fromZendesk > 0 && { fromZendesk }),
  };
}
