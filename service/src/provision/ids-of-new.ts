// Placeholders in a plan for ids of objects that the same plan creates, filled in later. Pure.
import type { Values } from './plan.ts';

/** Stands in a plan for the id of an object that the same plan makes. */
export const idOfNew = (key: string): string => `id of ${key}`;
const OF_NEW = /^id of (\S.*)$/;

/** Puts in the ids of objects that were made meanwhile. Throws if one is not ours. */
export function withIds(to: Values, idOf: (key: string) => string | null): Values {
  const fill = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(fill);
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fill(inner)]));
    const key = typeof value === 'string' ? OF_NEW.exec(value)?.[1] : undefined;
    if (key === undefined) return value;
    const id = idOf(key);
    if (id === null) throw new Error(`${key} was to be made before and is not recorded.`);
    return id;
  };
  return fill(to) as Values;
}
