// Declares the parts of the framework's API.
import type { Instance } from './instance.ts';

/** Boxed, so that a path with the value null differs from an unknown path (undefined). */
export type Found = { value: unknown } | undefined;

/** Handles some paths and returns undefined for all others. Throws `ApiError` to refuse a call. */
export interface ApiPart {
  get?(path: string, target: Instance): Found;
  /** Resolves with the value after the change. */
  set?(path: string, value: unknown, target: Instance): Found;
  invoke?(path: string, args: readonly unknown[], target: Instance): Found | Promise<Found>;
}

/** A refusal that the app gets for this one path. */
export class ApiError extends Error {
  override name = 'APIError';
}

export const found = (value: unknown): Found => ({ value });

/** Follows `a.b.c` into plain objects. A path into null gives null; a missing name is unknown. */
export function walk(root: unknown, names: readonly string[]): Found {
  let value = root;
  for (const name of names) {
    if (value === null) return found(null);
    if (typeof value !== 'object' || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return found(value);
}
