// How does an agent change a ticket?
import type { Account } from '../../account/account.ts';
import type { Ticket } from '../../account/types.ts';
import { staffOf } from '../../acts/agent-acts.ts';
import { type Html, html } from '../html.ts';
import { writeSeen } from './seen-ticket.ts';

export const STATUSES = ['new', 'open', 'pending', 'hold', 'solved'] as const;
const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;

/** One form for all of it: a reply or note, status, priority, group, assignee, tags. A closed ticket has none. */
export function ticketForm(account: Account, ticket: Ticket, draft = ''): Html {
  if (ticket.status === 'closed') return html`<p class="card">This ticket is closed and cannot be changed.</p>`;
  const groups = account.groups.list().filter(({ deleted }) => !deleted);
  return html`<form class="card" method="post" action="/agent/tickets/${ticket.id}">
<input type="hidden" name="seen" value="${writeSeen(ticket)}">
<fieldset><legend class="label">Answer</legend>
<label class="choice"><input type="radio" name="public" value="yes" checked> Public reply</label>
<label class="choice"><input type="radio" name="public" value="no"> Internal note</label></fieldset>
<label for="comment">Text</label><textarea id="comment" name="comment">${draft}</textarea>
<label for="status">Status</label>${select(
    'status',
    STATUSES.map((name) => [name, name]),
    ticket.status,
  )}
<label for="priority">Priority</label>${select('priority', [['', '–'], ...PRIORITIES.map((name) => [name, name] as const)], ticket.priority ?? '')}
<label for="group_id">Group</label>${select('group_id', [['', '–'], ...groups.map(({ id, name }) => [String(id), name] as const)], String(ticket.group_id ?? ''))}
<label for="assignee_id">Assignee</label>${select('assignee_id', [['', '–'], ...staffOf(account).map(({ id, name }) => [String(id), name] as const)], String(ticket.assignee_id ?? ''))}
<label for="tags">Tags</label><input type="text" id="tags" name="tags" value="${ticket.tags.join(' ')}" autocapitalize="off" spellcheck="false">
<div class="buttons"><button name="do" value="save">Save</button><button class="quiet" name="do" value="solve">Save and solve</button></div>
</form>`;
}

function select(name: string, choices: readonly (readonly [string, string])[], chosen: string): Html {
  return html`<select id="${name}" name="${name}">${choices.map(
    ([value, label]) => html`<option value="${value}"${value === chosen && html` selected`}>${label}</option>`,
  )}</select>`;
}
