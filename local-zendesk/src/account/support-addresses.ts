// Stores the account's support addresses.
import type { Actor } from './actor.ts';
import type { Core } from './core.ts';
import { createRecordStore } from './record-store.ts';
import { invalid, ok, type Result } from './result.ts';
import { defined } from './values.ts';

export interface SupportAddress {
  id: number;
  email: string;
  name: string;
  brand_id: number;
  /** Null until one is chosen: the account's first address is the default. */
  default: boolean | null;
  created_at: string;
  updated_at: string;
}

export interface SupportAddressInput {
  email?: string | undefined;
  name?: string | undefined;
  brand_id?: number | undefined;
  default?: boolean | undefined;
}

export interface SupportAddresses {
  create: (input: SupportAddressInput, by: Actor) => Result<SupportAddress>;
  update: (id: number, input: SupportAddressInput, by: Actor) => Result<SupportAddress>;
  delete: (id: number, by: Actor) => Result<SupportAddress>;
  find: (id: number) => SupportAddress | undefined;
  list: () => readonly SupportAddress[];
}

export function createSupportAddresses(core: Core, defaultBrand: () => number): SupportAddresses {
  const records = createRecordStore<SupportAddress>(core, 'recipient_address', (one) => one.email);
  return {
    create: (input, by) => {
      const email = input.email?.trim().toLowerCase() ?? '';
      if (!email.includes('@')) return invalid('email', `Email: ${email} is not properly formatted`, 'InvalidValue');
      if (records.list().some((one) => one.email === email)) {
        return invalid('email', `Email: ${email} has already been taken`, 'DuplicateValue');
      }
      const at = core.stamp(by);
      const address: SupportAddress = {
        id: core.nextId(),
        email,
        name: input.name ?? email,
        brand_id: input.brand_id ?? defaultBrand(),
        default: input.default ?? null,
        created_at: at,
        updated_at: at,
      };
      return ok(records.add(address, by));
    },
    // The address itself stays.
    update: (id, { email: _email, ...input }, by) => records.change(id, defined(input), by),
    delete: (id, by) =>
      records.find(id)?.default
        ? invalid('base', 'The default address cannot be deleted', 'InvalidValue')
        : records.remove(id, by),
    find: records.find,
    list: records.list,
  };
}
