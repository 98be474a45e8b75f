// Links to users and organizations.
import type { Account } from '../../account/account.ts';
import { type Html, html } from '../html.ts';
import { namesOf } from './names.ts';

export function customerLink(account: Account, id: number): Html | string {
  const name = namesOf(account).user(id);
  return account.users.find(id) === undefined ? name : html`<a href="/agent/users/${id}">${name}</a>`;
}

export function organizationLink(account: Account, id: number | null): Html | string {
  const name = namesOf(account).organization(id);
  const isThere = id !== null && account.organizations.find(id) !== undefined;
  return isThere ? html`<a href="/agent/organizations/${id}">${name}</a>` : name;
}
