// Lists which fields of a ticket Zendesk gives by id only, and under which key.

export const NAMED_BY_ID = {
  group: 'group_id',
  assignee: 'assignee_id',
  organization: 'organization_id',
  brand: 'brand_id',
  form: 'ticket_form_id',
} as const;

export type NamedField = keyof typeof NAMED_BY_ID;

/** By field and id. Agents have their e-mail address as name, as in conditions. */
export type NamesById = Readonly<Partial<Record<NamedField, Readonly<Record<string, string>>>>>;
