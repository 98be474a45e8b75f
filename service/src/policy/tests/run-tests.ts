// Runs the tests that a policy file contains, and reports those that fail as mistakes of the file.
import type { NamePlaces, Policy, PolicyProblem } from '@deskwright/shared';
import { type CompiledPolicy, compilePolicy } from '../../decide/compile-policy.ts';
import { decide } from '../../decide/decide.ts';
import { type Difference, givenFacts } from './given-facts.ts';
import { judgeTest } from './judge-test.ts';

export interface TestResult {
  /** Its index in the policy's `tests`, from 0. */
  readonly index: number;
  readonly name: string;
  /** Empty: it passes. */
  readonly differences: readonly Difference[];
}

/** Decides the ticket of each test as the service would, at a fixed moment. Pure. */
export function runTests(policy: Policy, compiled: CompiledPolicy = compilePolicy(policy)): TestResult[] {
  return policy.tests.map((test, index) => {
    const decision = decide(givenFacts(test.given), compiled);
    return { index, name: test.name, differences: judgeTest({ policy, compiled, test, decision }) };
  });
}

/** One trigger can break all tests, and the logs and `/readyz` show every problem. */
const MOST_PROBLEMS = 50;

/**
 * An error for each difference, at the line of what was expected; after fifty, one that says how many tests more fail.
 * Empty for a policy without tests, which is not compiled.
 */
export function failedTests({ policy, places }: { policy: Policy; places: NamePlaces }): PolicyProblem[] {
  if (policy.tests.length === 0) return [];
  const failed = runTests(policy).filter(({ differences }) => differences.length > 0);
  const problems = failed.flatMap(({ index, name, differences }) =>
    differences.map(({ key, expected, got, because }) =>
      problemAt(
        `tests[${index}].expect.${key}`,
        `test "${name}" fails: ${key} is ${got}, expected ${expected}, because ${because}`,
      ),
    ),
  );
  if (problems.length <= MOST_PROBLEMS) return problems;
  const message = `${failed.length} of ${policy.tests.length} tests fail; see all with: npx deskwright test`;
  return [...problems.slice(0, MOST_PROBLEMS), problemAt('tests', message)];

  function problemAt(path: string, message: string): PolicyProblem {
    const place = places[path] ?? places['tests[0]'];
    if (place === undefined) throw new Error(`It is not known where ${path} stands`);
    return { severity: 'error', ...place, path, message: message.replace(/\p{Cc}+/gu, ' ') };
  }
}
