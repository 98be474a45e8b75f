// Renders the page of a view.
import type { Account } from '../../account/account.ts';
import type { View } from '../../account/rules.ts';
import type { User } from '../../account/types.ts';
import { type Html, html } from '../html.ts';
import { refreshControl } from '../page-parts.ts';
import { ticketsInView } from './seen-by-agent.ts';
import { ticketTable } from './ticket-table.ts';
import { viewNav } from './view-nav.ts';

const PER_PAGE = 30;

/** The view's tickets in its stored order; `page` counts from 1. `note` is shown above them. */
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
<p class="lead">${tickets.length} tickets, ${orderOf(view)}. ${refreshControl(still, `page=${page}`)}</p>
${shown.length === 0 ? html`<div class="card">Nothing here.</div>` : ticketTable(account, shown, `?view=${view.id}`)}
${pages > 1 && html`<p class="pager">${page > 1 && html`<a href="?page=${page - 1}${still && '&still=1'}">Previous</a>`}Page ${page} of ${pages}${page < pages && html`<a href="?page=${page + 1}${still && '&still=1'}">Next</a>`}</p>`}
</section></div>`;
}

/** In words: agents cannot change it here, so they should at least know it. */
function orderOf({ output }: View): string {
  if (output.sort_by === null) return 'in no set order';
  if (output.sort_by === 'created') return output.sort_order === 'asc' ? 'oldest first' : 'newest first';
  return `by ${output.sort_by.replaceAll('_', ' ')}, ${output.sort_order === 'asc' ? 'ascending' : 'descending'}`;
}
