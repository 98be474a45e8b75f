// Collects the definitions of figures in English; the dashboard loads other languages from its own files.
import type { DefinedFigure } from './figure-definition.ts';
import type { FigureId } from './figure-ids.ts';
import { SURVEY_FIGURES } from './survey-figures.ts';
import { TIME_FIGURES } from './time-figures.ts';
import { WORK_FIGURES } from './work-figures.ts';

export type { FigureTexts } from './figure-definition.ts';

export const ENGLISH_FIGURES: Readonly<Record<FigureId, DefinedFigure>> = {
  ...TIME_FIGURES,
  ...WORK_FIGURES,
  ...SURVEY_FIGURES,
};
