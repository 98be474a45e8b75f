// Stores the account's brands.
import type { Core } from './core.ts';
import type { Brand } from './organisation.ts';
import type { Brands } from './people-api.ts';
import { createRecordStore } from './record-store.ts';
import { invalid, ok } from './result.ts';
import { defined } from './values.ts';

export function createBrands(core: Core): Brands {
  const records = createRecordStore<Brand>(core, 'brand', (brand) => brand.name);
  return {
    create: (input, by) => {
      if (!input.name?.trim()) return invalid('name', 'Name: cannot be blank', 'BlankValue');
      if (!input.subdomain?.trim()) return invalid('subdomain', 'Subdomain: cannot be blank', 'BlankValue');
      const at = core.stamp(by);
      const brand: Brand = {
        id: core.nextId(),
        name: input.name,
        subdomain: input.subdomain,
        active: input.active ?? true,
        default: input.default ?? records.list().length === 0,
        created_at: at,
        updated_at: at,
      };
      return ok(records.add(brand, by));
    },
    update: (id, input, by) => records.change(id, defined(input), by),
    delete: (id, by) =>
      records.find(id)?.default
        ? invalid('base', 'The default brand cannot be deleted', 'InvalidValue')
        : records.remove(id, by),
    find: records.find,
    list: records.list,
  };
}
