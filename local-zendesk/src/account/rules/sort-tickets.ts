// Sorts tickets as a view does.
import type { TicketMetrics } from '../metrics.ts';
import type { Brands, Groups, Organizations, Users } from '../people-api.ts';
import type { Ticket } from '../types.ts';
import { isCustomField } from './view-columns.ts';

export interface SortDeps {
  users: Users;
  groups: Groups;
  organizations: Organizations;
  brands: Brands;
  metricsOf: (ticketId: number) => TicketMetrics | undefined;
}

export interface SortKey {
  by: string | null;
  order: 'asc' | 'desc';
}

const STATUS_ORDER = ['new', 'open', 'pending', 'hold', 'solved', 'closed', 'deleted'];
const PRIORITY_ORDER = ['low', 'normal', 'high', 'urgent'];

type Sortable = number | string | null;

/** What the column sorts by; null comes last in either direction. */
function sortValue(deps: SortDeps, ticket: Ticket, column: string): Sortable {
  if (isCustomField(column)) {
    const value = ticket.custom_fields.find((one) => one.id === Number(column))?.value ?? null;
    return typeof value === 'number' || value === null ? value : String(value);
  }
  switch (column) {
    case 'created':
      return ticket.created_at;
    case 'updated':
      return ticket.updated_at;
    case 'updated_requester':
      return deps.metricsOf(ticket.id)?.requester_updated_at ?? null;
    case 'updated_assignee':
      return deps.metricsOf(ticket.id)?.assignee_updated_at ?? null;
    case 'assigned':
      return deps.metricsOf(ticket.id)?.assigned_at ?? null;
    case 'solved':
      return deps.metricsOf(ticket.id)?.solved_at ?? null;
    case 'due_date':
      return ticket.due_at;
    case 'priority':
      return ticket.priority === null ? null : PRIORITY_ORDER.indexOf(ticket.priority);
    case 'status':
      return STATUS_ORDER.indexOf(ticket.status);
    case 'type':
      return ticket.type;
    case 'requester':
      return deps.users.find(ticket.requester_id)?.name ?? null;
    case 'assignee':
      return deps.users.find(ticket.assignee_id ?? 0)?.name ?? null;
    case 'group':
      return deps.groups.find(ticket.group_id ?? 0)?.name ?? null;
    case 'organization':
      return deps.organizations.find(ticket.organization_id ?? 0)?.name ?? null;
    case 'brand':
      return deps.brands.find(ticket.brand_id)?.name ?? null;
    case 'ticket_form':
      return ticket.ticket_form_id;
    default:
      return ticket.id;
  }
}

function compareValues(a: Sortable, b: Sortable, order: SortKey['order']): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  const ascending = typeof a === 'number' && typeof b === 'number' ? a - b : String(a) < String(b) ? -1 : 1;
  return order === 'asc' ? ascending : -ascending;
}

/** By the first key, then the next; ties by id, in the direction of the last key. */
export function sortTickets(deps: SortDeps, tickets: readonly Ticket[], keys: readonly SortKey[]): readonly Ticket[] {
  const used = keys.filter((key): key is SortKey & { by: string } => key.by !== null);
  const rows = tickets.map((ticket) => ({ ticket, values: used.map((key) => sortValue(deps, ticket, key.by)) }));
  const lastOrder = used.at(-1)?.order ?? 'asc';
  rows.sort((a, b) => {
    for (const [index, key] of used.entries()) {
      const difference = compareValues(a.values[index] ?? null, b.values[index] ?? null, key.order);
      if (difference !== 0) return difference;
    }
    return lastOrder === 'asc' ? a.ticket.id - b.ticket.id : b.ticket.id - a.ticket.id;
  });
  return rows.map((row) => row.ticket);
}
