// Formats one problem in one line.
import { dirname, relative } from 'node:path';
import { describeProblem, type PolicyProblem } from '@deskwright/shared';

/** `line 3, column 1: ...` for the policy itself; guidance with its name before it, from the policy's folder. */
export function tellProblem(problem: PolicyProblem, policyPath: string): string {
  const file = problem.file === policyPath ? '' : `${relative(dirname(policyPath), problem.file)}: `;
  return `${file}${describeProblem(problem)}`;
}
