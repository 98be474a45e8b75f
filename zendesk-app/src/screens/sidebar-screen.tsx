// Which screen does the agent see: of a ticket, or of one that is not saved yet?
import { useEffect, useMemo, useState } from 'react';
import type { Words } from '../i18n/words-context.tsx';
import type { Drafts } from '../state/drafts.ts';
import { type Sidebar, SidebarProvider } from '../state/sidebar-context.tsx';
import { createTicketStore, type TicketStore, type TicketStoreDeps } from '../state/ticket-store.ts';
import type { Host } from '../zaf/host.ts';
import { Frame } from './frame.tsx';
import { NewTicketScreen } from './new-ticket-screen.tsx';
import { TicketScreen } from './ticket-screen.tsx';

interface SidebarScreenProps {
  readonly host: Host;
  readonly words: Words;
  readonly deps: TicketStoreDeps;
  /** Of the frame's first ticket, and reading already. Null: it has none. */
  readonly firstStore: TicketStore | null;
  readonly drafts: Drafts;
  readonly newId: () => string;
}

export function SidebarScreen({ host, words, deps, firstStore, drafts, newId }: SidebarScreenProps) {
  const [scheme, setScheme] = useState(host.colorScheme);
  const [ticketId, setTicketId] = useState(host.ticketId);
  useEffect(() => {
    host.onColorScheme(setScheme);
    // A message without a ticket says that something else about the frame changed.
    host.onTicket((id) => setTicketId((before) => id ?? before));
  }, [host]);
  const active = useActive(host);

  const sidebar = useMemo<Sidebar | null>(() => {
    if (ticketId === null) return null;
    const store = firstStore?.view().ticketId === ticketId ? firstStore : createTicketStore(deps, ticketId);
    return { store, drafts, now: deps.now, newId };
  }, [ticketId, deps, firstStore, drafts, newId]);
  useEffect(() => {
    sidebar?.store.setActive(active);
    return () => sidebar?.store.setActive(false);
  }, [sidebar, active]);
  useEffect(() => host.onTicketUpdated(() => sidebar?.store.refresh()), [host, sidebar]);

  return (
    <Frame scheme={scheme} words={words} host={host}>
      {sidebar === null ? (
        <NewTicketScreen service={deps.service} />
      ) : (
        <SidebarProvider value={sidebar}>
          <TicketScreen key={ticketId} />
        </SidebarProvider>
      )}
    </Frame>
  );
}

/** Whether an agent can see the frame: neither another browser tab nor another ticket's tab is before it. */
function useActive(host: Host): boolean {
  const [visible, setVisible] = useState(document.visibilityState === 'visible');
  const [activated, setActivated] = useState(true);
  useEffect(() => {
    host.onActive(setActivated);
    const look = (): void => setVisible(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [host]);
  return visible && activated;
}
