// Defines every figure: what it counts, how, and what it leaves out.
import { ENGLISH_FIGURES } from './english-figures.ts';
import type { FigureDefinition } from './figure-definition.ts';
import { FIGURE_IDS, FIGURE_UNITS, type FigureId } from './figure-ids.ts';

export const FIGURES = Object.fromEntries(
  FIGURE_IDS.map((id) => [id, { ...ENGLISH_FIGURES[id], unit: FIGURE_UNITS[id] }]),
) as Readonly<Record<FigureId, FigureDefinition>>;

/** Figures of which more is better; of all others less is, or neither. */
export const MORE_IS_BETTER: ReadonlySet<FigureId> = new Set(FIGURE_IDS.filter((id) => FIGURES[id].better === 'more'));
