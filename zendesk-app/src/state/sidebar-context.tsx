// What do the cards act upon?
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Drafts } from './drafts.ts';
import type { TicketStore } from './ticket-store.ts';
import { canAct, type TicketView } from './ticket-view.ts';

export interface Sidebar {
  readonly store: TicketStore;
  readonly drafts: Drafts;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** A fresh id for a filled form. */
  readonly newId: () => string;
}

const SidebarContext = createContext<Sidebar | null>(null);

export const SidebarProvider = SidebarContext.Provider;

export function useSidebar(): Sidebar {
  const sidebar = useContext(SidebarContext);
  if (sidebar === null) throw new Error('There is no ticket outside SidebarProvider.');
  return sidebar;
}

export function useTicketView(): TicketView {
  const { store } = useSidebar();
  return useSyncExternalStore(store.subscribe, store.view);
}

/** Whether buttons that change something work now. */
export function useCanAct(): boolean {
  return canAct(useTicketView());
}
