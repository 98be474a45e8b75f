// Stores which tickets agents skipped in guided mode, and why.
import type { Skip } from './access.ts';
import type { Skips } from './access-api.ts';
import type { Core } from './core.ts';
import { createRecordStore } from './record-store.ts';
import { invalid, ok, refuse } from './result.ts';

export function createSkips(core: Core, ticketExists: (id: number) => boolean): Skips {
  const records = createRecordStore<Skip>(
    core,
    'ticket_skip',
    (skip) => `Ticket #${skip.ticket_id}`,
    () => false,
  );
  return {
    record: ({ ticket_id, reason }, by) => {
      if (!ticketExists(ticket_id)) return refuse({ kind: 'not_found' });
      if (!reason.trim()) return invalid('reason', 'Reason: cannot be blank', 'BlankValue');
      const at = core.stamp(by);
      return ok(
        records.add({ id: core.nextId(), ticket_id, user_id: by.id, reason, created_at: at, updated_at: at }, by),
      );
    },
    list: (filter = {}) =>
      records
        .list()
        .filter((skip) => filter.ticket_id === undefined || skip.ticket_id === filter.ticket_id)
        .filter((skip) => filter.user_id === undefined || skip.user_id === filter.user_id),
  };
}
