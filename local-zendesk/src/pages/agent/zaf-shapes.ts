// Formats users, tickets and comments for apps (camelCase, unlike REST).
import type {
  NamedThing,
  TicketFacts,
  ZafComment,
  ZafMessage,
  ZafOrganization,
  ZafTimeZone,
  ZafUser,
} from '../../../browser/page-data.d.ts';
import type { Account } from '../../account/account.ts';
import type { Organization } from '../../account/organisation.ts';
import type { Comment, Ticket, User } from '../../account/types.ts';

/** The one time zone whose IANA name this REST API also returns. */
const IANA_NAME = 'America/New_York';

export function zafUser(account: Account, user: User): ZafUser {
  const organization = user.organization_id === null ? undefined : account.organizations.find(user.organization_id);
  const groups = account.groups.memberships({ user_id: user.id }).flatMap(({ group_id }): NamedThing[] => {
    const group = account.groups.find(group_id);
    return group === undefined ? [] : [{ id: group.id, name: group.name }];
  });
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    role: user.role,
    locale: user.locale,
    externalId: user.external_id,
    avatarUrl: null,
    tags: user.tags,
    groups,
    organizations: organization === undefined ? [] : [{ id: organization.id, name: organization.name }],
    timeZone: zafTimeZone(user.time_zone, account.clock.now()),
  };
}

/** @internal */
export function zafTimeZone(name: string, now: number): ZafTimeZone {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: IANA_NAME, timeZoneName: 'longOffset' });
  const formattedOffset = format.formatToParts(now).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign = '+', hours = 0, minutes = 0] = /([+-])(\d+):(\d+)/.exec(formattedOffset) ?? [];
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
  return { name, ianaName: IANA_NAME, offset, formattedOffset };
}

function zafUserById(account: Account, id: number | null): ZafUser | null {
  const user = id === null ? undefined : account.users.find(id);
  return user === undefined ? null : zafUser(account, user);
}

export function zafOrganization(account: Account, organization: Organization): ZafOrganization {
  const { id, name, domain_names, details, notes, external_id, group_id, tags } = organization;
  const group = group_id === null ? undefined : account.groups.find(group_id);
  return {
    id,
    name,
    domains: domain_names.join(' '),
    details,
    notes,
    externalId: external_id,
    group: group === undefined ? null : { id: group.id, name: group.name },
    sharedTickets: organization.shared_tickets,
    sharedComments: organization.shared_comments,
    tags,
  };
}

const zafComment = (account: Account, comment: Comment): ZafComment => ({
  id: comment.id,
  value: comment.html_body,
  author: zafUserById(account, comment.author_id),
  public: comment.public,
  createdAt: comment.created_at,
  imageAttachments: [],
  nonImageAttachments: [],
});

function zafMessage(account: Account, comment: Comment): ZafMessage {
  const author = account.users.find(comment.author_id);
  return {
    author: { id: comment.author_id, name: author?.name ?? 'Zendesk', role: author?.role ?? 'system', avatar: null },
    channel: { name: comment.public ? comment.via.channel : 'internal' },
    message: { content: comment.html_body, contentType: 'text/html' },
    timestamp: comment.created_at,
    attachments: [],
  };
}

/** Newest comment last, as the conversation shows them. */
export function zafTicket(account: Account, ticket: Ticket): TicketFacts {
  const comments = account.tickets.comments(ticket.id);
  const organization = ticket.organization_id === null ? undefined : account.organizations.find(ticket.organization_id);
  const brand = account.brands.find(ticket.brand_id);
  return {
    id: ticket.id,
    isNew: false,
    description: ticket.description,
    externalId: ticket.external_id,
    createdAt: ticket.created_at,
    updatedAt: ticket.updated_at,
    requester: zafUserById(account, ticket.requester_id),
    organization: organization ? zafOrganization(account, organization) : null,
    brand: brand
      ? { id: brand.id, name: brand.name, subdomain: brand.subdomain, isActive: brand.active, isDefault: brand.default }
      : null,
    form: { id: ticket.ticket_form_id },
    via: { channel: ticket.via.channel },
    collaborators: ticket.collaborator_ids.flatMap((id) => zafUserById(account, id) ?? []),
    comments: comments.map((comment) => zafComment(account, comment)),
    conversation: comments.map((comment) => zafMessage(account, comment)),
    customStatusId: ticket.custom_status_id,
    saved: {
      subject: ticket.subject,
      status: ticket.status,
      priority: ticket.priority,
      type: ticket.type,
      groupId: ticket.group_id,
      assigneeId: ticket.assignee_id,
      tags: ticket.tags,
      customFields: Object.fromEntries(ticket.custom_fields.map(({ id, value }) => [String(id), value])),
    },
  };
}
