// Lists parameters that Zendesk ignores silently.
import { z } from 'zod';
import type { Reply, Route } from './call.ts';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

/** Paths (`ticket.nickname`, `tickets.1.comment`) in `value` for which the schema has no place. */
export function findIgnoredKeys(schema: z.core.$ZodType, value: unknown, path = ''): readonly string[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) {
    return findIgnoredKeys(schema.unwrap(), value, path);
  }
  if (schema instanceof z.ZodPipe) return findIgnoredKeys(schema.in, value, path);
  if (schema instanceof z.ZodUnion) {
    const option = schema.options.find((one) => z.safeParse(one, value).success);
    return option === undefined ? [] : findIgnoredKeys(option, value, path);
  }
  if (schema instanceof z.ZodArray && Array.isArray(value)) {
    return value.flatMap((one, index) => findIgnoredKeys(schema.element, one, join(path, String(index))));
  }
  if (!(schema instanceof z.ZodObject) || !isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const known = schema.shape[name] as z.core.$ZodType | undefined;
    return known === undefined ? [join(path, name)] : findIgnoredKeys(known, inner, join(path, name));
  });
}

/** Every list takes these, whether or not it does something with them. */
const OF_EVERY_LIST = /^(page(\[\w+\])?|per_page|sort|sort_by|sort_order|include)$/;

/** A query that records which of its parameters were not read. */
export class WatchedQuery extends URLSearchParams {
  readonly #asked = new Set<string>();

  override get(name: string): string | null {
    this.#asked.add(name);
    return super.get(name);
  }

  override getAll(name: string): string[] {
    this.#asked.add(name);
    return super.getAll(name);
  }

  override has(name: string): boolean {
    this.#asked.add(name);
    return super.has(name);
  }

  ignored(): readonly string[] {
    return [...new Set(this.keys())].filter((name) => !this.#asked.has(name) && !OF_EVERY_LIST.test(name));
  }
}

const ACTIONS = { get: 'show', post: 'create', put: 'update', patch: 'update', delete: 'destroy' } as const;

/** `X-Zendesk-API-Warn` in the form that live accounts send; the answer itself is as if the parameters were not there. */
export function warnOfIgnored(reply: Reply, { path, method }: Route, ignored: readonly string[]): Reply {
  if (ignored.length === 0 || reply.status >= 300) return reply;
  const controller = path.split('/')[1] ?? '';
  const parts = [`:controller=>"${controller}"`, `:action=>"${ACTIONS[method]}"`];
  const keys = `:unpermitted_keys=>${JSON.stringify(ignored)}, :invalid_values=>[]`;
  const warning = `{:allowed_parameters=>{${parts.join(', ')}, ${keys}}}`;
  return { ...reply, headers: { ...reply.headers, 'x-zendesk-api-warn': warning } };
}
