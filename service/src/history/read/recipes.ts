// Says from which measures each figure is made.
import { FIGURES, type FigureId, type FigureUnit, type MeasureId, TIMED } from '@deskwright/shared';

export function measuresOf(figure: FigureId): readonly MeasureId[] {
  const { from } = FIGURES[figure];
  switch (from.kind) {
    case 'now':
    case 'forecast':
      return [];
    case 'met':
      return from.of;
    case 'ratio':
      return [from.of, ...from.per];
    case 'time':
    case 'count':
    case 'top':
    case 'mean':
      return [from.of];
  }
}

export const unitOf = (figure: FigureId): FigureUnit => FIGURES[figure].unit;

export const isTimed = (measure: MeasureId): boolean => (TIMED as readonly MeasureId[]).includes(measure);
