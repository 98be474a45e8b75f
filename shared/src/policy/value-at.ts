// Reads the value at a place in the policy, whatever its shape, and checks whether a value is a block of keys.
import type { PolicyPath } from './finding.ts';

export type Block = Readonly<Record<string, unknown>>;

/** What YAML calls a mapping. */
export function isBlock(value: unknown): value is Block {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path; undefined when there is nothing. */
export function valueAt(value: unknown, path: PolicyPath): unknown {
  let here = value;
  for (const step of path) {
    if (Array.isArray(here) && typeof step === 'number') here = here[step] as unknown;
    else if (isBlock(here) && Object.hasOwn(here, step)) here = here[step];
    else return undefined;
  }
  return here;
}

export interface Entry {
  readonly entry: Block;
  readonly path: PolicyPath;
}

/** The entries of a list that are blocks, each with its path; empty if there is no list. */
export function entriesAt(value: unknown, path: PolicyPath): Entry[] {
  const list = valueAt(value, path);
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry: unknown, index) => (isBlock(entry) ? [{ entry, path: [...path, index] }] : []));
}

/** The texts under one key of a list's entries, each once. */
export function textsAt(value: unknown, path: PolicyPath, key: string): string[] {
  const texts = entriesAt(value, path).flatMap(({ entry }) => (typeof entry[key] === 'string' ? [entry[key]] : []));
  return [...new Set(texts)];
}
