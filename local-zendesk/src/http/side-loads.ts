// Adds side-loaded records to tickets (`include=`).
import type { Ticket } from '../account/types.ts';
import type { Call } from './call.ts';
import { showGroup, showOrganization } from './shapes/organisation.ts';
import { showMetrics } from './shapes/ticket.ts';
import { showUser } from './shapes/user.ts';

const wanted = (call: Call): Set<string> => new Set((call.query.get('include') ?? '').split(',').filter(Boolean));

function pick<T>(ids: Iterable<number | null>, find: (id: number) => T | undefined): T[] {
  return [...new Set(ids)].flatMap((id) => (id === null ? [] : (find(id) ?? [])));
}

/** `users`, `groups`, `organizations`, `metric_sets`; others are ignored. */
export function sideLoads(call: Call, tickets: readonly Ticket[]): Record<string, unknown> {
  const { account, url } = call;
  const names = wanted(call);
  const people = tickets.flatMap((ticket) => [ticket.requester_id, ticket.submitter_id, ticket.assignee_id]);
  const groupIds = tickets.map((ticket) => ticket.group_id);
  const organizationIds = tickets.map((ticket) => ticket.organization_id);
  return {
    ...(names.has('users') && { users: pick(people, account.users.find).map((user) => showUser(url, user)) }),
    ...(names.has('groups') && { groups: pick(groupIds, account.groups.find).map((group) => showGroup(url, group)) }),
    ...(names.has('organizations') && {
      organizations: pick(organizationIds, account.organizations.find).map((one) => showOrganization(url, one)),
    }),
    ...(names.has('metric_sets') && {
      metric_sets: tickets.flatMap((ticket) => {
        const metrics = account.tickets.metrics(ticket.id);
        return metrics === undefined ? [] : [showMetrics(url, metrics)];
      }),
    }),
  };
}
