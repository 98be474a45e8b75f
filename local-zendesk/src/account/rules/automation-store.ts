// Stores automations.
import type { Core } from '../core.ts';
import { createRecordStore } from '../record-store.ts';
import { invalid, ok, type Result } from '../result.ts';
import type { Automation, AutomationInput } from '../rules.ts';
import type { Automations } from '../rules-api.ts';
import { defined } from '../values.ts';

/** Counters of hours: one of them must be asked, since an automation is about time. */
const TIMES =
  /^(NEW|OPEN|PENDING|HOLD|SOLVED|CLOSED|created_at|assigned_at|updated_at|requester_updated_at|assignee_updated_at|due_date|until_due_date)$/;
const ANCHORS = new Set(['status', 'type', 'group_id', 'assignee_id', 'requester_id']);

function check({ title, conditions, actions }: AutomationInput): Result<null> {
  if (title?.trim() === '') return invalid('title', 'Title: cannot be blank', 'BlankValue');
  if (actions?.length === 0) return invalid('base', 'Automations must have at least one action', 'InvalidValue');
  if (conditions === undefined) return ok(null);
  const fields = conditions.all?.map(({ field }) => field) ?? [];
  if (!fields.some((field) => TIMES.test(field)))
    return invalid('base', 'Automations must have at least one condition on time in "all"', 'InvalidValue');
  if (!fields.some((field) => ANCHORS.has(field))) {
    return invalid('base', `Automations must have a condition on ${[...ANCHORS].join(', ')} in "all"`, 'InvalidValue');
  }
  return ok(null);
}

export function createAutomationStore(core: Core): Automations {
  const records = createRecordStore<Automation>(core, 'rule', (automation) => `Automation: ${automation.title}`);
  const inOrder = (): readonly Automation[] =>
    records.list().toSorted((a, b) => a.position - b.position || a.id - b.id);
  return {
    create: (input, by) => {
      const checked = check({ title: '', actions: [], conditions: {}, ...defined(input) });
      if (!checked.ok) return checked;
      const at = core.stamp(by);
      const automation: Automation = {
        id: core.nextId(),
        title: input.title ?? '',
        active: input.active ?? true,
        default: false,
        position: input.position ?? Math.max(0, ...records.list().map((one) => one.position)) + 1,
        conditions: { all: input.conditions?.all ?? [], any: input.conditions?.any ?? [] },
        actions: input.actions ?? [],
        created_at: at,
        updated_at: at,
      };
      return ok(records.add(automation, by));
    },
    update: (id, input, by) => {
      const checked = check(input);
      if (!checked.ok) return checked;
      const { conditions, ...rest } = defined(input);
      const whole = conditions && { all: conditions.all ?? [], any: conditions.any ?? [] };
      return records.change(id, { ...rest, ...(whole && { conditions: whole }) }, by);
    },
    delete: records.remove,
    find: records.find,
    list: inOrder,
  };
}
