// Stores macros.
import type { Core } from '../core.ts';
import { createRecordStore } from '../record-store.ts';
import { invalid, ok } from '../result.ts';
import type { Macro } from '../rules.ts';
import type { Macros } from '../rules-api.ts';
import { defined } from '../values.ts';

export function createMacroStore(core: Core): Macros {
  const records = createRecordStore<Macro>(core, 'rule', (macro) => `Macro: ${macro.title}`);
  return {
    create: (input, by) => {
      if (!input.title?.trim()) return invalid('title', 'Title: cannot be blank', 'BlankValue');
      if (!input.actions?.length) return invalid('base', 'Macros must have at least one action', 'InvalidValue');
      const at = core.stamp(by);
      const macro: Macro = {
        id: core.nextId(),
        title: input.title,
        description: input.description ?? null,
        active: input.active ?? true,
        position: input.position ?? records.list().length + 1,
        actions: input.actions,
        restriction: input.restriction ?? null,
        created_at: at,
        updated_at: at,
      };
      return ok(records.add(macro, by));
    },
    update: (id, input, by) => records.change(id, defined(input), by),
    delete: records.remove,
    find: records.find,
    list: () => records.list().toSorted((a, b) => a.position - b.position || a.id - b.id),
  };
}
