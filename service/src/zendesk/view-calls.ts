// Reads views, their order and who changed them, and writes their order.
import { z } from 'zod';
import type { createNodeZendeskClient } from './node-zendesk-client.ts';
import { orNull, type ReadList, readShape } from './read-shape.ts';
import { auditLogShape, viewShape } from './shapes.ts';
import type { Transport } from './transport.ts';
import type { Zendesk } from './zendesk.ts';

type ViewCalls = Pick<Zendesk, 'listViews' | 'updateView' | 'whoChangedView'>;

export function createViewCalls(
  resources: ReturnType<typeof createNodeZendeskClient>,
  transport: Transport,
  readList: ReadList,
): ViewCalls {
  return {
    async listViews() {
      return readList(viewShape, await resources.views.list(), { kind: 'view', what: 'list views' });
    },

    async updateView(id, output) {
      const { result } = await resources.views.update(id, { view: { output } });
      return readShape(viewShape, result, 'update view');
    },

    async whoChangedView(id) {
      // `rule` is the audit log's name for views too. Only some plans have the log, and only admins can read it.
      const query = new URLSearchParams({ 'filter[source_type]': 'rule', 'filter[source_id]': String(id) });
      const answer = await orNull(transport('GET', `/api/v2/audit_logs.json?${query.toString()}`), [
        'not_found',
        'forbidden',
        'rejected',
      ]);
      if (!answer) return null;
      const { audit_logs: list } = readShape(z.object({ audit_logs: z.unknown() }), answer.body, 'list audit logs');
      const logs = readList(auditLogShape, list, { kind: 'audit_log', what: 'list audit logs', complete: false });
      const [latest] = logs.toSorted((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at));
      return latest ? { name: latest.actor_name, at: latest.created_at } : null;
    },
  };
}
