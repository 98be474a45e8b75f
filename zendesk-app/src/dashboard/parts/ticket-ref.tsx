// Links to a ticket in Zendesk.
import type { TicketLink } from '@deskwright/shared/contract';
import { LinkButton } from '../../base/ui/action-button.tsx';
import { usePage } from '../data/page-context.tsx';

/** Inside Zendesk a button that opens its tab there, otherwise a link. */
export function TicketRef({ ticket }: { readonly ticket: TicketLink }) {
  const { host } = usePage();
  return host === null ? (
    <a href={ticket.url} target="_blank" rel="noreferrer">
      #{ticket.id}
    </a>
  ) : (
    <LinkButton onClick={() => host.openTicket(ticket.id)}>{`#${ticket.id}`}</LinkButton>
  );
}
