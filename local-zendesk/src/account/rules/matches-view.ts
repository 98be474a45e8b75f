// Checks whether a ticket belongs to a view.
import type { TicketMetrics } from '../metrics.ts';
import type { Condition, Conditions } from '../rules.ts';
import type { Ticket } from '../types.ts';
import { compare } from './compare.ts';
import { type Asker, matchesTicket, valueText } from './matches-ticket.ts';

const HOUR = 3_600_000;

/** The moment from which Zendesk's hour counters count; undefined for conditions which are none, null for "never". */
function countsFrom(field: string, ticket: Ticket, metrics: TicketMetrics | undefined): string | null | undefined {
  switch (field) {
    case 'NEW':
      return ticket.status === 'new' ? ticket.created_at : null;
    case 'OPEN':
    case 'PENDING':
    case 'HOLD':
    case 'SOLVED':
    case 'CLOSED':
      return ticket.status === field.toLowerCase() ? (metrics?.status_updated_at ?? null) : null;
    case 'created_at':
      return ticket.created_at;
    case 'updated_at':
      return ticket.updated_at;
    case 'assigned_at':
      return metrics?.assigned_at ?? null;
    case 'requester_updated_at':
      return metrics?.requester_updated_at ?? null;
    case 'assignee_updated_at':
      return metrics?.assignee_updated_at ?? null;
    case 'due_date':
    case 'until_due_date':
      return ticket.due_at;
    default:
      return undefined;
  }
}

export interface ViewDeps {
  metricsOf: (ticketId: number) => TicketMetrics | undefined;
  now: number;
  asker: Asker;
}

function matches(deps: ViewDeps, condition: Condition, ticket: Ticket): boolean {
  const from = countsFrom(condition.field, ticket, deps.metricsOf(ticket.id));
  if (from === undefined) return matchesTicket(condition, ticket, deps.asker);
  if (from === null) return false;
  const sign = condition.field === 'until_due_date' ? -1 : 1;
  const hours = Math.floor((sign * (deps.now - Date.parse(from))) / HOUR);
  const operator = condition.operator.replace(/_business_hours$/, '');
  return compare('', operator, String(hours), valueText(condition.value));
}

export const matchesView = (deps: ViewDeps, { all, any }: Conditions, ticket: Ticket): boolean =>
  all.every((condition) => matches(deps, condition, ticket)) &&
  (any.length === 0 || any.some((condition) => matches(deps, condition, ticket)));
