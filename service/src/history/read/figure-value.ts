// Makes a figure from sums of measures.
import { FIGURES, type FigureId, type MeasureId } from '@deskwright/shared';
import type { FigureValue } from '@deskwright/shared/contract';
import type { Tally } from './tally.ts';

export type TallyOf = (measure: MeasureId) => Tally;

/** One figure of one period, without a comparison. Figures of the moment have no value here. */
export function figureValue(id: FigureId, tally: TallyOf): FigureValue {
  const { from, unit } = FIGURES[id];
  const figure = { id, unit };
  const all = (measures: readonly MeasureId[], of: (tally: Tally) => number): number =>
    measures.reduce((sum, measure) => sum + of(tally(measure)), 0);
  switch (from.kind) {
    case 'time': {
      const { n, met, missed, calendar, business, isApproximate, fromZendesk } = tally(from.of);
      return {
        ...figure,
        value: calendar?.median ?? null,
        n,
        ...(calendar && { calendar }),
        ...(business && { business }),
        ...(met + missed > 0 && { within: { share: met / (met + missed), of: met + missed } }),
        ...(isApproximate && { isApproximate }),
        ...(fromZendesk > 0 && { fromZendesk }),
      };
    }
    case 'met': {
      const met = all(from.of, (of) => of.met);
      const n = met + all(from.of, (of) => of.missed);
      return { ...figure, value: n > 0 ? met / n : null, n };
    }
    case 'ratio': {
      const n = all(from.per, (of) => of.n);
      const fromZendesk = all(from.per, (of) => of.fromZendesk);
      const value = n > 0 ? tally(from.of).n / n : null;
      return { ...figure, value, n, ...(fromZendesk > 0 && { fromZendesk }) };
    }
    case 'count': {
      const { n, fromZendesk } = tally(from.of);
      return { ...figure, value: n, n, ...(fromZendesk > 0 && { fromZendesk }) };
    }
    case 'top': {
      const { n, scores } = tally(from.of);
      const top = scores.slice(from.from).reduce((sum, count) => sum + count, 0);
      return { ...figure, value: n > 0 ? top / n : null, n };
    }
    case 'mean': {
      const { n, total } = tally(from.of);
      return { ...figure, value: n > 0 ? total / n / from.outOf : null, n };
    }
    case 'now':
    case 'forecast':
      return { ...figure, value: null, n: 0 };
  }
}
