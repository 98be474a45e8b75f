// Builds the facts for escalation criteria, and lists those that are unknown.

import type { TicketFacts } from '@deskwright/shared';
import { loadFacts, type Names } from '../../tickets/index.ts';
import type { CardContext } from './card-context.ts';

export interface CardFacts {
  readonly facts: TicketFacts;
  /** Fields that Zendesk has and that we have not read: unknown is not the same as empty. */
  readonly unknown: ReadonlySet<string>;
}

/** The facts for the criteria, from stored data: nothing is read from Zendesk for a card. */
export function cardFacts(context: CardContext, comment: string | null): CardFacts {
  const { ticket, requester, directory, now } = context;
  const names: Names = {
    group: directory?.nameOf('group', ticket.groupId) ?? null,
    assignee: directory?.emailOfAgent(ticket.assigneeId) ?? null,
    requester: requester?.name ?? null,
    requesterEmail: requester?.email ?? null,
    organization: directory?.nameOf('organization', ticket.organizationId) ?? null,
    brand: directory?.nameOf('brand', ticket.brandId) ?? null,
    form: directory?.nameOf('form', ticket.formId) ?? null,
    language: requester?.locale ?? null,
  };
  const strange = ticket.requesterId !== null && requester === null;
  const unknown = {
    group: ticket.groupId !== null && names.group === null,
    assignee: ticket.assigneeId !== null && names.assignee === null,
    requester: strange,
    requester_email: strange,
    language: strange,
    organization: ticket.organizationId !== null && names.organization === null,
    brand: ticket.brandId !== null && names.brand === null,
    form: ticket.formId !== null && names.form === null,
    custom_field: ticket.customFields === null,
  };
  return {
    facts: loadFacts(ticket, comment, names, now),
    unknown: new Set(Object.entries(unknown).flatMap(([field, isUnknown]) => (isUnknown ? [field] : []))),
  };
}
