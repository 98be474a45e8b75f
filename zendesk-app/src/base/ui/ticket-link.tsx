// Opens another ticket in Zendesk.
import { useHost } from '../zendesk/host-context.tsx';
import { LinkButton } from './action-button.tsx';

interface TicketLinkProps {
  readonly ticketId: number;
  /** The label; `#1042` by default. */
  readonly children?: string;
}

/** A button and not an anchor, because the ticket opens as a tab of Zendesk and has no URL inside this frame. */
export function TicketLink({ ticketId, children }: TicketLinkProps) {
  const host = useHost();
  return <LinkButton onClick={() => host.openTicket(ticketId)}>{children ?? `#${ticketId}`}</LinkButton>;
}
