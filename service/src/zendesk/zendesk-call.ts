// Describes an HTTP call to Zendesk, for metrics and logs.
import type { UpdateLimit } from './answer-headers.ts';
import type { ZendeskErrorKind } from './zendesk.ts';

export interface ZendeskCall {
  method: string;
  /** Path with ids replaced, so that it can be a metric's label: `/api/v2/tickets/:id`. */
  route: string;
  outcome: 'ok' | ZendeskErrorKind;
  /** Null: there was no answer. */
  status: number | null;
  ms: number;
  /** Names of parameters that Zendesk ignored although it answered 2xx. */
  ignored: readonly string[];
  /** The account's limit of ticket updates, if the answer contains it. */
  updateLimit: UpdateLimit | null;
}

/** `/api/v2/tickets/42.json?x=1` -> `/api/v2/tickets/:id`. */
export function routeOf(path: string): string {
  const [bare = ''] = path.split('?');
  return bare.replace(/\.json$/, '').replace(/\/[^/]*\d[^/]*(?=\/|$)/g, (part) => (part === '/v2' ? part : '/:id'));
}
