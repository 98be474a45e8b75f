// Stores ticket fields.
import { type Actor, SYSTEM_ACTOR_ID } from './actor.ts';
import type { Core } from './core.ts';
import { createRecordStore } from './record-store.ts';
import { invalid, ok, type Result } from './result.ts';
import type { TicketField, TicketFieldInput, TicketFieldOption, TicketFieldType } from './ticket-schema.ts';
import type { TicketFields } from './ticket-schema-api.ts';
import { defined } from './values.ts';

const SYSTEM_FIELDS: readonly [TicketFieldType, string, boolean][] = [
  ['subject', 'Subject', false],
  ['description', 'Description', false],
  ['status', 'Status', false],
  ['tickettype', 'Type', false],
  ['priority', 'Priority', false],
  ['group', 'Group', false],
  ['assignee', 'Assignee', true],
];

export function createTicketFields(core: Core): TicketFields {
  const records = createRecordStore<TicketField>(core, 'ticket_field', (field) => field.title);

  // Asked for every ticket that is shown, so the sorted list is kept until a field changes.
  let inOrder: readonly TicketField[] | undefined;
  const list = (): readonly TicketField[] => {
    inOrder ??= records.list().toSorted((a, b) => a.position - b.position || a.id - b.id);
    return inOrder;
  };
  const changed = <T>(result: T): T => {
    inOrder = undefined;
    return result;
  };

  const toOptions = (
    given: readonly { name: string; value: string }[],
    old: readonly TicketFieldOption[],
  ): readonly TicketFieldOption[] =>
    given.map(({ name, value }, position) => ({
      id: old.find((option) => option.value === value)?.id ?? core.nextId(),
      name,
      value: value.toLowerCase(),
      position,
    }));

  const add = (input: TicketFieldInput, by: Actor, removable: boolean): Result<TicketField> => {
    if (!input.title?.trim()) return invalid('title', 'Title: cannot be blank', 'BlankValue');
    if (input.type === undefined) return invalid('type', 'Type: cannot be blank', 'BlankValue');
    const at = core.stamp(by);
    const field: TicketField = {
      id: core.nextId(),
      type: input.type,
      title: input.title,
      description: input.description ?? '',
      active: input.active ?? true,
      required: input.required ?? false,
      position: input.position ?? records.list().length,
      tag: input.type === 'checkbox' ? (input.tag ?? null) : null,
      regexp_for_validation: input.regexp_for_validation ?? null,
      removable,
      visible_in_portal: input.visible_in_portal ?? false,
      editable_in_portal: input.editable_in_portal ?? false,
      required_in_portal: input.required_in_portal ?? false,
      custom_field_options: toOptions(input.custom_field_options ?? [], []),
      created_at: at,
      updated_at: at,
    };
    return changed(ok(records.add(field, by)));
  };

  for (const [type, title, required] of SYSTEM_FIELDS) {
    add({ type, title, required, visible_in_portal: type === 'subject' }, { id: SYSTEM_ACTOR_ID }, false);
  }

  return {
    create: (input, by) => add(input, by, true),
    update: (id, { custom_field_options, type: _unchangeable, ...input }, by) => {
      const old = records.find(id)?.custom_field_options ?? [];
      const options = custom_field_options && { custom_field_options: toOptions(custom_field_options, old) };
      return changed(records.change(id, { ...defined(input), ...options }, by));
    },
    delete: (id, by) =>
      records.find(id)?.removable === false
        ? invalid('base', 'System fields cannot be deleted', 'InvalidValue')
        : changed(records.remove(id, by)),
    find: records.find,
    list,
  };
}
