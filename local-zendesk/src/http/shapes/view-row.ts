// Formats one row of an executed view for the API.
import { isCustomField } from '../../account/rules/view-columns.ts';
import type { ViewOutput } from '../../account/rules.ts';
import type { Ticket } from '../../account/types.ts';
import type { Call } from '../call.ts';

function cell({ account }: Call, ticket: Ticket, column: string): unknown {
  if (isCustomField(column)) return ticket.custom_fields.find((one) => one.id === Number(column))?.value ?? null;
  const metrics = account.tickets.metrics(ticket.id);
  switch (column) {
    case 'nice_id':
      return ticket.id;
    case 'created':
      return ticket.created_at;
    case 'updated':
      return ticket.updated_at;
    case 'updated_requester':
      return metrics?.requester_updated_at ?? null;
    case 'updated_assignee':
      return metrics?.assignee_updated_at ?? null;
    case 'assigned':
      return metrics?.assigned_at ?? null;
    case 'solved':
      return metrics?.solved_at ?? null;
    case 'description':
      return ticket.subject;
    case 'group':
      return ticket.group_id;
    case 'requester':
      return ticket.requester_id;
    case 'assignee':
      return ticket.assignee_id;
    case 'submitter':
      return ticket.submitter_id;
    case 'organization':
      return ticket.organization_id;
    case 'brand':
      return ticket.brand_id;
    case 'ticket_form':
      return ticket.ticket_form_id;
    case 'due_date':
      return ticket.due_at;
    case 'status':
    case 'priority':
    case 'type':
    case 'custom_status_id':
      return ticket[column];
    case 'satisfaction_score':
      return 'unoffered';
    default:
      return null;
  }
}

/** One property per column, and a partial ticket: enough for a list, not enough to work with. */
export function showRow(call: Call, output: ViewOutput, ticket: Ticket): Record<string, unknown> {
  const shown = output.group_by === null ? output.columns : [...output.columns, output.group_by];
  const cells = Object.fromEntries(
    shown.map((column) => [isCustomField(column) ? `custom_${column}` : column, cell(call, ticket, column)]),
  );
  return {
    ...cells,
    ...(output.group_by !== null && { group: cell(call, ticket, output.group_by) }),
    requester_id: ticket.requester_id,
    assignee_id: ticket.assignee_id,
    ticket: {
      id: ticket.id,
      url: call.url(`/tickets/${ticket.id}.json`),
      subject: ticket.subject,
      description: ticket.description,
      status: ticket.status,
      type: ticket.type,
      priority: ticket.priority,
    },
  };
}
