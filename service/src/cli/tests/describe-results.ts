// Describes the results and the coverage of a policy's tests for people.
import type { Condition } from '@deskwright/shared';
import type { Coverage, UntriedCondition } from '../../policy/tests/coverage.ts';
import type { TestResult } from '../../policy/tests/run-tests.ts';

export type PlacedResult = Omit<TestResult, 'index'> & { readonly file: string; readonly line: number };

/** Each test that fails with its differences, then how many passed. */
export function describeResults(results: readonly PlacedResult[]): string {
  if (results.length === 0)
    return 'The policy has no tests. How to write one: docs/guides/changing-a-trigger-safely.md';
  const failed = results.filter(({ differences }) => differences.length > 0);
  const details = failed.map(({ name, file, line, differences }) =>
    [
      `FAIL  ${name}  (${file}:${line})`,
      ...differences.flatMap(({ key, expected, got, because }) => [
        `  ${key}`,
        `    expected  ${expected}`,
        `    got       ${got}`,
        `    because   ${because}`,
      ]),
    ].join('\n'),
  );
  const count = results.length === 1 ? '1 test' : `${results.length} tests`;
  const summary = failed.length === 0 ? `${count} passed` : `${failed.length} of ${count} failed`;
  return [...details, summary].join('\n\n');
}

/** A paragraph each: triggers, conditions, categories, and rules of refunds if there are any. */
export function describeCoverage({ triggers, conditions, categories, refunds }: Coverage): string {
  return [
    `Triggers    ${triggers.fired} of ${triggers.all} fire in a test`,
    ...triggers.neverFired.map((id) => `  never fires: ${id}`),
    `Conditions  ${conditions.tried} of ${conditions.all} are seen both met and unmet`,
    ...conditions.untried.map(describeUntried),
    `Categories  ${categories.tried} of ${categories.all} have a test`,
    ...categories.untried.map((id) => `  no test: ${id}`),
    ...(refunds.all === 0
      ? []
      : [`Refunds     ${refunds.tried} of ${refunds.all} rules are seen both kept and broken`]),
    ...refunds.untried.map(({ never, path, of }) => `  never ${never}: ${path}  (${of})`),
  ].join('\n');
}

const describeUntried = ({ of, path, condition, never }: UntriedCondition): string =>
  `  never ${never}: ${describeCondition(condition)}  (${of}, ${path})`;

/** The words of a list beyond these are left out. */
const MOST_WORDS = 3;

function describeCondition({ field, operator, value }: Condition): string {
  const words = (Array.isArray(value) ? value : value === undefined ? [] : [value]).map((one) => JSON.stringify(one));
  const shown = words.length > MOST_WORDS ? [...words.slice(0, MOST_WORDS), '…'] : words;
  return [field, operator, ...shown].join(' ');
}
