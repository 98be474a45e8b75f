// Makes a figure from sums of measures.
import type { FigureId, MeasureId } from '@deskwright/shared';
import type { FigureValue } from '@deskwright/shared/contract';
import { RECIPES, unitOf } from './recipes.ts';
import type { Tally } from './tally.ts';

export type TallyOf = (measure: MeasureId) => Tally;

/** One figure of one period, without a comparison. Figures of the moment have no value here. */
export function figureValue(id: FigureId, tally: TallyOf): FigureValue {
  const recipe = RECIPES[id];
  const figure = { id, unit: unitOf(id) };
  const all = (measures: readonly MeasureId[], of: (tally: Tally) => number): number =>
    measures.reduce((sum, measure) => sum + of(tally(measure)), 0);
  switch (recipe.kind) {
    case 'time': {
      const { n, met, missed, calendar, business, isApproximate, fromZendesk } = tally(recipe.of[0]);
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
    case 'within': {
      const met = all(recipe.of, (of) => of.met);
      const n = met + all(recipe.of, (of) => of.missed);
      return { ...figure, value: n > 0 ? met / n : null, n };
    }
    case 'rate': {
      const n = all(recipe.per, (of) => of.n);
      const fromZendesk = all(recipe.per, (of) => of.fromZendesk);
      const value = n > 0 ? all(recipe.of, (of) => of.n) / n : null;
      return { ...figure, value, n, ...(fromZendesk > 0 && { fromZendesk }) };
    }
    case 'count': {
      const { n, fromZendesk } = tally(recipe.of[0]);
      return { ...figure, value: n, n, ...(fromZendesk > 0 && { fromZendesk }) };
    }
    case 'top_two': {
      const { n, scores } = tally(recipe.of[0]);
      const top = (scores[recipe.best] ?? 0) + (scores[recipe.best - 1] ?? 0);
      return { ...figure, value: n > 0 ? top / n : null, n };
    }
    case 'mean': {
      const { n, total } = tally(recipe.of[0]);
      return { ...figure, value: n > 0 ? total / n : null, n };
    }
    case 'mean_share': {
      const { n, total } = tally(recipe.of[0]);
      return { ...figure, value: n > 0 ? total / n / 100 : null, n };
    }
    case 'now':
      return { ...figure, value: null, n: 0 };
  }
}
