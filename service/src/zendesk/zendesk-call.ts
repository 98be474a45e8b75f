// Describes an HTTP call to Zendesk and its answer, with the limits and warnings in the headers.
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

export interface Answer {
  status: number;
  headers: Headers;
  /** Parsed JSON, `undefined` if the body is empty or not JSON; plain text if text was requested. */
  body: unknown;
}

/** The account's limit of ticket updates, which agents and all integrations share. */
export interface UpdateLimit {
  /** Updates per minute. Documented as 100; one recorded account had 20. */
  total: number;
  remaining: number;
  /** Milliseconds until it is full again. */
  resetMs: number;
}

/** Parses `zendesk-ratelimit-tickets-update: total=20; remaining=19; resets=42` (seconds). Null: the answer has no such header. */
export function readUpdateLimit(headers: Headers): UpdateLimit | null {
  const parts = new Map(
    (headers.get('zendesk-ratelimit-tickets-update') ?? '').split(';').map((part) => {
      const [name = '', value = ''] = part.split('=');
      return [name.trim(), Number(value.trim() || Number.NaN)];
    }),
  );
  const total = parts.get('total') ?? Number.NaN;
  if (!Number.isFinite(total) || total <= 0) return null;
  const orElse = (name: string, value: number) => {
    const sent = parts.get(name) ?? Number.NaN;
    return Number.isFinite(sent) && sent >= 0 ? sent : value;
  };
  return { total, remaining: orElse('remaining', total), resetMs: Math.min(orElse('resets', 0), 60) * 1000 };
}

/**
 * The parameters that Zendesk ignored, from `X-Zendesk-API-Warn`, although it answered 2xx. Two forms are known: `Removed restricted keys
 * ["a"] from parameters ...` and `{:allowed_parameters=>{..., :unpermitted_keys=>["a"], :invalid_values=>["b.0.c"]}}`. Only names that occur in
 * our own request are returned, so that no customer's words get into a log; others become `?`. Empty: there was no warning.
 */
export function readIgnored(headers: Headers, path: string, body: unknown): string[] {
  const warning = headers.get('x-zendesk-api-warn');
  if (!warning) return [];
  const lists = [...warning.matchAll(/(?:keys|values)"?\s*(?:=>|:)?\s*\[([^\]]*)\]/g)].map(([, list = '']) => list);
  if (lists.length === 0) return ['?'];
  const ours = namesIn(body, new Set(new URLSearchParams(path.split('?')[1]).keys()));
  const isOurs = (name: string) => name.split('.').every((part) => /^\d+$/.test(part) || ours.has(part));
  const named = lists.flatMap((list) => [...list.matchAll(/"([^"]*)"/g)].map(([, name = '']) => name));
  return [...new Set(named.map((name) => (isOurs(name) ? name.replace(/\d+/g, '*') : '?')))];
}

function namesIn(value: unknown, names: Set<string>): Set<string> {
  if (typeof value !== 'object' || value === null) return names;
  for (const [name, inner] of Object.entries(value)) {
    if (!Array.isArray(value)) names.add(name);
    namesIn(inner, names);
  }
  return names;
}
