// Routes for custom fields of users and organizations.
import type { AccountField, AccountFieldInput } from '../../account/organisation.ts';
import type { AccountFields } from '../../account/people-api.ts';
import { organizationFieldBody, userFieldBody } from '../bodies/people.ts';
import type { Call, Route } from '../call.ts';
import { showAccountField } from '../shapes/organisation.ts';
import { crudRoutes } from './crud.ts';

function routesOf(
  one: 'user_field' | 'organization_field',
  body: typeof userFieldBody | typeof organizationFieldBody,
  fieldsOf: (call: Call) => AccountFields,
): readonly Route[] {
  const path = `/${one}s`;
  return crudRoutes<AccountField, AccountFieldInput>({
    path,
    one,
    many: `${one}s`,
    scope: one === 'user_field' ? 'users' : 'organizations',
    writers: 'admin',
    list: (call) => fieldsOf(call).list(),
    find: (call, id) => fieldsOf(call).find(id),
    idOf: (field) => field.id,
    show: ({ url }, field) => showAccountField(url, path, field),
    body,
    create: (call, input, by) => fieldsOf(call).create(input, by),
    update: (call, id, input, by) => fieldsOf(call).update(id, input, by),
    remove: (call, id, by) => fieldsOf(call).delete(id, by),
  });
}

export const accountFieldRoutes: readonly Route[] = [
  ...routesOf('user_field', userFieldBody, ({ account }) => account.userFields),
  ...routesOf('organization_field', organizationFieldBody, ({ account }) => account.organizationFields),
];
