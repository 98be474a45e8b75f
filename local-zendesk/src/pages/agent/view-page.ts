// What does an agent see in one view?
import type { Account } from '../../account/account.ts';
import type { View } from '../../account/rules.ts';
import type { Ticket, User } from '../../account/types.ts';
import { ago } from '../ago.ts';
import { holdStill } from '../hold-still.ts';
import { type Html, html } from '../html.ts';
import { type Names, namesOf } from './names.ts';
import { ticketsInView } from './seen-by-agent.ts';
import { viewNav } from './view-nav.ts';

const PER_PAGE = 30;

/** The view's tickets in its stored order; `page` counts from 1. `note` stands above them. */
export function viewPage(
  account: Account,
  agent: User,
  view: View,
  at: { page: number; still: boolean; note?: string | undefined },
): Html {
  const { page, still } = at;
  const tickets = ticketsInView(account, agent, view);
  const shown = tickets.slice((page - 1) * PER_PAGE, page * PER_PAGE);
  const pages = Math.max(1, Math.ceil(tickets.length / PER_PAGE));
  return html`<div class="columns">${viewNav(account, agent, view.id)}
<section aria-labelledby="title"><div class="view-head"><h1 id="title">${view.title}</h1>
<form method="get" action="/agent/play"><input type="hidden" name="view" value="${view.id}"><input type="hidden" name="start" value="1"><button${tickets.length === 0 && html` disabled`}><span aria-hidden="true">▶</span> Play</button></form></div>
${at.note !== undefined && html`<p class="card notice" role="status">${at.note}</p>`}
<p class="lead">${tickets.length} tickets, ${orderOf(view)}. ${holdStill(still, `page=${page}`)}</p>
${shown.length === 0 ? html`<div class="card">Nothing here.</div>` : table(shown, namesOf(account), view, account.clock.now())}
${pages > 1 && html`<p class="pager">${page > 1 && html`<a href="?page=${page - 1}${still && '&still=1'}">Previous</a>`}Page ${page} of ${pages}${page < pages && html`<a href="?page=${page + 1}${still && '&still=1'}">Next</a>`}</p>`}
</section></div>`;
}

function tags({ tags: all }: Ticket): Html | false {
  return all.length > 0 && html`<ul class="tags">${all.map((tag) => html`<li class="badge plain">${tag}</li>`)}</ul>`;
}

/** In words: agents cannot change it here, so they should at least know it. */
function orderOf({ output }: View): string {
  if (output.sort_by === null) return 'in no set order';
  if (output.sort_by === 'created') return output.sort_order === 'asc' ? 'oldest first' : 'newest first';
  return `by ${output.sort_by.replaceAll('_', ' ')}, ${output.sort_order === 'asc' ? 'ascending' : 'descending'}`;
}

function table(tickets: readonly Ticket[], names: Names, view: View, now: number): Html {
  return html`<div class="scroll"><table class="rows">
<thead><tr><th scope="col">Status</th><th scope="col">Subject</th><th scope="col">Requester</th><th scope="col">Requested</th><th scope="col" class="optional">Group</th><th scope="col" class="optional">Assignee</th><th scope="col" class="optional">Priority</th></tr></thead>
<tbody>${tickets.map(
    (ticket) => html`<tr>
<td><span class="badge ${ticket.status}">${ticket.status}</span></td>
<td class="main-cell"><a href="/agent/tickets/${ticket.id}?view=${view.id}">${ticket.subject || '(no subject)'}</a><span>${ticket.description.slice(0, 160)}</span>${tags(ticket)}</td>
<td>${names.user(ticket.requester_id)}</td>
<td><time datetime="${ticket.created_at}">${ago(Date.parse(ticket.created_at), now)}</time></td>
<td class="optional">${names.group(ticket.group_id)}</td><td class="optional">${names.user(ticket.assignee_id)}</td>
<td class="optional">${ticket.priority === null ? '–' : html`<span class="badge ${ticket.priority}">${ticket.priority}</span>`}</td></tr>`,
  )}</tbody></table></div>`;
}
