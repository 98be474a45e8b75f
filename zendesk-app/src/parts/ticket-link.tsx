// How does one open another ticket?
import { Button } from '@zendeskgarden/react-buttons';
import styled from 'styled-components';
import { useHost } from '../state/host-context.tsx';

const Link = styled(Button)`
  text-align: start;
  white-space: normal;
`;

interface TicketLinkProps {
  readonly ticketId: number;
  /** What stands on the link; `#1042` when left out. */
  readonly children?: string;
}

/** A button and not an anchor: the ticket opens as a tab of Zendesk, and has no address of its own inside this frame. */
export function TicketLink({ ticketId, children }: TicketLinkProps) {
  const host = useHost();
  return (
    <Link isLink size="small" onClick={() => host.openTicket(ticketId)}>
      {children ?? `#${ticketId}`}
    </Link>
  );
}
