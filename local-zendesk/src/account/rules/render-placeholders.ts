// Renders Zendesk's placeholders for one ticket.
import { Liquid, type Template } from 'liquidjs';
import type { Groups, Organizations, Users } from '../people-api.ts';
import type { Comment, Ticket, User } from '../types.ts';

export interface PlaceholderFacts {
  ticket: Ticket;
  /** Oldest first. */
  comments: readonly Comment[];
  currentUserId: number;
  subdomain: string;
  users: Users;
  groups: Groups;
  organizations: Organizations;
}

const liquid = new Liquid();
const parsed = new Map<string, Template[]>();

function parse(text: string): Template[] {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const templates = liquid.parse(text);
  parsed.set(text, templates);
  return templates;
}

const person = (user: User | undefined): Record<string, unknown> => ({
  id: user?.id ?? '',
  name: user?.name ?? '',
  first_name: user?.name.split(' ')[0] ?? '',
  last_name: user?.name.split(' ').slice(1).join(' ') ?? '',
  email: user?.email ?? '',
  role: user?.role ?? '',
  external_id: user?.external_id ?? '',
  locale: user?.locale ?? '',
});

const commentScope = (users: Users, comment: Comment): Record<string, unknown> => ({
  value: comment.body,
  created_at: comment.created_at,
  author: person(users.find(comment.author_id)),
  is_public: comment.public,
});

/** The names of Zendesk's placeholder reference, as far as an example account needs them. */
function scopeOf(facts: PlaceholderFacts): Record<string, unknown> {
  const { ticket, comments, users } = facts;
  const host = `${facts.subdomain}.zendesk.com`;
  const ticketFields = ticket.custom_fields.map(({ id, value }) => [`ticket_field_${id}`, value ?? '']);
  const latest = comments.at(-1);
  return {
    current_user: person(users.find(facts.currentUserId)),
    ticket: {
      ...Object.fromEntries(ticketFields),
      id: ticket.id,
      title: ticket.subject,
      description: ticket.description,
      url: `${host}/agent/tickets/${ticket.id}`,
      link: `https://${host}/agent/tickets/${ticket.id}`,
      external_id: ticket.external_id ?? '',
      via: ticket.via.channel,
      status: ticket.status,
      priority: ticket.priority ?? '',
      ticket_type: ticket.type ?? '',
      tags: ticket.tags.join(' '),
      created_at: ticket.created_at,
      updated_at: ticket.updated_at,
      due_date: ticket.due_at ?? '',
      brand: { id: ticket.brand_id },
      group: { id: ticket.group_id ?? '', name: facts.groups.find(ticket.group_id ?? 0)?.name ?? '' },
      organization: { name: facts.organizations.find(ticket.organization_id ?? 0)?.name ?? '' },
      requester: person(users.find(ticket.requester_id)),
      assignee: person(users.find(ticket.assignee_id ?? 0)),
      submitter: person(users.find(ticket.submitter_id)),
      latest_comment: latest?.body ?? '',
      latest_public_comment: comments.findLast((comment) => comment.public)?.body ?? '',
      comments: comments.map((comment) => commentScope(users, comment)),
    },
  };
}

/** Unknown placeholders become nothing; a text which is not valid Liquid comes back as it is. */
export function renderPlaceholders(text: string, facts: PlaceholderFacts): string {
  if (!text.includes('{{') && !text.includes('{%')) return text;
  try {
    return String(liquid.renderSync(parse(text), scopeOf(facts)));
  } catch {
    return text;
  }
}
