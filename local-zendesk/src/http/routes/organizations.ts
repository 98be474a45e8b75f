// How are organizations and brands read and written?
import type { Brand, BrandInput, Organization, OrganizationInput } from '../../account/organisation.ts';
import { brandBody, organizationBody } from '../bodies/people.ts';
import type { Call, Route } from '../call.ts';
import { countOf, idsParam } from '../params.ts';
import { ok } from '../replies.ts';
import { showBrand, showOrganization } from '../shapes/organisation.ts';
import { crudRoutes, listReply, type Resource } from './crud.ts';

const organizations: Resource<Organization, OrganizationInput> = {
  path: '/organizations',
  one: 'organization',
  many: 'organizations',
  scope: 'organizations',
  list: ({ account }) => account.organizations.list(),
  find: ({ account }, id) => account.organizations.find(id),
  idOf: (organization) => organization.id,
  show: ({ url }, organization) => showOrganization(url, organization),
  body: organizationBody,
  create: ({ account }, input, by) => account.organizations.create(input, by),
  update: ({ account }, id, input, by) => account.organizations.update(id, input, by),
  remove: ({ account }, id, by) => account.organizations.delete(id, by),
};

const formIds = ({ account }: Call): readonly number[] => account.ticketForms.list().map((form) => form.id);

const brands: Resource<Brand, BrandInput> = {
  path: '/brands',
  one: 'brand',
  many: 'brands',
  scope: 'global',
  writers: 'admin',
  list: ({ account }) => account.brands.list(),
  find: ({ account }, id) => account.brands.find(id),
  idOf: (brand) => brand.id,
  show: (call, brand) => showBrand(call.url, brand, formIds(call)),
  body: brandBody,
  create: ({ account }, input, by) => account.brands.create(input, by),
  update: ({ account }, id, input, by) => account.brands.update(id, input, by),
  remove: ({ account }, id, by) => account.brands.delete(id, by),
};

const some =
  (keep: (organization: Organization, call: Call) => boolean): Route['handle'] =>
  (call) =>
    listReply(
      call,
      organizations,
      call.account.organizations.list().filter((one) => keep(one, call)),
    );

const get = { method: 'get', scope: 'organizations' } as const;

export const organizationRoutes: readonly Route[] = [
  {
    ...get,
    path: '/organizations/count',
    handle: (call) => ok(countOf(call, call.account.organizations.list().length)),
  },
  { ...get, path: '/organizations/show_many', handle: some((one, call) => idsParam(call).includes(one.id)) },
  {
    ...get,
    path: '/organizations/search',
    handle: some((one, { query }) =>
      query.has('external_id') ? one.external_id === query.get('external_id') : one.name === query.get('name'),
    ),
  },
  {
    ...get,
    path: '/organizations/autocomplete',
    handle: some((one, { query }) => one.name.toLowerCase().startsWith((query.get('name') ?? '').toLowerCase())),
  },
  ...crudRoutes(organizations),
  ...crudRoutes(brands),
];
