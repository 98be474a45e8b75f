// Reads the JSON of answers with the digits of its numbers as they were sent: 9007199254740993 and 10.50 are no others.
import { readJsonPath } from '@deskwright/shared';
import { isLosslessNumber, LosslessNumber, parse, stringify } from 'lossless-json';

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
