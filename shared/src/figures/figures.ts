// Defines every figure: what it counts, how, and what it leaves out.
import type { FigureDefinition } from './figure-definition.ts';
import type { FigureId } from './figure-ids.ts';
import { SURVEY_FIGURES } from './survey-figures.ts';
import { TIME_FIGURES } from './time-figures.ts';
import { WORK_FIGURES } from './work-figures.ts';

export const FIGURES: Readonly<Record<FigureId, FigureDefinition>> = {
  ...TIME_FIGURES,
  ...WORK_FIGURES,
  ...SURVEY_FIGURES,
};

/** Figures of which more is better; of all others less is, or neither. */
export const MORE_IS_BETTER: ReadonlySet<FigureId> = new Set(
  (Object.keys(FIGURES) as FigureId[]).filter((id) => FIGURES[id].better === 'more'),
);
