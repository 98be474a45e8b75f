// Formats one problem in one line.
import { dirname, relative } from 'node:path';
import { describeProblem, type PolicyProblem } from '@deskwright/shared';

/** `line 3, column 1: ...` for the policy itself; for guidance with the file's name first, relative to the policy's folder. */
export function formatProblemLine(problem: PolicyProblem, policyPath: string): string {
  const file = problem.file === policyPath ? '' : `${relative(dirname(policyPath), problem.file)}: `;
  return `${file}${describeProblem(problem)}`;
}
