// Formats ticket fields, forms and custom statuses for the API.
import type { CustomStatus, TicketField, TicketForm } from '../../account/ticket-schema.ts';
import type { UrlOf } from '../call.ts';

const SYSTEM_OPTIONS: Readonly<Record<string, readonly string[]>> = {
  status: ['new', 'open', 'pending', 'hold', 'solved', 'closed'],
  priority: ['low', 'normal', 'high', 'urgent'],
  tickettype: ['question', 'incident', 'problem', 'task'],
};

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

export function showField(url: UrlOf, field: TicketField): Record<string, unknown> {
  const { custom_field_options, ...rest } = field;
  const system = SYSTEM_OPTIONS[field.type];
  const hasOptions = field.type === 'tagger' || field.type === 'multiselect';
  return {
    url: url(`/ticket_fields/${field.id}.json`),
    ...rest,
    raw_title: field.title,
    raw_description: field.description,
    title_in_portal: field.title,
    raw_title_in_portal: field.title,
    collapsed_for_agents: false,
    agent_can_edit: true,
    agent_description: null,
    // Only the account's user and organization fields have one.
    key: null,
    ...(system && { system_field_options: system.map((value) => ({ name: capital(value), value })) }),
    ...(hasOptions && {
      custom_field_options: custom_field_options.map((option) => ({
        ...option,
        raw_name: option.name,
        url: url(`/ticket_fields/${field.id}/options/${option.id}.json`),
      })),
    }),
  };
}

export const showStatus = (url: UrlOf, status: CustomStatus): Record<string, unknown> => ({
  url: url(`/custom_statuses/${status.id}.json`),
  ...status,
  raw_agent_label: status.agent_label,
  raw_end_user_label: status.end_user_label,
  raw_description: status.description,
  raw_end_user_description: status.end_user_description,
});

export const showForm = (url: UrlOf, form: TicketForm): Record<string, unknown> => ({
  url: url(`/ticket_forms/${form.id}.json`),
  ...form,
  raw_name: form.name,
  raw_display_name: form.display_name,
  in_all_brands: true,
  restricted_brand_ids: [],
  agent_conditions: [],
  end_user_conditions: [],
});
