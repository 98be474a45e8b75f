// Shows the cards of the ticket that Zendesk shows, or those for a ticket that is not saved yet.
import { useEffect, useMemo, useState } from 'react';
import styled from 'styled-components';
import type { CardDefinition } from '../base/card-definition.ts';
import type { AgentLanguage } from '../base/i18n/texts-context.tsx';
import { Frame } from '../base/layout/frame.tsx';
import { ServiceProvider } from '../base/service/service-context.tsx';
import { Shortcuts } from '../base/shortcuts/shortcuts.tsx';
import { color } from '../base/theme/theme.ts';
import { type Sidebar, SidebarProvider } from '../base/ticket/sidebar-context.tsx';
import { createTicketStore, type TicketStore, type TicketStoreDeps } from '../base/ticket/ticket-store.ts';
import type { Host } from '../base/zendesk/host.ts';
import { useActive } from '../base/zendesk/host-context.tsx';
import { TicketScreen } from './ticket/ticket-screen.tsx';

const Foot = styled.footer`
  color: ${color('foreground.subtle')};
  font-size: ${({ theme }) => theme.fontSizes.xs};
  line-height: 14px;
  padding-inline: 16px;
  text-align: end;
`;

interface SidebarScreenProps extends Omit<Sidebar, 'store'> {
  readonly cards: readonly CardDefinition[];
  readonly host: Host;
  readonly language: AgentLanguage;
  readonly storeDeps: TicketStoreDeps;
  /** The store of the frame's first ticket, which is already reading. Null: the frame has no ticket yet. */
  readonly firstStore: TicketStore | null;
  /** Of the service. */
  readonly version: string;
}

export function SidebarScreen(props: SidebarScreenProps) {
  const { cards, host, language, storeDeps, firstStore, drafts, agentName, now, newId, version } = props;
  const [scheme, setScheme] = useState(host.colorScheme);
  const [ticketId, setTicketId] = useState(host.ticketId);
  useEffect(() => {
    host.onColorScheme(setScheme);
    // Without a ticket, the event says that something else about the frame changed.
    host.onTicket((id) => setTicketId((before) => id ?? before));
  }, [host]);
  const active = useActive(host);

  const sidebar = useMemo<Sidebar | null>(() => {
    if (ticketId === null) return null;
    const store = firstStore?.view().ticketId === ticketId ? firstStore : createTicketStore(storeDeps, ticketId);
    return { store, drafts, agentName, now, newId };
  }, [ticketId, storeDeps, firstStore, drafts, agentName, now, newId]);
  useEffect(() => {
    sidebar?.store.setActive(active);
    return () => sidebar?.store.setActive(false);
  }, [sidebar, active]);
  useEffect(() => host.onTicketUpdated(() => sidebar?.store.refresh()), [host, sidebar]);

  return (
    <Frame scheme={scheme} language={language} host={host}>
      <ServiceProvider value={storeDeps.service}>
        {sidebar === null ? (
          cards.map(({ texts, NewTicket }) => (NewTicket === undefined ? null : <NewTicket key={texts.name} />))
        ) : (
          <SidebarProvider value={sidebar}>
            <TicketScreen key={ticketId} cards={cards} />
          </SidebarProvider>
        )}
      </ServiceProvider>
      <Foot>
        <Shortcuts /> Deskwright {version}
      </Foot>
    </Frame>
  );
}
