// Checks a JSON value against an OpenAPI 3.0 schema.
import type { Schema } from './conformance-description.ts';

export interface Mismatch {
  /** `tickets[].via.source`: array places are left out, so that one fault is one line. */
  path: string;
  problem: string;
}

type Resolve = (ref: string) => Schema;

const kindOf = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
};

const fitsType = (type: string, kind: string): boolean => type === kind || (type === 'number' && kind === 'integer');

const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

function checkObject(schema: Schema, value: object, path: string, resolve: Resolve): Mismatch[] {
  const record = new Map<string, unknown>(Object.entries(value));
  const missing = (schema.required ?? []).filter((name) => !record.has(name));
  const below = Object.entries(schema.properties ?? {}).flatMap(([name, inner]) =>
    record.has(name) ? checkSchema(inner, record.get(name), path === '' ? name : `${path}.${name}`, resolve) : [],
  );
  return [...missing.map((name) => ({ path, problem: `lacks ${name}` })), ...below];
}

function checkAlternatives(schemas: readonly Schema[], value: unknown, path: string, resolve: Resolve): Mismatch[] {
  const tried = schemas.map((schema) => checkSchema(schema, value, path, resolve));
  // What the nearest alternative complains about says more than "fits none".
  return tried.reduce((best, mismatches) => (mismatches.length < best.length ? mismatches : best));
}

/** Every property an object may have, over all its parts; undefined when the description leaves it open. */
function describedNames(schema: Schema, resolve: Resolve): Set<string> | undefined {
  if (schema.$ref !== undefined) return describedNames(resolve(schema.$ref), resolve);
  const parts = [...(schema.allOf ?? []), ...(schema.oneOf ?? []), ...(schema.anyOf ?? [])];
  if (schema.additionalProperties || (schema.properties === undefined && parts.length === 0)) return undefined;
  const names = new Set(Object.keys(schema.properties ?? {}));
  for (const part of parts) {
    const inner = describedNames(part, resolve);
    if (inner === undefined) return undefined;
    for (const name of inner) names.add(name);
  }
  return names;
}

/** Properties which the description does not name, at any depth: invented ones would show here. */
export function findUndescribed(schema: Schema, value: unknown, path: string, resolve: Resolve): Mismatch[] {
  if (schema.$ref !== undefined) return findUndescribed(resolve(schema.$ref), value, path, resolve);
  if (Array.isArray(value)) {
    return schema.items === undefined
      ? []
      : value.flatMap((one) => findUndescribed(schema.items ?? {}, one, `${path}[]`, resolve));
  }
  if (kindOf(value) !== 'object') return [];
  const names = describedNames(schema, resolve);
  const parts = [...(schema.allOf ?? []), ...(schema.oneOf ?? []), ...(schema.anyOf ?? []), schema].map((part) =>
    part.$ref === undefined ? part : resolve(part.$ref),
  );
  return Object.entries(value as object).flatMap(([name, inner]) => {
    const at = path === '' ? name : `${path}.${name}`;
    if (names !== undefined && !names.has(name)) return [{ path: at, problem: 'is not described' }];
    const described = parts.find((part) => part.properties?.[name] !== undefined)?.properties?.[name];
    return described === undefined ? [] : findUndescribed(described, inner, at, resolve);
  });
}

/** Types, required, enum, null, `allOf`/`oneOf`/`anyOf` and date-times; `oneOf` is read as `anyOf`, as generators do. */
export function checkSchema(schema: Schema, value: unknown, path: string, resolve: Resolve): Mismatch[] {
  if (schema.$ref !== undefined) return checkSchema(resolve(schema.$ref), value, path, resolve);
  if (value === null) return schema.nullable === true ? [] : [{ path, problem: 'is null' }];
  const parts = (schema.allOf ?? []).flatMap((part) => checkSchema(part, value, path, resolve));
  const alternatives = schema.oneOf ?? schema.anyOf;
  if (alternatives !== undefined) parts.push(...checkAlternatives(alternatives, value, path, resolve));
  const kind = kindOf(value);
  if (schema.type !== undefined && !fitsType(schema.type, kind)) {
    return [...parts, { path, problem: `is ${kind}, not ${schema.type}` }];
  }
  if (schema.enum !== undefined && !schema.enum.includes(value)) {
    return [...parts, { path, problem: `${JSON.stringify(value)} is not allowed` }];
  }
  if (schema.format === 'date-time' && typeof value === 'string' && !DATE_TIME.test(value)) {
    return [...parts, { path, problem: 'is no date-time' }];
  }
  if (Array.isArray(value) && schema.items !== undefined) {
    const items = schema.items;
    return [...parts, ...value.flatMap((one) => checkSchema(items, one, `${path}[]`, resolve))];
  }
  if (kind === 'object' && schema.properties !== undefined) {
    return [...parts, ...checkObject(schema, value as object, path, resolve)];
  }
  return parts;
}
