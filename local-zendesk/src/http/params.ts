// Reads ids from a call's path and query.
import type { Call } from './call.ts';

/** A path parameter as a number; NaN, which finds nothing, when it is none. */
export const idParam = ({ params }: Call, name = 'id'): number =>
  /^\d+$/.test(params[name] ?? '') ? Number(params[name]) : Number.NaN;

/** `ids=1,2,3`. */
export const idsParam = ({ query }: Call, name = 'ids'): readonly number[] =>
  (query.get(name) ?? '')
    .split(',')
    .filter((text) => /^\d+$/.test(text))
    .map(Number);

export const countOf = (call: Call, value: number): Record<string, unknown> => ({
  count: { value, refreshed_at: new Date(call.account.clock.now()).toISOString().replace(/\.\d+Z$/, 'Z') },
});
