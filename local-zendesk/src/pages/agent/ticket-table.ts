// Renders a list of tickets.
import type { Account } from '../../account/account.ts';
import type { Ticket } from '../../account/types.ts';
import { type Html, html } from '../html.ts';
import { ago } from '../page-parts.ts';
import { namesOf } from './names.ts';

/** `query` goes with each ticket's address, such as the view it was found in. */
export function ticketTable(account: Account, tickets: readonly Ticket[], query = ''): Html {
  const names = namesOf(account);
  const now = account.clock.now();
  return html`<div class="scroll"><table class="rows">
<thead><tr><th scope="col">Status</th><th scope="col">Subject</th><th scope="col">Requester</th><th scope="col">Requested</th><th scope="col" class="optional">Group</th><th scope="col" class="optional">Assignee</th><th scope="col" class="optional">Priority</th></tr></thead>
<tbody>${tickets.map(
    (ticket) => html`<tr>
<td><span class="badge ${ticket.status}">${ticket.status}</span></td>
<td class="main-cell"><a href="/agent/tickets/${ticket.id}${query}">${ticket.subject || '(no subject)'}</a><span>${ticket.description.slice(0, 160)}</span>${tags(ticket)}</td>
<td>${names.user(ticket.requester_id)}</td>
<td><time datetime="${ticket.created_at}">${ago(Date.parse(ticket.created_at), now)}</time></td>
<td class="optional">${names.group(ticket.group_id)}</td><td class="optional">${names.user(ticket.assignee_id)}</td>
<td class="optional">${ticket.priority === null ? '–' : html`<span class="badge ${ticket.priority}">${ticket.priority}</span>`}</td></tr>`,
  )}</tbody></table></div>`;
}

function tags({ tags: all }: Ticket): Html | false {
  return all.length > 0 && html`<ul class="tags">${all.map((tag) => html`<li class="badge plain">${tag}</li>`)}</ul>`;
}
