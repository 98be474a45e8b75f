// Renders the fields of a ticket that an agent can change.
import type { Account } from '../../account/account.ts';
import type { TicketField } from '../../account/ticket-schema.ts';
import type { CustomFieldValue } from '../../account/types.ts';
import { type Html, html } from '../html.ts';
import {
  assigneeChoices,
  type Choice,
  customFieldsOf,
  groupChoices,
  priorityChoices,
  statusChoices,
  typeChoices,
} from './ticket-choices.ts';

/** The values of the fields: the ticket's, or what the agent typed before a refusal. */
export interface FieldValues {
  subject: string;
  status: string;
  priority: string | null;
  type: string | null;
  group_id: number | null;
  assignee_id: number | null;
  tags: readonly string[];
  custom_fields: readonly CustomFieldValue[];
}

/** Belongs to the form `ticket-form`, wherever it is on the page. */
export const FORM = html` form="ticket-form"`;

/** `data-field` carries the name that apps know a field by. */
export function ticketFields(account: Account, values: FieldValues): Html {
  const valueOf = (id: number) => values.custom_fields.find((one) => one.id === id)?.value ?? null;
  return html`
${field('assignee', 'assignee_id', 'Assignee', select('assignee_id', assigneeChoices(account), values.assignee_id))}
${field('group', 'group_id', 'Group', select('group_id', groupChoices(account), values.group_id))}
${field('status', 'status', 'Status', select('status', statusChoices, values.status))}
${field('type', 'type', 'Type', select('type', typeChoices, values.type))}
${field('priority', 'priority', 'Priority', select('priority', priorityChoices, values.priority))}
${field('subject', 'subject', 'Subject', html`<input type="text" id="subject" name="subject"${FORM} value="${values.subject}" autocomplete="off">`)}
${field('tags', 'tags', 'Tags', html`<input type="text" id="tags" name="tags"${FORM} value="${values.tags.join(' ')}" autocapitalize="off" autocomplete="off" spellcheck="false">`)}
${customFieldsOf(account).map((one) => customField(one, valueOf(one.id)))}`;
}

function field(name: string, id: string, label: string, control: Html): Html {
  return html`<div class="field" data-field="${name}"><label for="${id}">${label}</label>${control}</div>`;
}

function customField(given: TicketField, value: CustomFieldValue['value']): Html {
  const name = `cf_${given.id}`;
  const text = value === null || value === false ? '' : String(value);
  const control = () => {
    switch (given.type) {
      case 'checkbox':
        return html`<input type="checkbox" id="${name}" name="${name}"${FORM} value="true"${value === true && html` checked`}>`;
      case 'textarea':
        return html`<textarea id="${name}" name="${name}"${FORM} rows="3">${text}</textarea>`;
      case 'tagger':
        return select(
          name,
          [['', '–'], ...given.custom_field_options.map((option): Choice => [option.value, option.name])],
          text,
        );
      case 'multiselect':
        return html`<select multiple size="4" id="${name}" name="${name}"${FORM}>${given.custom_field_options.map(
          (option) =>
            html`<option value="${option.value}"${Array.isArray(value) && value.includes(option.value) && html` selected`}>${option.name}</option>`,
        )}</select>`;
      case 'date':
        return html`<input type="date" id="${name}" name="${name}"${FORM} value="${text}">`;
      default:
        return html`<input type="text" id="${name}" name="${name}"${FORM} value="${text}" autocomplete="off">`;
    }
  };
  return field(`custom_field_${given.id}`, name, given.title, control());
}

function select(name: string, choices: readonly Choice[], chosen: string | number | null): Html {
  const value = String(chosen ?? '');
  return html`<select id="${name}" name="${name}"${FORM}>${choices.map(
    ([one, label]) => html`<option value="${one}"${one === value && html` selected`}>${label}</option>`,
  )}</select>`;
}
