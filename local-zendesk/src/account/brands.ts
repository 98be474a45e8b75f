// Under which brands does the account speak?
import type { Core } from './core.ts';
import { defined } from './defined.ts';
import type { Brand } from './organisation.ts';
import type { Brands } from './people-api.ts';
import { invalid, ok } from './result.ts';
import { createShelf } from './shelf.ts';

export function createBrands(core: Core): Brands {
  const shelf = createShelf<Brand>(core, 'brand', (brand) => brand.name);
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
        default: input.default ?? shelf.list().length === 0,
        created_at: at,
        updated_at: at,
      };
      return ok(shelf.add(brand, by));
    },
    update: (id, input, by) => shelf.change(id, defined(input), by),
    delete: (id, by) =>
      shelf.find(id)?.default
        ? invalid('base', 'The default brand cannot be deleted', 'InvalidValue')
        : shelf.remove(id, by),
    find: shelf.find,
    list: shelf.list,
  };
}
