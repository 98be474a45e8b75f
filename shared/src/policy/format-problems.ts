// Formats the problems of a policy file for its author.
import type { PolicyProblem } from './problem.ts';

/** A problem, or something that is only worth knowing. */
type Shown = Omit<PolicyProblem, 'code' | 'severity'> & { readonly severity: PolicyProblem['severity'] | 'note' };

/** `line 14, column 9: category "refnd" does not exist. Did you mean "refund"? Allowed: refund, bug, other` */
export function describeProblem(problem: Omit<PolicyProblem, 'code' | 'severity'>): string {
  const { line, column, message, didYouMean, allowed } = problem;
  const hints = [
    ...(didYouMean === undefined ? [] : [`Did you mean "${didYouMean}"?`]),
    ...(allowed === undefined ? [] : [`Allowed: ${allowed.join(', ')}`]),
  ];
  return [`line ${line}, column ${column}: ${message}${hints.length > 0 ? '.' : ''}`, ...hints].join(' ');
}

/**
 * All problems as text, each with its line and a caret under its position.
 * @param text of the file, if available; of several files by their names in the problems
 */
export function formatProblems(problems: readonly Shown[], text?: string | ReadonlyMap<string, string>): string {
  const textOf = (file: string) => (typeof text === 'object' ? text.get(file) : text);
  return problems
    .map((problem) => {
      const head = `${problem.file}: ${problem.severity === 'error' ? '' : `${problem.severity}: `}${describeProblem(problem)}`;
      const line = textOf(problem.file)?.split(/\r?\n/)[problem.line - 1];
      return line === undefined ? head : `${head}\n${excerpt(line, problem)}`;
    })
    .join('\n\n');
}

/** All problems as a JSON array. */
export function formatProblemsJson(problems: readonly PolicyProblem[]): string {
  return JSON.stringify(problems, null, 2);
}

const WIDTH = 100;

function excerpt(line: string, { line: number, column }: Pick<PolicyProblem, 'line' | 'column'>): string {
  const start = column > WIDTH - 20 ? column - 40 : 0;
  // Control characters would move the caret, or the whole terminal.
  const shown = line.slice(start, start + WIDTH).replace(/\p{Cc}/gu, ' ');
  const gutter = `  ${number} | `;
  const caret = ' '.repeat(gutter.length - 2) + '| ' + ' '.repeat(Math.max(0, column - 1 - start));
  return `${gutter}${shown}\n${caret}^`;
}
