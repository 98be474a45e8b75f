// Routes for support addresses.
import type { SupportAddress, SupportAddressInput } from '../../account/support-addresses.ts';
import { supportAddressBody } from '../bodies/people.ts';
import type { UrlOf } from '../call.ts';
import { crudRoutes } from './crud.ts';

/** As in an account whose addresses are verified; domains are not checked here. */
const show = (url: UrlOf, address: SupportAddress): Record<string, unknown> => ({
  url: url(`/recipient_addresses/${address.id}.json`),
  ...address,
  forwarding_status: 'verified',
  spf_status: 'verified',
  cname_status: 'verified',
  domain_verification_status: 'verified',
  domain_verification_code: `code${address.id}`,
});

export const supportAddressRoutes = crudRoutes<SupportAddress, SupportAddressInput>({
  path: '/recipient_addresses',
  one: 'recipient_address',
  many: 'recipient_addresses',
  scope: 'global',
  writers: 'admin',
  list: ({ account }) => account.supportAddresses.list(),
  find: ({ account }, id) => account.supportAddresses.find(id),
  idOf: (address) => address.id,
  show: ({ url }, address) => show(url, address),
  body: supportAddressBody,
  create: ({ account }, input, by) => account.supportAddresses.create(input, by),
  update: ({ account }, id, input, by) => account.supportAddresses.update(id, input, by),
  remove: ({ account }, id, by) => account.supportAddresses.delete(id, by),
});
