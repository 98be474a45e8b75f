// Finds the schema of a place in the policy.
import { z } from 'zod';
import type { PolicyPath } from './finding.ts';

/** The schema at a path, without the wrappers that make it optional or give it a default; undefined off the map. */
function schemaAt(schema: z.ZodType, path: PolicyPath): z.ZodType | undefined {
  let here: z.ZodType | undefined = unwrap(schema);
  for (const step of path) {
    if (here instanceof z.ZodObject) here = typeof step === 'string' ? propertyOf(here, step) : undefined;
    else if (here instanceof z.ZodArray) here = here.element as z.ZodType;
    else return undefined;
    if (!here) return undefined;
    here = unwrap(here);
  }
  return here;
}

/** Whether a list belongs at this path. */
export function isListAt(schema: z.ZodType, path: PolicyPath): boolean {
  return schemaAt(schema, path) instanceof z.ZodArray;
}

/** Whether a duration belongs at this path. */
export function isDurationAt(schema: z.ZodType, path: PolicyPath): boolean {
  return schemaAt(schema, path)?.meta()?.title === 'duration';
}

/** The keys a block may have at this path; empty when no block is known there. */
export function keysAt(schema: z.ZodType, path: PolicyPath): string[] {
  const here = schemaAt(schema, path);
  return here instanceof z.ZodObject ? Object.keys(here.shape) : [];
}

/** The first example given for the key at this path. */
export function exampleAt(schema: z.ZodType, path: PolicyPath): unknown {
  const parent = schemaAt(schema, path.slice(0, -1));
  const key = path.at(-1);
  const property = parent instanceof z.ZodObject && typeof key === 'string' ? propertyOf(parent, key) : undefined;
  const examples = property?.meta()?.['examples'];
  return Array.isArray(examples) ? (examples[0] as unknown) : undefined;
}

function propertyOf(object: z.ZodObject, key: string): z.ZodType | undefined {
  return Object.hasOwn(object.shape, key) ? (object.shape[key] as z.ZodType) : undefined;
}

function unwrap(schema: z.ZodType): z.ZodType {
  let inner = schema;
  for (;;) {
    if (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault || inner instanceof z.ZodPrefault)
      inner = inner.unwrap() as z.ZodType;
    else if (inner instanceof z.ZodPipe) inner = inner.in as z.ZodType;
    else return inner;
  }
}
