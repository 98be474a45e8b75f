// Makes a figure from sums of measures.
import { FIGURES, type FigureId, type MeasureId } from '@deskwright/shared';
import type { FigureValue } from '@deskwright/shared/contract';
import type { Tally } from './tally.ts';

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

/** One figure of one period, without a comparison. Figures of the moment have no value here. */
export function figureValue(id: FigureId, tally: TallyOf): FigureValue {
  const { from, unit } = FIGURES[id];
  const sum = (measures: readonly MeasureId[], of: (tally: Tally) => number): number =>
    measures.reduce((total, measure) => total + of(tally(measure)), 0);
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
        sum(from.per, ({ n }) => n),
        sum(from.per, ({ fromZendesk }) => fromZendesk),
      );
    case 'count': {
      const { n, fromZendesk } = tally(from.of);
      return { id, unit, value: n, n, ...(fromZendesk > 0 && { fromZendesk }) };
    }
    case 'top': {
      const { n, scores } = tally(from.of);
      return share(
        scores.slice(from.from).reduce((top, of) => top + of, 0),
        n,
      );
    }
    case 'mean': {
      const { n, total } = tally(from.of);
      return share(total / from.outOf, n);
    }
    case 'now':
    case 'forecast':
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
