// Lists the messages about the text of a policy file.
import { describeProblem } from '../src/policy/format-problems.ts';
import { loadPolicy } from '../src/policy/load-policy.ts';

/** Every error and warning, in order; warnings begin with `warning `. */
export function saidOf(text: string): string[] {
  const result = loadPolicy(text, 'policy.yaml');
  return (result.ok ? result.warnings : result.problems).map(
    (problem) => `${problem.severity === 'warning' ? 'warning ' : ''}${describeProblem(problem)}`,
  );
}
