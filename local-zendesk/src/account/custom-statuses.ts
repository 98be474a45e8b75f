// Stores custom ticket statuses.
import { type Actor, SYSTEM_ACTOR_ID } from './actor.ts';
import type { Core } from './core.ts';
import { createRecordStore } from './record-store.ts';
import { invalid, ok, type Result } from './result.ts';
import type { CustomStatus, CustomStatusInput, StatusCategory } from './ticket-schema.ts';
import type { CustomStatuses } from './ticket-schema-api.ts';
import { defined } from './values.ts';

const STANDARD: readonly [StatusCategory, string, string][] = [
  ['new', 'New', 'Open'],
  ['open', 'Open', 'Open'],
  ['pending', 'Pending', 'Awaiting your reply'],
  ['hold', 'On-hold', 'Open'],
  ['solved', 'Solved', 'Solved'],
];

export function createCustomStatuses(core: Core): CustomStatuses {
  const records = createRecordStore<CustomStatus>(core, 'custom_status', (status) => status.agent_label);

  const add = (input: CustomStatusInput, by: Actor, isDefault: boolean): Result<CustomStatus> => {
    if (!input.agent_label?.trim()) return invalid('agent_label', 'Agent label: cannot be blank', 'BlankValue');
    if (input.status_category === undefined) {
      return invalid('status_category', 'Status category: cannot be blank', 'BlankValue');
    }
    const at = core.stamp(by);
    const status: CustomStatus = {
      id: core.nextId(),
      status_category: input.status_category,
      agent_label: input.agent_label,
      end_user_label: input.end_user_label ?? input.agent_label,
      description: input.description ?? null,
      end_user_description: input.end_user_description ?? null,
      active: input.active ?? true,
      default: isDefault,
      created_at: at,
      updated_at: at,
    };
    return ok(records.add(status, by));
  };

  for (const [status_category, agent_label, end_user_label] of STANDARD) {
    add({ status_category, agent_label, end_user_label }, { id: SYSTEM_ACTOR_ID }, true);
  }

  return {
    create: (input, by) => add(input, by, false),
    update: (id, { status_category: _unchangeable, ...input }, by) => records.change(id, defined(input), by),
    delete: (id, by) =>
      records.find(id)?.default
        ? invalid('base', 'A default status cannot be deleted', 'InvalidValue')
        : records.remove(id, by),
    find: records.find,
    defaultFor: (category) => {
      const status = records.list().find((one) => one.default && one.status_category === category);
      if (status === undefined) throw new Error(`The account has no default status for "${category}".`);
      return status;
    },
    list: records.list,
  };
}
