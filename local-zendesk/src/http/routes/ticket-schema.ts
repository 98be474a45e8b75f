// Routes for ticket fields, forms and custom statuses.
import type {
  CustomStatus,
  CustomStatusInput,
  TicketField,
  TicketFieldInput,
  TicketForm,
} from '../../account/ticket-schema.ts';
import { fieldBody, statusBody } from '../bodies/schema.ts';
import type { Call, Reply, Route } from '../call.ts';
import { countOf, idParam, idsParam } from '../params.ts';
import { notFound, ok } from '../replies.ts';
import { showField, showForm, showStatus } from '../shapes/ticket-schema.ts';
import { crudRoutes, listReply, type Resource } from './crud.ts';

const scope = 'global';

const fields: Resource<TicketField, TicketFieldInput> = {
  path: '/ticket_fields',
  one: 'ticket_field',
  many: 'ticket_fields',
  scope,
  writers: 'admin',
  list: ({ account }) => account.ticketFields.list(),
  find: ({ account }, id) => account.ticketFields.find(id),
  idOf: (field) => field.id,
  show: ({ url }, field) => showField(url, field),
  body: fieldBody,
  create: ({ account }, input, by) => account.ticketFields.create(input, by),
  update: ({ account }, id, input, by) => account.ticketFields.update(id, input, by),
  remove: ({ account }, id, by) => account.ticketFields.delete(id, by),
};

const forms: Resource<TicketForm, never> = {
  path: '/ticket_forms',
  one: 'ticket_form',
  many: 'ticket_forms',
  scope,
  list: ({ account }) => account.ticketForms.list(),
  find: ({ account }, id) => account.ticketForms.find(id),
  idOf: (form) => form.id,
  show: ({ url }, form) => showForm(url, form),
};

const statuses: Resource<CustomStatus, CustomStatusInput> = {
  path: '/custom_statuses',
  one: 'custom_status',
  many: 'custom_statuses',
  scope,
  writers: 'admin',
  list: ({ account }) => account.customStatuses.list(),
  find: ({ account }, id) => account.customStatuses.find(id),
  idOf: (status) => status.id,
  show: ({ url }, status) => showStatus(url, status),
  body: statusBody,
  create: ({ account }, input, by) => account.customStatuses.create(input, by),
  update: ({ account }, id, input, by) => account.customStatuses.update(id, input, by),
  remove: ({ account }, id, by) => account.customStatuses.delete(id, by),
};

/** The one list without pages. */
function listStatuses({ account, query, url }: Call): Reply {
  const categories = new Set((query.get('status_categories') ?? '').split(',').filter(Boolean));
  const flag = (name: 'active' | 'default', status: CustomStatus): boolean =>
    !query.has(name) || String(status[name]) === query.get(name);
  const kept = account.customStatuses
    .list()
    .filter((status) => categories.size === 0 || categories.has(status.status_category))
    .filter((status) => flag('active', status) && flag('default', status));
  return ok({ custom_statuses: kept.map((status) => showStatus(url, status)) });
}

function listOptions(call: Call): Reply {
  const field = call.account.ticketFields.find(idParam(call));
  if (field === undefined) return notFound();
  const { custom_field_options } = showField(call.url, field);
  const options = Array.isArray(custom_field_options) ? custom_field_options : [];
  return ok({ custom_field_options: options, count: options.length, next_page: null, previous_page: null });
}

const get = { method: 'get', scope } as const;

export const ticketSchemaRoutes: readonly Route[] = [
  {
    ...get,
    path: '/ticket_fields/count',
    handle: (call) => ok(countOf(call, call.account.ticketFields.list().length)),
  },
  {
    ...get,
    path: '/ticket_fields/show_many',
    handle: (call) =>
      listReply(
        call,
        fields,
        fields.list(call).filter((field) => idsParam(call).includes(field.id)),
      ),
  },
  { ...get, path: '/ticket_fields/:id/options', handle: listOptions },
  ...crudRoutes(fields),
  ...crudRoutes(forms),
  { ...get, path: '/custom_statuses', handle: listStatuses },
  ...crudRoutes(statuses),
];
