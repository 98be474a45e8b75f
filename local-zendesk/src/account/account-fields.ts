// Which fields of their own do users, or organizations, have?
import type { Core } from './core.ts';
import { defined } from './defined.ts';
import type { AccountField, AccountFieldInput } from './organisation.ts';
import type { AccountFields } from './people-api.ts';
import { invalid, ok } from './result.ts';
import { createShelf } from './shelf.ts';

/** @param kind names them in the admin log */
export function createAccountFields(core: Core, kind: 'user_field' | 'organization_field'): AccountFields {
  const shelf = createShelf<AccountField>(core, kind, (field) => field.title);
  const inOrder = (): readonly AccountField[] =>
    shelf.list().toSorted((a, b) => a.position - b.position || a.id - b.id);
  return {
    create: (input: AccountFieldInput, by) => {
      if (!input.title?.trim()) return invalid('title', 'Title: cannot be blank', 'BlankValue');
      if (!input.key?.trim()) return invalid('key', 'Key: cannot be blank', 'BlankValue');
      if (shelf.list().some(({ key }) => key === input.key)) {
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
        position: input.position ?? shelf.list().length,
        regexp_for_validation: input.regexp_for_validation ?? null,
        created_at: at,
        updated_at: at,
      };
      return ok(shelf.add(field, by));
    },
    // Key and type stay what they were made as.
    update: (id, { key: _key, type: _type, ...input }, by) => shelf.change(id, defined(input), by),
    delete: shelf.remove,
    find: shelf.find,
    list: inOrder,
  };
}
