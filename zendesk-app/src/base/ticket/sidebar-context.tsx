// Gives cards the ticket that they show and act on.
import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react';
import type { Drafts } from './drafts.ts';
import type { TicketStore } from './ticket-store.ts';
import { canAct, type TicketView } from './ticket-view.ts';

export interface Sidebar {
  readonly store: TicketStore;
  readonly drafts: Drafts;
  /** The agent who sees the page. */
  readonly agentName: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** A new id for a filled-in form. */
  readonly newId: () => string;
}

const SidebarContext = createContext<Sidebar | null>(null);

export const SidebarProvider = SidebarContext.Provider;

/** Throws outside `SidebarProvider`. */
export function useSidebar(): Sidebar {
  const sidebar = useContext(SidebarContext);
  if (sidebar === null) throw new Error('useSidebar needs a SidebarProvider above it.');
  return sidebar;
}

export function useTicketView(): TicketView {
  const { store } = useSidebar();
  return useSyncExternalStore(store.subscribe, store.view);
}

/** Whether buttons that change something are enabled. */
export function useCanAct(): boolean {
  return canAct(useTicketView());
}

const WarningsContext = createContext<ReactNode>(null);

export const WarningsProvider = WarningsContext.Provider;

/** Passes the cards' warnings to the card that shows them. */
export function useWarnings(): ReactNode {
  return useContext(WarningsContext);
}
