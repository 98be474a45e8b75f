// Renders the comments of a ticket.
import type { Account } from '../../account/account.ts';
import type { Comment, Ticket } from '../../account/types.ts';
import { ago } from '../ago.ts';
import { type Html, html } from '../html.ts';
import { type Names, namesOf } from './names.ts';

/** Oldest first; notes are set apart. */
export function conversation(account: Account, ticket: Ticket): Html {
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
