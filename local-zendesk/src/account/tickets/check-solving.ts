// Checks the fields that are required to solve a ticket.
import type { TicketField, TicketFieldType } from '../ticket-schema.ts';
import { customFieldOf } from './apply-tags.ts';
import type { Draft } from './draft.ts';
import { complain, type Problems, type TicketDeps } from './ticket-deps.ts';

const RAILS_NAME: Partial<Record<TicketFieldType, string>> = { tickettype: 'FieldTicketType' };

const railsNameOf = (type: TicketFieldType): string =>
  RAILS_NAME[type] ?? `Field${type.charAt(0).toUpperCase()}${type.slice(1)}`;

function isFilled(draft: Draft, field: TicketField): boolean {
  switch (field.type) {
    case 'assignee':
      return draft.ticket.assignee_id !== null;
    case 'group':
      return draft.ticket.group_id !== null;
    case 'priority':
      return draft.ticket.priority !== null;
    case 'tickettype':
      return draft.ticket.type !== null;
    case 'subject':
    case 'description':
      return draft.ticket[field.type] !== '';
    case 'status':
    case 'custom_status':
      return true;
    default: {
      const value = customFieldOf(draft, field.id);
      return value !== null && value !== false && value !== '' && !(Array.isArray(value) && value.length === 0);
    }
  }
}

/** Complaints as a live account answered them: `details.base[]` with field id and type. */
export function checkSolving(deps: TicketDeps, draft: Draft, problems: Problems): void {
  const wasSolved = draft.before?.status === 'solved' || draft.before?.status === 'closed';
  if (draft.ticket.status !== 'solved' || wasSolved) return;
  for (const field of deps.fields.list()) {
    if (!field.active || !field.required || isFilled(draft, field)) continue;
    complain(problems, 'base', {
      description: `${field.title}: is required when solving a ticket`,
      error: null,
      ticket_field_id: field.id,
      ticket_field_type: railsNameOf(field.type),
    });
  }
}
