// Defines every figure in English: what it counts, how, and what it leaves out. The dashboard loads other languages from its own files.
import type { DefinedFigure, FigureDefinition } from './figure-definition.ts';
import { FIGURE_IDS, FIGURE_UNITS, type FigureId } from './figure-ids.ts';
import { SURVEY_FIGURES } from './survey-figures.ts';
import { TIME_FIGURES } from './time-figures.ts';
import { WORK_FIGURES } from './work-figures.ts';

export type { FigureTexts } from './figure-definition.ts';

/** Collects the definitions of figures in English; the dashboard loads other languages from its own files. */
export const ENGLISH_FIGURES: Readonly<Record<FigureId, DefinedFigure>> = {
  ...TIME_FIGURES,
  ...WORK_FIGURES,
  ...SURVEY_FIGURES,
};

/** Defines every figure: what it counts, how, and what it leaves out. */
export const FIGURES = Object.fromEntries(
  FIGURE_IDS.map((id) => [id, { ...ENGLISH_FIGURES[id], unit: FIGURE_UNITS[id] }]),
) as Readonly<Record<FigureId, FigureDefinition>>;

/** Figures of which more is better; of all others less is, or neither. */
export const MORE_IS_BETTER: ReadonlySet<FigureId> = new Set(FIGURE_IDS.filter((id) => FIGURES[id].better === 'more'));
