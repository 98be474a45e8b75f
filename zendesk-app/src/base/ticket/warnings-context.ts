// Passes the cards' warnings to the card that shows them.
import { createContext, type ReactNode, useContext } from 'react';

const WarningsContext = createContext<ReactNode>(null);

export const WarningsProvider = WarningsContext.Provider;

export function useWarnings(): ReactNode {
  return useContext(WarningsContext);
}
