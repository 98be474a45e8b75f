// Renders the page of a ticket.
import type { Account } from '../../account/account.ts';
import type { View } from '../../account/rules.ts';
import type { Comment, Ticket } from '../../account/types.ts';
import { type Html, html } from '../html.ts';
import { ago } from '../page-parts.ts';
import { composer } from './composer.ts';
import { type Names, namesOf } from './names.ts';
import { customerLink, organizationLink } from './profile-links.ts';
import { writeSeen } from './seen-ticket.ts';
import { type FieldValues, ticketFields } from './ticket-fields.ts';

export interface TicketPageState {
  view?: View | undefined;
  /** The view is played: the next ticket opens automatically. */
  play?: boolean;
  saved?: boolean;
  /** Why the last change was refused; what was typed is kept. */
  problem?: string;
  typed?: { values: FieldValues; text: string; isPublic: boolean } | undefined;
}

/** Fields on the left, the conversation and the answer in the middle, apps on the right. */
export function ticketPage(account: Account, ticket: Ticket, state: TicketPageState): Html {
  const names = namesOf(account);
  const { typed, view, play } = state;
  const query = new URLSearchParams({ ...(view && { view: String(view.id) }), ...(play === true && { play: '1' }) });
  const action = `/agent/tickets/${ticket.id}${query.size > 0 ? `?${query.toString()}` : ''}`;
  const isClosed = ticket.status === 'closed';
  return html`<div class="desk">
<section class="fields" aria-labelledby="fields-title"><h2 id="fields-title">Fields</h2>
<div id="details">${details(ticket, account)}</div>
${isClosed ? closedFields(ticket, account) : ticketFields(account, typed?.values ?? ticket)}</section>
<section class="talk" aria-labelledby="title">
<div id="heading"><p class="small soft">${view !== undefined && html`<a href="/agent/views/${view.id}">${view.title}</a> · `}Ticket ${ticket.id} · <span class="badge ${ticket.status}">${ticket.status}</span> · requested ${ago(Date.parse(ticket.created_at), account.clock.now())} by ${names.user(ticket.requester_id)} (${ticket.via.channel})</p>
<h1 id="title">${ticket.subject || '(no subject)'}</h1></div>
<p id="viewers" class="small soft" role="status"></p>
${state.saved === true && html`<p class="card notice" role="status">Saved.</p>`}
${state.problem !== undefined && html`<p class="card notice bad" role="alert">${state.problem}</p>`}
${conversation(account, ticket)}
${
  isClosed
    ? html`<p class="card">This ticket is closed and cannot be changed.</p>`
    : composer({
        action,
        seen: writeSeen(ticket),
        draft: { text: typed?.text ?? '', isPublic: typed?.isPublic ?? true },
        status: typed?.values.status ?? ticket.status,
      })
}
${play === true && view !== undefined && skipForm(ticket, view)}
</section>
${appsPanel()}
</div>`;
}

/** Apps are put in by the page's script. */
export function appsPanel(): Html {
  return html`<aside class="apps" id="apps" aria-label="Apps"><noscript><p class="card">Apps need JavaScript.</p></noscript></aside>`;
}

/** Like Zendesk, asks for the reason: an agent who plays a view takes tickets in its order. */
function skipForm(ticket: Ticket, view: View): Html {
  return html`<form class="card skip-form" method="post" action="/agent/tickets/${ticket.id}/skip?view=${view.id}">
<label for="reason">Skip this ticket, because</label>
<div class="buttons"><input type="text" id="reason" name="reason" required maxlength="500" autocomplete="off"><button class="quiet">Skip</button></div></form>`;
}

function details(ticket: Ticket, account: Account): Html {
  const email = account.users.find(ticket.requester_id)?.email ?? null;
  return html`<dl><dt>Requester</dt><dd>${customerLink(account, ticket.requester_id)}${email !== null && html`<br><a href="/mail?to=${encodeURIComponent(email)}">${email}</a>`}</dd>
<dt>Organization</dt><dd>${organizationLink(account, ticket.organization_id)}</dd></dl>`;
}

function closedFields(ticket: Ticket, account: Account): Html {
  const names = namesOf(account);
  return html`<dl><dt>Group</dt><dd>${names.group(ticket.group_id)}</dd><dt>Assignee</dt><dd>${names.user(ticket.assignee_id)}</dd>
<dt>Priority</dt><dd>${ticket.priority ?? '–'}</dd><dt>Type</dt><dd>${ticket.type ?? '–'}</dd><dt>Tags</dt><dd>${ticket.tags.join(' ') || 'none'}</dd>
${names.customFields(ticket).map(({ title, value }) => html`<dt>${title}</dt><dd>${value}</dd>`)}</dl>`;
}

/** Oldest first; notes are set apart. */
function conversation(account: Account, ticket: Ticket): Html {
  const names = namesOf(account);
  const now = account.clock.now();
  const isStaff = (id: number) => account.users.find(id)?.role !== 'end-user';
  return html`<div id="conversation">${account.tickets
    .comments(ticket.id)
    .map((comment) => message(comment, names, isStaff(comment.author_id), now))}</div>`;
}

function message(comment: Comment, names: Names, staff: boolean, now: number): Html {
  const look = comment.public ? (staff ? 'staff' : '') : 'internal';
  return html`<article class="card message ${look}"><header><strong>${names.user(comment.author_id)}</strong>
${!comment.public && html`<span class="badge note">Internal note</span>`}
<time class="soft small" datetime="${comment.created_at}">${ago(Date.parse(comment.created_at), now)}</time></header>
<p>${comment.body}</p></article>`;
}
