// Compares the shape of an answer with a recorded one.
import { readFileSync } from 'node:fs';

/** One operation and status: how often it was seen, its headers, and each key path with its JSON types (`string|null`). */
export interface RecordedShape {
  answers: number;
  headers: readonly string[];
  keys: Readonly<Record<string, string>>;
}

export interface Answer {
  status: number;
  headers: Headers;
  body: unknown;
}

/** Gives every answer of one operation and status that is needed to see all its keys. */
export type RecordedCalls = Record<string, () => Promise<readonly Answer[]>>;

export interface Agreement {
  operation: string;
  /** Null: the local Zendesk gives no such answer. */
  wrongKeys: readonly string[] | null;
  wrongHeaders: readonly string[];
  keys: number;
  headers: number;
}

/** By `METHOD path status`, with `:id` and `:hash` for what differs. @param file the shapes; see its own README. */
export const readRecordedShapes = (file: URL): ReadonlyMap<string, RecordedShape> =>
  new Map(Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, RecordedShape>));

const kindOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

function collect(value: unknown, path: string, seen: Map<string, Set<string>>): void {
  if (path !== '') seen.set(path, (seen.get(path) ?? new Set()).add(kindOf(value)));
  if (Array.isArray(value)) for (const one of value) collect(one, `${path}[]`, seen);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      const name = /^\d+$/.test(key) ? '<id>' : key;
      collect(inner, path === '' ? name : `${path}.${name}`, seen);
    }
  }
}

/**
 * A key agrees when an answer has it and no answer gives it a type that was not recorded. Where only null was recorded, the key was
 * empty on those accounts: its type when filled is unknown, so any is taken.
 */
function findWrongKeys(shape: RecordedShape, answers: readonly Answer[]): readonly string[] {
  const seen = new Map<string, Set<string>>();
  for (const { body } of answers) collect(body, '', seen);
  return Object.entries(shape.keys).flatMap(([path, recorded]) => {
    const types = seen.get(path);
    if (types === undefined) return [`${path}: missing`];
    const known = recorded.split('|');
    if (recorded === 'null' || [...types].every((type) => known.includes(type))) return [];
    return [`${path}: ${[...types].join('|')}, recorded ${recorded}`];
  });
}

/** `rate-limit*` was the name until 2023; the warning depends on what the caller sent; the last is only for anonymous requests. */
const NOT_EXPECTED = /^rate-limit|^x-zendesk-api-warn$|ticket-request-create-by-user-and-ip$/;
const expectedHeaders = (shape: RecordedShape): readonly string[] =>
  shape.headers.filter((name) => !NOT_EXPECTED.test(name));

export function compareWithRecorded(operation: string, shape: RecordedShape, answers: readonly Answer[]): Agreement {
  const headers = expectedHeaders(shape);
  const size = { operation, keys: Object.keys(shape.keys).length, headers: headers.length };
  const wanted = Number(operation.split(' ')[2]);
  const fitting = answers.filter((answer) => answer.status === wanted);
  if (fitting.length === 0) return { ...size, wrongKeys: null, wrongHeaders: [] };
  return {
    ...size,
    wrongKeys: findWrongKeys(shape, fitting),
    wrongHeaders: headers.filter((name) => !fitting.every((answer) => answer.headers.has(name))),
  };
}

const percent = (right: number, all: number): number => (all === 0 ? 100 : (100 * right) / all);
const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** Shares of keys and of headers in percent; operations without an answer count as all wrong only in `withMissing`. */
export function shareOfAgreement(list: readonly Agreement[]) {
  const there = list.filter((one) => one.wrongKeys !== null);
  const rightKeys = sum(there.map((one) => one.keys - (one.wrongKeys?.length ?? 0)));
  return {
    implemented: percent(rightKeys, sum(there.map((one) => one.keys))),
    withMissing: percent(rightKeys, sum(list.map((one) => one.keys))),
    headers: percent(
      sum(there.map((one) => one.headers - one.wrongHeaders.length)),
      sum(there.map((one) => one.headers)),
    ),
  };
}

/** One line an operation, with what is wrong below it. */
export function agreementTable(list: readonly Agreement[]): string {
  return list
    .flatMap(({ operation, keys, wrongKeys, wrongHeaders }) => [
      wrongKeys === null ? `   -     ${operation}` : `${`${keys - wrongKeys.length}/${keys}`.padStart(8)} ${operation}`,
      ...(wrongKeys ?? []).map((line) => `             ${line}`),
      ...(wrongHeaders.length > 0 ? [`             headers missing: ${wrongHeaders.join(', ')}`] : []),
    ])
    .join('\n');
}
