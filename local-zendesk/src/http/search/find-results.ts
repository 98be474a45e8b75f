// Finds and sorts the results of a search.
import type { Ticket } from '../../account/types.ts';
import type { Call } from '../call.ts';
import { showGroup, showOrganization } from '../shapes/organisation.ts';
import { showTicket } from '../shapes/ticket.ts';
import { showFoundUser } from '../shapes/user.ts';
import { matchTicket } from './match-ticket.ts';
import { parseQuery, type SearchQuery, type Term } from './parse-query.ts';

export interface Found {
  type: string;
  id: number;
  created_at: string;
  updated_at: string;
  sortBy: (field: string) => string | number;
  show: () => Record<string, unknown>;
}

const PRIORITY_ORDER = ['low', 'normal', 'high', 'urgent'];
const STATUS_ORDER = ['new', 'open', 'pending', 'hold', 'solved', 'closed'];

function ticketSort(ticket: Ticket, field: string): string | number {
  switch (field) {
    case 'updated_at':
    case 'updated':
      return ticket.updated_at;
    case 'priority':
      return PRIORITY_ORDER.indexOf(ticket.priority ?? '');
    case 'status':
      return STATUS_ORDER.indexOf(ticket.status);
    case 'ticket_type':
      return ticket.type ?? '';
    default:
      return ticket.created_at;
  }
}

function foundTickets(call: Call, terms: readonly Term[]): Found[] {
  const searcher = { account: call.account, userId: call.caller.user?.id ?? -1 };
  return call.searchIndex
    .tickets()
    .filter((ticket) => matchTicket(searcher, ticket, terms))
    .map((ticket) => ({
      type: 'ticket',
      id: ticket.id,
      created_at: ticket.created_at,
      updated_at: ticket.updated_at,
      sortBy: (field) => ticketSort(ticket, field),
      show: () => ({ ...showTicket(call.account, call.url, ticket), result_type: 'ticket' }),
    }));
}

interface Named {
  id: number;
  name: string;
  created_at: string;
  updated_at: string;
}

/** People, groups and organizations are found by name, e-mail address, role, tag or external id. */
function foundNamed<T extends Named>(
  type: string,
  items: readonly T[],
  terms: readonly Term[],
  show: (item: T) => Record<string, unknown>,
): Found[] {
  const matches = (item: T, { field, value, negated }: Term): boolean => {
    const record: Record<string, unknown> = Object.fromEntries(Object.entries(item));
    const texts = field === null ? [item.name, record['email']] : [record[field]].flat();
    const wanted = value.toLowerCase().replace(/\*$/, '');
    const holds = texts.some((text) => {
      const have = (typeof text === 'string' ? text : JSON.stringify(text ?? '')).toLowerCase();
      return field === null || value.endsWith('*') || field === 'name' ? have.includes(wanted) : have === wanted;
    });
    return holds !== negated;
  };
  return items
    .filter((item) => terms.every((term) => matches(item, term)))
    .map((item) => ({
      type,
      id: item.id,
      created_at: item.created_at,
      updated_at: item.updated_at,
      sortBy: (field) => (field.startsWith('updated') ? item.updated_at : item.created_at),
      show: () => ({ ...show(item), result_type: type }),
    }));
}

export function findResults(call: Call, query: SearchQuery, types: readonly string[] = query.types): readonly Found[] {
  const { account, url } = call;
  const wants = (type: string): boolean => types.length === 0 || types.includes(type);
  return [
    ...(wants('ticket') ? foundTickets(call, query.terms) : []),
    ...(wants('user') ? foundNamed('user', account.users.list(), query.terms, (one) => showFoundUser(url, one)) : []),
    ...(wants('group') ? foundNamed('group', account.groups.list(), query.terms, (one) => showGroup(url, one)) : []),
    ...(wants('organization')
      ? foundNamed('organization', account.organizations.list(), query.terms, (one) => showOrganization(url, one))
      : []),
  ];
}

/** Newest first unless the query or the call says otherwise. */
export function searchInOrder(call: Call): readonly Found[] {
  const query = parseQuery(call.query.get('query') ?? '');
  const field = call.query.get('sort_by') ?? query.orderBy ?? 'created_at';
  const order = call.query.get('sort_order') ?? query.order;
  const sign = order === 'asc' ? 1 : -1;
  return findResults(call, query).toSorted((a, b) => {
    const [x, y] = [a.sortBy(field), b.sortBy(field)];
    return sign * ((x < y ? -1 : x > y ? 1 : 0) || a.id - b.id);
  });
}
