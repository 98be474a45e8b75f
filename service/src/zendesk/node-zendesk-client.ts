// Connects node-zendesk to our transport.
import nodeZendesk from 'node-zendesk';
import type { Transport } from './transport.ts';
import type { Answer } from './zendesk-call.ts';

type Resources = ReturnType<typeof nodeZendesk.createClient>;

/**
 * node-zendesk's resource methods over our transport. By itself it returns 429 and 503 as results and never retries; here the transport
 * throws for a refusal first. `throwOriginalException` keeps our error unchanged.
 */
export function createNodeZendeskClient(baseUrl: string, transport: Transport): Resources {
  return nodeZendesk.createClient({
    endpointUri: `${baseUrl}/api/v2`,
    // It requires a login; the transport adds the real one.
    oauth: true,
    token: 'unused',
    throwOriginalException: true,
    transportConfig: {
      transportFn: (address: string, options: { method: string; body?: string }) =>
        transport(options.method, pathOf(address), options.body === undefined ? undefined : JSON.parse(options.body)),
      responseAdapter: (answer: Answer) => ({
        status: answer.status,
        statusText: '',
        headers: { get: (name: string) => (name === 'content-type' ? 'application/json' : null) },
        json: async () => onOurAddress(answer.body, baseUrl),
      }),
    },
  });
}

function pathOf(address: string): string {
  const { pathname, search } = new URL(address);
  return pathname + search;
}

/**
 * Links to the next page may name another host (host mapping), which node-zendesk mangles, and are present on the last page
 * too, where only `meta.has_more` marks the end.
 */
function onOurAddress(body: unknown, baseUrl: string): unknown {
  if (typeof body !== 'object' || body === null) return body;
  // node-zendesk throws at a null among the records of a list; an empty record is left out like any other unreadable one.
  const lists = Object.entries(body).filter(([, value]) => Array.isArray(value));
  const withoutNulls = lists.map(([key, list]: [string, unknown[]]) => [key, list.map((record) => record ?? {})]);
  const { links, meta, next_page: nextPage } = body as Record<string, unknown> & { meta?: { has_more?: boolean } };
  const next = meta?.has_more === false ? null : (links as { next?: unknown } | undefined)?.next;
  return {
    ...body,
    ...Object.fromEntries(withoutNulls),
    ...(typeof nextPage === 'string' ? { next_page: baseUrl + pathOf(nextPage) } : {}),
    ...(links ? { links: { next: typeof next === 'string' ? baseUrl + pathOf(next) : null } } : {}),
  };
}
