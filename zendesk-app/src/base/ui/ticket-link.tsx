// Opens another ticket in Zendesk.
import { useHost } from '../zendesk/host-context.tsx';
import { LinkButton } from './action-button.tsx';

interface TicketLinkProps {
  readonly ticketId: number;
  /** The label; `#1042` by default. */
  readonly children?: string;
  /** The letter that presses it; see `Shortcuts`. */
  readonly shortcut?: string;
}

/** A button and not an anchor, because the ticket opens as a tab of Zendesk and has no URL inside this frame. */
export function TicketLink({ ticketId, children, shortcut }: TicketLinkProps) {
  const host = useHost();
  return (
    <LinkButton aria-keyshortcuts={shortcut} onClick={() => host.openTicket(ticketId)}>
      {children ?? `#${ticketId}`}
    </LinkButton>
  );
}
