// Builds what apps see of a ticket that is not saved yet.
import type { TicketFacts } from '../../../browser/page-data.d.ts';
import type { Account } from '../../account/account.ts';

export function newTicketFacts(account: Account): TicketFacts {
  const brand = account.brands.list().find((one) => one.default);
  return {
    id: null,
    isNew: true,
    description: '',
    externalId: null,
    createdAt: null,
    updatedAt: null,
    requester: null,
    organization: null,
    brand: brand
      ? { id: brand.id, name: brand.name, subdomain: brand.subdomain, isActive: brand.active, isDefault: brand.default }
      : null,
    form: { id: account.ticketForms.list()[0]?.id ?? null },
    via: { channel: 'web' },
    collaborators: [],
    comments: [],
    conversation: [],
    customStatusId: account.customStatuses.defaultFor('new').id,
    saved: {
      subject: '',
      status: 'new',
      priority: null,
      type: null,
      groupId: null,
      assigneeId: null,
      tags: [],
      customFields: {},
    },
  };
}
