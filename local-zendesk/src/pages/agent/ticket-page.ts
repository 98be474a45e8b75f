// What does an agent see of one ticket?
import type { Account } from '../../account/account.ts';
import type { Comment, Ticket, User } from '../../account/types.ts';
import { ago } from '../ago.ts';
import { type Html, html } from '../html.ts';
import { layout } from '../layout.ts';
import { type Names, namesOf } from './names.ts';
import { ticketForm } from './ticket-form.ts';
import { viewNav } from './view-nav.ts';

export interface TicketPageState {
  viewId?: number | undefined;
  saved?: boolean;
  /** Why the last change was refused; the typed comment is kept. */
  problem?: string;
  draft?: string | undefined;
}

/** The conversation in the middle, what can be changed on the right. */
export function ticketPage(account: Account, agent: User, ticket: Ticket, state: TicketPageState): string {
  const names = namesOf(account);
  const now = account.clock.now();
  const comments = account.tickets.comments(ticket.id);
  const isStaff = (id: number) => account.users.find(id)?.role !== 'end-user';
  const body = html`<div class="columns ticket">${viewNav(account, agent, state.viewId)}
<section aria-labelledby="title">
<p class="small soft">Ticket ${ticket.id} · <span class="badge ${ticket.status}">${ticket.status}</span> · requested ${ago(Date.parse(ticket.created_at), now)} by ${names.user(ticket.requester_id)} (${ticket.via.channel})</p>
<h1 id="title">${ticket.subject || '(no subject)'}</h1>
${state.saved === true && html`<p class="card notice" role="status">Saved.</p>`}
${state.problem !== undefined && html`<p class="card notice bad" role="alert">${state.problem}</p>`}
${comments.map((comment) => message(comment, names, isStaff(comment.author_id), now))}
</section>
<aside aria-label="Ticket">${ticketForm(account, ticket, state.draft)}${details(ticket, names, account)}</aside>
</div>`;
  return layout({
    title: `#${ticket.id} ${ticket.subject}`,
    section: 'agent',
    layout: 'wide',
    signedInAs: agent.name,
    body,
  });
}

function message(comment: Comment, names: Names, staff: boolean, now: number): Html {
  const look = comment.public ? (staff ? 'staff' : '') : 'internal';
  return html`<article class="card message ${look}"><header><strong>${names.user(comment.author_id)}</strong>
${!comment.public && html`<span class="badge note">Internal note</span>`}
<time class="soft small" datetime="${comment.created_at}">${ago(Date.parse(comment.created_at), now)}</time></header>
<p>${comment.body}</p></article>`;
}

function details(ticket: Ticket, names: Names, account: Account): Html {
  const email = account.users.find(ticket.requester_id)?.email ?? null;
  return html`<div class="card"><h2>Details</h2><dl>
<dt>Requester</dt><dd>${names.user(ticket.requester_id)}${email !== null && html`<br><a href="/mail?to=${encodeURIComponent(email)}">${email}</a>`}</dd>
<dt>Organization</dt><dd>${names.organization(ticket.organization_id)}</dd>
<dt>Priority</dt><dd>${ticket.priority ?? '–'}</dd>
<dt>Type</dt><dd>${ticket.type ?? '–'}</dd>
${names.customFields(ticket).map(({ title, value }) => html`<dt>${title}</dt><dd>${value}</dd>`)}
</dl><h2 class="label">Tags</h2>${
    ticket.tags.length === 0
      ? html`<p class="soft small">none</p>`
      : html`<ul class="tags">${ticket.tags.map((tag) => html`<li class="badge plain">${tag}</li>`)}</ul>`
  }</div>`;
}
