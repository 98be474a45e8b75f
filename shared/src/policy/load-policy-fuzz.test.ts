import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { isScalar, isSeq, parse, parseDocument, stringify, visit } from 'yaml';
import { formatProblems } from './format-problems.ts';
import { loadPolicy } from './load-policy.ts';

/** The example policy with its long lists of words cut short: every construct is there, and a load takes a third of the time. */
const EXAMPLE = withShortLists(readFileSync(join(process.cwd(), 'config/deskwright.yaml'), 'utf8'));
const DATA = parse(EXAMPLE) as unknown;

/** What is wrong with the answer to a text: every problem should stand at a place that exists, in order, in words. */
function faultsOf(text: string): string[] {
  const result = loadPolicy(text, 'policy.yaml');
  const problems = result.ok ? result.warnings : result.problems;
  const faults: string[] = [];
  if (!result.ok && !problems.some((problem) => problem.severity === 'error')) faults.push('refused without an error');
  const lines = text.split('\n');
  problems.forEach(({ line, column, message }, index) => {
    const length = lines[line - 1]?.length ?? -1;
    if (column < 1 || column > length + 1) faults.push(`no such place: ${line}:${column}`);
    if (line < (problems[index - 1]?.line ?? 1)) faults.push('not in the order of the file');
    if (/undefined|\[object|Invalid input/.test(message)) faults.push(`not in plain words: ${message}`);
  });
  if (formatProblems(problems, text).split('\n').length < problems.length) faults.push('problems are lost in print');
  return faults;
}

const spoilers = fc.constantFrom(
  '',
  ' ',
  '\t',
  ':',
  ': ',
  '- ',
  '{',
  '}',
  '[',
  ']',
  '"',
  "'",
  '&a',
  '*a',
  '!t ',
  '#',
  '|',
  '>',
  '\n',
  '\n\n',
  '~',
  '0',
  '\u0000',
  'é',
  '😀',
  '---\n',
  '<<: ',
  '__proto__: ',
  '? ',
);

it('starts from a valid policy', () => {
  expect(loadPolicy(EXAMPLE, 'policy.yaml')).toMatchObject({ ok: true });
});

it('returns a result for text with parts removed and characters inserted', () => {
  const edit = fc.record({
    at: fc.nat(EXAMPLE.length),
    cut: fc.nat(30),
    put: fc.oneof(spoilers, fc.string({ maxLength: 5 })),
  });
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
      const text = edits.reduce((now, { at, cut, put }) => now.slice(0, at) + put + now.slice(at + cut), EXAMPLE);
      expect(faultsOf(text)).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

it('returns a result for valid YAML with values of any shape anywhere', () => {
  const places = placesOf(DATA, []);
  const spoil = fc.record({
    place: fc.constantFrom(...places),
    value: fc.oneof(fc.jsonValue({ maxDepth: 2 }), spoilers),
  });
  fc.assert(
    fc.property(fc.array(spoil, { minLength: 1, maxLength: 4 }), (spoils) => {
      const data = structuredClone(DATA);
      for (const { place, value } of spoils) put(data, place, value);
      expect(faultsOf(stringify(data))).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

it('returns a result for any YAML', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => expect(faultsOf(stringify(value))).toEqual([])),
    { numRuns: 100 },
  );
});

it('returns a result for any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => expect(faultsOf(text)).toEqual([])),
    { numRuns: 100 },
  );
});

function withShortLists(text: string): string {
  const document = parseDocument(text);
  visit(document, {
    Seq: (_, list) => {
      if (isSeq(list) && list.items.every((item) => isScalar(item))) list.items.splice(3);
    },
  });
  return String(document);
}

function placesOf(value: unknown, path: string[]): string[][] {
  if (typeof value !== 'object' || value === null) return [path];
  const below = Object.entries(value).flatMap(([key, entry]) => placesOf(entry, [...path, key]));
  return path.length === 0 ? below : [path, ...below];
}

function put(data: unknown, place: readonly string[], value: unknown): void {
  let here = data;
  for (const step of place.slice(0, -1))
    here = typeof here === 'object' && here !== null ? Reflect.get(here, step) : undefined;
  if (typeof here === 'object' && here !== null) Reflect.set(here, place.at(-1) ?? '', value);
}
