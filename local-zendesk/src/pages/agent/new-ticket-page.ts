// Renders the page for a new ticket.
import type { Account } from '../../account/account.ts';
import { type Html, html } from '../html.ts';
import { composer } from './composer.ts';
import { type FieldValues, FORM, ticketFields } from './ticket-fields.ts';
import { appsPanel } from './ticket-page.ts';

export interface NewTicketState {
  problem?: string;
  values: FieldValues;
  text: string;
  isPublic: boolean;
  email: string;
  name: string;
}

export const BLANK: NewTicketState = {
  values: {
    subject: '',
    status: 'new',
    priority: null,
    type: null,
    group_id: null,
    assignee_id: null,
    tags: [],
    custom_fields: [],
  },
  text: '',
  isPublic: true,
  email: '',
  name: '',
};

export function newTicketPage(account: Account, state: NewTicketState): Html {
  return html`<div class="desk">
<section class="fields" aria-labelledby="fields-title"><h2 id="fields-title">Fields</h2>
<div class="field" data-field="requester"><label for="requester_email">Requester's e-mail address</label>
<input type="email" id="requester_email" name="requester_email"${FORM} value="${state.email}" required autocomplete="off">
<label for="requester_name">Requester's name, if new</label>
<input type="text" id="requester_name" name="requester_name"${FORM} value="${state.name}" autocomplete="off"></div>
${ticketFields(account, state.values)}</section>
<section class="talk" aria-labelledby="title"><h1 id="title">New ticket</h1>
${state.problem !== undefined && html`<p class="card notice bad" role="alert">${state.problem}</p>`}
${composer({ action: '/agent/tickets/new', seen: null, draft: { text: state.text, isPublic: state.isPublic }, status: state.values.status })}
</section>${appsPanel()}</div>`;
}
