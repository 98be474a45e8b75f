// Renders the page of a user or an organization.
import type { Account } from '../../account/account.ts';
import type { Ticket, User } from '../../account/types.ts';
import { type Html, html } from '../html.ts';
import { findTicket } from './seen-by-agent.ts';
import { appsPanel } from './ticket-page.ts';
import { ticketTable } from './ticket-table.ts';

const SHOWN = 30;

export interface Profile {
  kind: 'User' | 'Organization';
  name: string;
  facts: readonly (readonly [label: string, value: Html | string])[];
  /** Which tickets are theirs. */
  owns: (ticket: Ticket) => boolean;
}

/** Facts on the left, the tickets that this agent may see in the middle, newest first, apps on the right. */
export function profilePage(account: Account, agent: User, { kind, name, facts, owns }: Profile): Html {
  const tickets = account.tickets
    .list()
    .filter((ticket) => owns(ticket) && findTicket(account, agent, ticket.id) !== undefined)
    .toSorted((a, b) => b.created_at.localeCompare(a.created_at) || b.id - a.id);
  return html`<div class="desk">
<section class="fields" aria-labelledby="facts-title"><h2 id="facts-title">Details</h2>
<dl>${facts.map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl></section>
<section class="talk" aria-labelledby="title"><p class="small soft">${kind}</p><h1 id="title">${name}</h1>
<p class="lead">${tickets.length === 1 ? '1 ticket' : `${tickets.length} tickets`}${tickets.length > SHOWN && `, the newest ${SHOWN} of them here`}.</p>
${tickets.length > 0 && ticketTable(account, tickets.slice(0, SHOWN))}</section>
${appsPanel()}
</div>`;
}
