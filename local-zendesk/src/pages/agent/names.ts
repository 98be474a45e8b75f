// Names users, groups and fields on the agents' pages.
import type { Account } from '../../account/account.ts';
import type { CustomFieldValue, Ticket } from '../../account/types.ts';

export interface Names {
  user(id: number | null): string;
  group(id: number | null): string;
  organization(id: number | null): string;
  /** Title and value of the custom fields that have a value. */
  customFields(ticket: Ticket): readonly { title: string; value: string }[];
}

const NOTHING = '–';

export function namesOf(account: Account): Names {
  return {
    user: (id) => (id === null ? NOTHING : id < 0 ? 'Zendesk' : (account.users.find(id)?.name ?? `User ${id}`)),
    group: (id) => (id === null ? NOTHING : (account.groups.find(id)?.name ?? `Group ${id}`)),
    organization: (id) => (id === null ? NOTHING : (account.organizations.find(id)?.name ?? `Organization ${id}`)),
    customFields: (ticket) =>
      ticket.custom_fields.flatMap(({ id, value }) => {
        const field = account.ticketFields.find(id);
        if (field === undefined || value === null || value === '' || value === false) return [];
        const option = field.custom_field_options.find((one) => one.value === value);
        return [{ title: field.title, value: option?.name ?? printed(value) }];
      }),
  };
}

function printed(value: CustomFieldValue['value']): string {
  if (value === true) return 'yes';
  return Array.isArray(value) ? value.join(', ') : String(value);
}
