// How does one open another ticket?
import { useHost } from '../state/host-context.tsx';
import { LinkButton } from './action-button.tsx';

interface TicketLinkProps {
  readonly ticketId: number;
  /** What stands on the link; `#1042` when left out. */
  readonly children?: string;
}

/** A button and not an anchor: the ticket opens as a tab of Zendesk, and has no address of its own inside this frame. */
export function TicketLink({ ticketId, children }: TicketLinkProps) {
  const host = useHost();
  return <LinkButton onClick={() => host.openTicket(ticketId)}>{children ?? `#${ticketId}`}</LinkButton>;
}
