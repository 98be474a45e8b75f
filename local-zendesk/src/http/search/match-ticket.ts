// Checks whether a ticket matches a search.
import type { Account } from '../../account/account.ts';
import type { Ticket } from '../../account/types.ts';
import { matchTime } from './match-time.ts';
import type { Operator, Term } from './parse-query.ts';

export interface Searcher {
  account: Account;
  /** Who `me` is. */
  userId: number;
}

const STATUS_ORDER = ['new', 'open', 'pending', 'hold', 'solved', 'closed'];
const PRIORITY_ORDER = ['low', 'normal', 'high', 'urgent'];

function matchRank(order: readonly string[], actual: string | null, operator: Operator, value: string): boolean {
  const [have, want] = [order.indexOf(actual ?? ''), order.indexOf(value.toLowerCase())];
  if (value === 'none') return actual === null;
  if (have < 0 || want < 0) return false;
  switch (operator) {
    case ':':
      return have === want;
    case '<':
      return have < want;
    case '<=':
      return have <= want;
    case '>':
      return have > want;
    case '>=':
      return have >= want;
  }
}

const same = (a: string | null | undefined, b: string): boolean => (a ?? '').toLowerCase() === b.toLowerCase();

/** By id, `me`, `none`, e-mail address, whole name or first name. */
function matchPerson({ account, userId }: Searcher, id: number | null, value: string): boolean {
  if (value === 'none') return id === null;
  if (value === 'me') return id === userId;
  if (String(id) === value) return true;
  const user = account.users.find(id ?? 0);
  return same(user?.email, value) || same(user?.name, value) || same(user?.name.split(' ')[0], value);
}

const matchNamed = (id: number | null, name: string | undefined, value: string): boolean =>
  value === 'none' ? id === null : String(id) === value || same(name, value);

const holds = (text: string, words: string): boolean =>
  text.toLowerCase().includes(words.toLowerCase().replace(/\*$/, ''));

const commentText = ({ account }: Searcher, ticket: Ticket): string =>
  account.tickets
    .comments(ticket.id)
    .map((comment) => comment.body)
    .join('\n');

function matchField(searcher: Searcher, ticket: Ticket, field: string, operator: Operator, value: string): boolean {
  const { account } = searcher;
  const now = account.clock.now();
  const custom = /^(?:custom_field_|fieldvalue)(\d*)$/.exec(field);
  if (custom !== null) {
    const values = ticket.custom_fields.filter((one) => custom[1] === '' || one.id === Number(custom[1]));
    return values.some((one) =>
      Array.isArray(one.value) ? one.value.includes(value) : same(String(one.value), value),
    );
  }
  switch (field) {
    case 'status':
      return matchRank(STATUS_ORDER, ticket.status, operator, value);
    case 'priority':
      return matchRank(PRIORITY_ORDER, ticket.priority, operator, value);
    case 'ticket_type':
      return value === 'none' ? ticket.type === null : same(ticket.type, value);
    case 'created':
      return matchTime(ticket.created_at, operator, value, now);
    case 'updated':
      return matchTime(ticket.updated_at, operator, value, now);
    case 'solved':
      return matchTime(account.tickets.metrics(ticket.id)?.solved_at ?? null, operator, value, now);
    case 'due_date':
      return matchTime(ticket.due_at, operator, value, now);
    case 'assignee':
      return matchPerson(searcher, ticket.assignee_id, value);
    case 'requester':
      return matchPerson(searcher, ticket.requester_id, value);
    case 'submitter':
      return matchPerson(searcher, ticket.submitter_id, value);
    case 'commenter':
      return account.tickets.comments(ticket.id).some((comment) => matchPerson(searcher, comment.author_id, value));
    case 'group':
      return matchNamed(ticket.group_id, account.groups.find(ticket.group_id ?? 0)?.name, value);
    case 'organization':
      return matchNamed(ticket.organization_id, account.organizations.find(ticket.organization_id ?? 0)?.name, value);
    case 'brand':
      return matchNamed(ticket.brand_id, account.brands.find(ticket.brand_id)?.name, value);
    case 'tags':
      return value === 'none' ? ticket.tags.length === 0 : value.split(/\s+/).every((tag) => ticket.tags.includes(tag));
    case 'subject':
      return holds(ticket.subject, value);
    case 'description':
      return holds(ticket.description, value);
    case 'comment':
      return holds(commentText(searcher, ticket), value);
    case 'via':
      return same(ticket.via.channel, value);
    case 'external_id':
      return same(ticket.external_id, value);
    case 'id':
      return String(ticket.id) === value;
    default:
      return false;
  }
}

const matchTerm = (searcher: Searcher, ticket: Ticket, { field, operator, value }: Term): boolean =>
  field === null
    ? String(ticket.id) === value || holds(`${ticket.subject}\n${commentText(searcher, ticket)}`, value)
    : matchField(searcher, ticket, field, operator, value);

/** Different terms must all hold; the same field asked twice with `:` means either. */
export function matchTicket(searcher: Searcher, ticket: Ticket, terms: readonly Term[]): boolean {
  const either = new Map<string, boolean>();
  for (const term of terms) {
    const holdsNow = matchTerm(searcher, ticket, term);
    if (term.negated) {
      if (holdsNow) return false;
    } else if (term.field !== null && term.operator === ':') {
      either.set(term.field, (either.get(term.field) ?? false) || holdsNow);
    } else if (!holdsNow) {
      return false;
    }
  }
  return [...either.values()].every(Boolean);
}
