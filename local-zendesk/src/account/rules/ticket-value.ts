// Reads a ticket's value for a field of a rule.
import type { Ticket, Via } from '../types.ts';

/** Ids of channels in conditions; from Zendesk's conditions reference, "Via types". */
const VIA_ID: Readonly<Record<string, number>> = {
  web: 0,
  email: 4,
  api: 5,
  web_service: 5,
  rule: 8,
  closed_ticket: 27,
  chat: 29,
  sms: 57,
  whatsapp: 74,
};

export const viaId = (via: Via): string => String(VIA_ID[via.channel] ?? 0);

const text = (value: string | number | boolean | readonly string[] | null | undefined): string =>
  value === null || value === undefined ? '' : String(value);

/** The value as text, '' for nothing; undefined when rules know no such field. */
export function ticketValue(ticket: Ticket, field: string): string | undefined {
  if (field.startsWith('custom_fields_')) {
    const id = Number(field.slice('custom_fields_'.length));
    return text(ticket.custom_fields.find((one) => one.id === id)?.value);
  }
  switch (field) {
    case 'status':
    case 'priority':
    case 'type':
    case 'group_id':
    case 'assignee_id':
    case 'requester_id':
    case 'organization_id':
    case 'brand_id':
    case 'ticket_form_id':
    case 'custom_status_id':
    case 'recipient':
      return text(ticket[field]);
    case 'via_id':
      return viaId(ticket.via);
    case 'ticket_is_public':
      return ticket.is_public ? 'public' : 'private';
    case 'locale_id':
      return '1';
    case 'satisfaction_score':
      return 'unoffered';
    default:
      return undefined;
  }
}
