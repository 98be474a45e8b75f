import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { formatProblems } from './format-problems.ts';
import { loadPolicy } from './load-policy.ts';

const EXAMPLE = readFileSync(join(process.cwd(), 'config/deskwright.yaml'), 'utf8');
const DATA = parse(EXAMPLE) as unknown;

/** Whatever the text, there is an answer, and every problem stands at a place that exists. */
function expectAnAnswer(text: string): void {
  const result = loadPolicy(text, 'policy.yaml');
  const problems = result.ok ? result.warnings : result.problems;
  if (!result.ok) expect(problems.some((problem) => problem.severity === 'error')).toBe(true);
  const lines = text.split('\n');
  let before = 0;
  for (const problem of problems) {
    const line = lines[problem.line - 1];
    expect(line).toBeDefined();
    expect(problem.column).toBeGreaterThanOrEqual(1);
    expect(problem.column).toBeLessThanOrEqual((line?.length ?? 0) + 1);
    expect(problem.line).toBeGreaterThanOrEqual(before);
    expect(problem.message).not.toMatch(/undefined|\[object|Invalid input/);
    before = problem.line;
  }
  expect(formatProblems(problems, text)).toEqual(expect.any(String));
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

it('a text with stretches cut out and signs put in gets an answer', () => {
  const edit = fc.record({
    at: fc.nat(EXAMPLE.length),
    cut: fc.nat(30),
    put: fc.oneof(spoilers, fc.string({ maxLength: 5 })),
  });
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
      const text = edits.reduce((now, { at, cut, put }) => now.slice(0, at) + put + now.slice(at + cut), EXAMPLE);
      expectAnAnswer(text);
    }),
    { numRuns: 150 },
  );
});

it('good YAML with values of any shape in any place gets an answer', () => {
  const places = placesOf(DATA, []);
  const spoil = fc.record({
    place: fc.constantFrom(...places),
    value: fc.oneof(fc.jsonValue({ maxDepth: 2 }), spoilers),
  });
  fc.assert(
    fc.property(fc.array(spoil, { minLength: 1, maxLength: 4 }), (spoils) => {
      const data = structuredClone(DATA);
      for (const { place, value } of spoils) put(data, place, value);
      expectAnAnswer(stringify(data));
    }),
    { numRuns: 150 },
  );
});

it('any YAML at all gets an answer', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => expectAnAnswer(stringify(value))),
    { numRuns: 100 },
  );
});

it('any text at all gets an answer', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), expectAnAnswer), { numRuns: 100 });
});

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
