// Reads the JSON of answers with the digits of its numbers as they were sent (9007199254740993 and 10.50 are no others), and what the policy shows of it.
import { cutGraphemes, readJsonPath } from '@deskwright/shared';
import { isLosslessNumber, LosslessNumber, parse, stringify } from 'lossless-json';
import type { Tool } from './tool.ts';

/** Numbers that JavaScript would write otherwise are kept as written. Throws if it is not JSON. */
export function parseAnswer(bytes: Uint8Array, contentType: string | null): unknown {
  return parse(decode(bytes, contentType), null, {
    parseNumber: (written) => (String(Number(written)) === written ? Number(written) : new LosslessNumber(written)),
    // As JSON.parse.
    onDuplicateKey: ({ newValue }) => newValue,
  });
}

/** What fits the path. Filters compare numbers as numbers. */
export const readFromAnswer = (path: string, json: unknown): unknown[] => readJsonPath(path, withNumbers(json), json);

export const isNumber = (value: unknown): value is number | LosslessNumber =>
  typeof value === 'number' || isLosslessNumber(value);

/** Texts as they are, all else as JSON. */
export const writeJson = (value: unknown): string => (typeof value === 'string' ? value : (stringify(value) ?? ''));

/** By the charset that the answer names, or else UTF-8; a byte order mark is left out. */
function decode(bytes: Uint8Array, contentType: string | null): string {
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType ?? '')?.[1];
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

function withNumbers(json: unknown): unknown {
  if (isLosslessNumber(json)) return Number(json.value);
  if (Array.isArray(json)) return json.map(withNumbers);
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, withNumbers(value)]));
}

export interface ShownField {
  readonly label: string;
  readonly values: readonly string[];
}

/** Of one field. */
const MOST_VALUES = 20;
/** Characters. */
const LONGEST_VALUE = 500;

/** Fields without a value are left out. */
export function readAnswer({ show }: Pick<Tool, 'show'>, json: unknown): ShownField[] {
  return show.flatMap(({ label, path }) => {
    const values = readFromAnswer(path, json)
      .flat()
      .flatMap((value) => writeValue(value) ?? [])
      .slice(0, MOST_VALUES);
    return values.length === 0 ? [] : [{ label, values }];
  });
}

/** PostgreSQL, which keeps the ticket's note until it is written, stores neither NUL nor unpaired surrogates. */
const storable = (text: string): string => text.replaceAll('\u0000', '').toWellFormed();

/** Null: there is nothing to show. */
function writeValue(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  return cutGraphemes(storable(writeJson(value)), LONGEST_VALUE);
}
