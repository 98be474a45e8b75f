// Stores triggers and their order.
import type { Core } from '../core.ts';
import { createRecordStore } from '../record-store.ts';
import { invalid, ok, type Result, refuse } from '../result.ts';
import type { Condition, Trigger, TriggerInput } from '../rules.ts';
import type { Triggers } from '../rules-api.ts';
import { defined } from '../values.ts';

/** Every account has a category from the start, and a trigger without another one is in it. */
const FIRST_CATEGORY = '10001';

const hasNone = (conditions: TriggerInput['conditions']): boolean =>
  !conditions?.all?.length && !conditions?.any?.length;

const asConditions = (given: TriggerInput['conditions']): { all: readonly Condition[]; any: readonly Condition[] } => ({
  all: given?.all ?? [],
  any: given?.any ?? [],
});

export function createTriggerStore(core: Core): Triggers {
  const records = createRecordStore<Trigger>(core, 'rule', (trigger) => `Trigger: ${trigger.title}`);
  let inOrder: readonly Trigger[] | undefined;
  const list = (): readonly Trigger[] => {
    inOrder ??= records.list().toSorted((a, b) => a.position - b.position || a.id - b.id);
    return inOrder;
  };
  const changed = <T>(result: T): T => {
    inOrder = undefined;
    return result;
  };

  const check = (input: TriggerInput): Result<null> => {
    if (input.title?.trim() === '') return invalid('title', 'Title: cannot be blank', 'BlankValue');
    if (input.actions?.length === 0) return invalid('base', 'Triggers must have at least one action', 'InvalidValue');
    return ok(null);
  };

  return {
    create: (input, by) => {
      const checked = check({ title: '', actions: [], ...defined(input) });
      if (!checked.ok) return checked;
      if (hasNone(input.conditions))
        return invalid('base', 'Triggers must have at least one condition', 'InvalidValue');
      const at = core.stamp(by);
      const trigger: Trigger = {
        id: core.nextId(),
        title: input.title ?? '',
        description: input.description ?? null,
        active: input.active ?? true,
        default: false,
        // New ones go last.
        position: input.position ?? Math.max(0, ...list().map((one) => one.position)) + 1,
        category_id: input.category_id ?? FIRST_CATEGORY,
        conditions: asConditions(input.conditions),
        actions: input.actions ?? [],
        created_at: at,
        updated_at: at,
      };
      return changed(ok(records.add(trigger, by)));
    },
    update: (id, input, by) => {
      const checked = check(input);
      if (!checked.ok) return checked;
      const { conditions, actions, ...rest } = defined(input);
      // Zendesk: "updating a condition or action clears both arrays", so what is not sent is lost.
      const rules =
        conditions === undefined && actions === undefined
          ? {}
          : { conditions: asConditions(conditions), actions: actions ?? [] };
      return changed(records.change(id, { ...rest, ...rules }, by));
    },
    delete: (id, by) => changed(records.remove(id, by)),
    reorder: (ids, by) => {
      const known = list().map((trigger) => trigger.id);
      if (ids.length !== known.length || !known.every((id) => ids.includes(id))) {
        return refuse({ kind: 'bad_value', message: 'trigger_ids must name every trigger of the account once' });
      }
      ids.forEach((id, index) => records.change(id, { position: index + 1 }, by));
      return changed(ok(list()));
    },
    find: records.find,
    list,
  };
}
