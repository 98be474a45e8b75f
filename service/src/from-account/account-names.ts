// Looks up the names for the ids in an account's rules.
import type { AccountSetup } from '../zendesk/create-zendesk.ts';
import { isRecord, type RawRecord, textOf } from './account-setup.ts';

/** What an id stands for. `gone`: the account has no such thing any more. `unknown`: the list could not be read. */
export type Named = { readonly name: string } | 'gone' | 'unknown';

export interface AccountNames {
  readonly group: (id: string) => Named;
  readonly brand: (id: string) => Named;
  readonly form: (id: string) => Named;
  readonly organization: (id: string) => Named;
  /** By e-mail address. */
  readonly user: (id: string) => Named;
  readonly field: (id: string) => RawRecord | 'gone' | 'unknown';
  /** Of groups that exist: their ids and names, in the order of the account. */
  readonly groups: ReadonlyArray<{ readonly id: string; readonly name: string; readonly isDefault: boolean }>;
  /** Agents who can work, by id. */
  readonly isWorking: (id: string) => boolean;
}

export function namesOf(setup: AccountSetup): AccountNames {
  const unread = new Set(setup.unread.map(({ list }) => list));
  const lookUp = (list: string, records: readonly unknown[], nameOf: (record: RawRecord) => string) => {
    const names = new Map(
      records
        .filter(isRecord)
        .filter((record) => !isGone(record))
        .map((record) => [textOf(record['id']), nameOf(record)]),
    );
    return (id: string): Named => {
      const name = names.get(id);
      if (name !== undefined && name !== '') return { name };
      return name === '' || unread.has(list) ? 'unknown' : 'gone';
    };
  };
  const byName = (record: RawRecord): string => textOf(record['name']).trim();
  const fields = new Map(setup.ticketFields.filter(isRecord).map((field) => [textOf(field['id']), field]));
  const working = new Set(
    setup.users
      .filter(isRecord)
      .filter(
        (user) =>
          user['suspended'] !== true && user['active'] !== false && ['agent', 'admin'].includes(textOf(user['role'])),
      )
      .map((user) => textOf(user['id'])),
  );
  return {
    group: lookUp('groups', setup.groups, byName),
    brand: lookUp('brands', setup.brands, byName),
    form: lookUp('forms', setup.forms, byName),
    organization: lookUp('organizations', setup.organizations, byName),
    user: lookUp('users', setup.users, (record) => textOf(record['email']).trim()),
    field: (id) => fields.get(id) ?? (unread.has('ticket fields') ? 'unknown' : 'gone'),
    groups: setup.groups
      .filter(isRecord)
      .filter((group) => !isGone(group) && byName(group) !== '' && textOf(group['id']) !== '')
      .map((group) => ({ id: textOf(group['id']), name: byName(group), isDefault: group['default'] === true })),
    isWorking: (id) => working.has(id),
  };
}

const isGone = (record: RawRecord): boolean => record['deleted'] === true || record['is_deleted'] === true;
