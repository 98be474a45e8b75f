// Gives components the numbers of the first screen.
import type { Dashboard, FigureId, FigureValue } from '@deskwright/shared/contract';
import { createContext, useContext } from 'react';

const DashboardContext = createContext<Dashboard | null>(null);

export const DashboardProvider = DashboardContext.Provider;

/** Throws where no numbers were loaded yet. */
export function useDashboard(): Dashboard {
  const dashboard = useContext(DashboardContext);
  if (dashboard === null) throw new Error('useDashboard needs a DashboardProvider with numbers above it.');
  return dashboard;
}

/** Undefined: the service did not answer this figure. */
export function figureOf(figures: readonly FigureValue[], id: FigureId): FigureValue | undefined {
  return figures.find((figure) => figure.id === id);
}
