// Of which parts is the framework's API made?
import type { Instance } from './instance.ts';

/** Boxed, so that a path with the value null differs from an unknown path (undefined). */
export type Found = { value: unknown } | undefined;

/** One part knows some paths; the rest it leaves to others. What it refuses it throws as an `ApiError`. */
export interface ApiPart {
  get?(path: string, target: Instance): Found;
  /** Finds what stands there afterwards. */
  set?(path: string, value: unknown, target: Instance): Found;
  invoke?(path: string, args: readonly unknown[], target: Instance): Found | Promise<Found>;
}

/** A refusal that the app gets for this one path. */
export class ApiError extends Error {
  override name = 'APIError';
}

export const found = (value: unknown): Found => ({ value });

/** Follows `a.b.c` into plain objects: nothing inside of nothing is null, a name that is not there is unknown. */
export function walk(root: unknown, names: readonly string[]): Found {
  let value = root;
  for (const name of names) {
    if (value === null) return found(null);
    if (typeof value !== 'object' || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return found(value);
}
