// Describes an HTTP call to Zendesk, for metrics and logs.
import type { UpdateLimit } from './answer-headers.ts';
import type { ZendeskErrorKind } from './zendesk.ts';

export interface ZendeskCall {
  method: string;
  /** Path with ids replaced, so that it may label a metric: `/api/v2/tickets/:id`. */
  route: string;
  outcome: 'ok' | ZendeskErrorKind;
  /** Null: no answer came. */
  status: number | null;
  ms: number;
  /** Names of parameters that Zendesk dropped although it answered 2xx. */
  ignored: readonly string[];
  /** The account's limit of ticket updates, where the answer tells. */
  updateLimit: UpdateLimit | null;
}

/** `/api/v2/tickets/42.json?x=1` -> `/api/v2/tickets/:id`. */
export function routeOf(path: string): string {
  const [bare = ''] = path.split('?');
  return bare.replace(/\.json$/, '').replace(/\/[^/]*\d[^/]*(?=\/|$)/g, (part) => (part === '/v2' ? part : '/:id'));
}
