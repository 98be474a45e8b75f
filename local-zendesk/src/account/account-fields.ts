// Stores the custom fields of users and organizations.
import type { Core } from './core.ts';
import type { AccountField, AccountFieldInput } from './organisation.ts';
import type { AccountFields } from './people-api.ts';
import { createRecordStore } from './record-store.ts';
import { invalid, ok } from './result.ts';
import { defined } from './values.ts';

/** @param kind names them in the admin log */
export function createAccountFields(core: Core, kind: 'user_field' | 'organization_field'): AccountFields {
  const records = createRecordStore<AccountField>(core, kind, (field) => field.title);
  const inOrder = (): readonly AccountField[] =>
    records.list().toSorted((a, b) => a.position - b.position || a.id - b.id);
  return {
    create: (input: AccountFieldInput, by) => {
      if (!input.title?.trim()) return invalid('title', 'Title: cannot be blank', 'BlankValue');
      if (!input.key?.trim()) return invalid('key', 'Key: cannot be blank', 'BlankValue');
      if (records.list().some(({ key }) => key === input.key)) {
        return invalid('key', `Key: ${input.key} has already been taken`, 'DuplicateValue');
      }
      const at = core.stamp(by);
      const field: AccountField = {
        id: core.nextId(),
        key: input.key,
        type: input.type ?? 'text',
        title: input.title,
        description: input.description ?? '',
        active: input.active ?? true,
        position: input.position ?? records.list().length,
        regexp_for_validation: input.regexp_for_validation ?? null,
        created_at: at,
        updated_at: at,
      };
      return ok(records.add(field, by));
    },
    // Key and type stay what they were made as.
    update: (id, { key: _key, type: _type, ...input }, by) => records.change(id, defined(input), by),
    delete: records.remove,
    find: records.find,
    list: inOrder,
  };
}
