// Stores ticket forms.
import { SYSTEM_ACTOR_ID } from './actor.ts';
import type { Core } from './core.ts';
import { createRecordStore } from './record-store.ts';
import type { TicketForm } from './ticket-schema.ts';
import type { TicketFields, TicketForms } from './ticket-schema-api.ts';

/** The one default form; it always shows every active field. */
export function createTicketForms(core: Core, fields: TicketFields): TicketForms {
  const records = createRecordStore<TicketForm>(core, 'ticket_form', (form) => form.name);
  const by = { id: SYSTEM_ACTOR_ID };
  const at = core.stamp(by);
  records.add(
    {
      id: core.nextId(),
      name: 'Default Ticket Form',
      display_name: 'Default Ticket Form',
      active: true,
      default: true,
      end_user_visible: true,
      position: 1,
      ticket_field_ids: [],
      created_at: at,
      updated_at: at,
    },
    by,
  );
  const withFields = (form: TicketForm): TicketForm => ({
    ...form,
    ticket_field_ids: fields
      .list()
      .filter((field) => field.active)
      .map((field) => field.id),
  });
  return {
    find: (id) => {
      const form = records.find(id);
      return form && withFields(form);
    },
    list: () => records.list().map(withFields),
  };
}
