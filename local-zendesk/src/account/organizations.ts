// Stores organizations.
import type { Core } from './core.ts';
import type { Organization } from './organisation.ts';
import type { Organizations } from './people-api.ts';
import { createRecordStore } from './record-store.ts';
import { invalid, ok } from './result.ts';
import { defined, normaliseTags } from './values.ts';

export function createOrganizations(core: Core): Organizations {
  const records = createRecordStore<Organization>(core, 'organization', (one) => one.name);
  const isTaken = (name: string | undefined, id: number | null): boolean =>
    name !== undefined && records.list().some((one) => one.name === name && one.id !== id);
  return {
    create: (input, by) => {
      if (!input.name?.trim()) return invalid('name', 'Name: cannot be blank', 'BlankValue');
      if (isTaken(input.name, null)) return invalid('name', 'Name: has already been taken', 'DuplicateValue');
      const at = core.stamp(by);
      const organization: Organization = {
        id: core.nextId(),
        name: input.name,
        domain_names: input.domain_names ?? [],
        details: input.details ?? null,
        notes: input.notes ?? null,
        group_id: input.group_id ?? null,
        shared_tickets: input.shared_tickets ?? false,
        shared_comments: input.shared_comments ?? false,
        tags: normaliseTags(input.tags ?? []),
        external_id: input.external_id ?? null,
        organization_fields: input.organization_fields ?? {},
        created_at: at,
        updated_at: at,
      };
      return ok(records.add(organization, by));
    },
    update: (id, input, by) => {
      if (isTaken(input.name, id)) return invalid('name', 'Name: has already been taken', 'DuplicateValue');
      const { organization_fields, ...rest } = defined(input);
      // Fields that are not named keep their values.
      const fields = organization_fields && { ...records.find(id)?.organization_fields, ...organization_fields };
      return records.change(id, { ...rest, ...(fields && { organization_fields: fields }) }, by);
    },
    delete: records.remove,
    find: records.find,
    list: records.list,
  };
}
