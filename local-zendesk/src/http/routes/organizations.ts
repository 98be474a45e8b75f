// Routes for organizations and brands.
import type { Brand, BrandInput, Organization, OrganizationInput } from '../../account/organisation.ts';
import { withBody } from '../bodies/parse-body.ts';
import { brandBody, organizationBody, organizationsBody } from '../bodies/people.ts';
import type { Call, Reply, Route } from '../call.ts';
import { countOf, idsParam } from '../params.ts';
import { created, ok, replyTo } from '../replies.ts';
import { showBrand, showOrganization } from '../shapes/organisation.ts';
import { bulkRoutes } from './bulk.ts';
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

const byExternalId = ({ account }: Call, externalId: string): Organization | undefined =>
  account.organizations.list().find((one) => one.external_id === externalId);

const bulk = bulkRoutes<OrganizationInput & { id?: number | undefined }>({
  path: '/organizations',
  one: 'organization',
  many: 'organizations',
  noun: 'Organization',
  scope: 'organizations',
  body: organizationBody,
  listBody: organizationsBody,
  create: ({ account, by }, input) => account.organizations.create(input, by),
  update: ({ account, by }, id, input) => account.organizations.update(id, input, by),
  remove: ({ account, by }, id) => account.organizations.delete(id, by),
  idOfExternal: (call, externalId) => byExternalId(call, externalId)?.id,
});

/** By id, else by external id, else it is made. */
const createOrUpdate = (call: Call): Reply | Promise<Reply> =>
  withBody(call, organizationBody, ({ organization: { id, ...input } }) => {
    const { organizations: all } = call.account;
    const known = id === undefined ? byExternalId(call, input.external_id ?? '') : all.find(id);
    const written = known === undefined ? all.create(input, call.by) : all.update(known.id, input, call.by);
    return replyTo(written, (one) =>
      (known === undefined ? created : ok)({ organization: showOrganization(call.url, one) }),
    );
  });

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
  ...bulk,
  { method: 'post', path: '/organizations/create_or_update', scope: 'organizations', handle: createOrUpdate },
  ...crudRoutes(organizations),
  ...crudRoutes(brands),
];
