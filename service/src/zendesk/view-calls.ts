// Reads views, their order and who changed them, and writes their order.
import type { createNodeZendeskClient } from './node-zendesk-client.ts';
import { type ReadList, readShape } from './read-shape.ts';
import { viewShape } from './shapes.ts';
import type { Transport } from './transport.ts';
import { whoChanged } from './who-changed.ts';
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

    // `rule` is the audit log's name for views too.
    whoChangedView: (id) => whoChanged(transport, readList, 'rule', String(id)),
  };
}
