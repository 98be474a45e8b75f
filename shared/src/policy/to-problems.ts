// Adds lines to findings and sorts them.
import { type Finding, pathText } from './finding.ts';
import { locate } from './locate.ts';
import type { PolicyProblem } from './problem.ts';
import type { ReadYaml } from './read-yaml.ts';

/** Problems of the text and of its contents in file order, each position once. */
export function toProblems(read: ReadYaml, findings: readonly Finding[], file: string): PolicyProblem[] {
  if (!read.ok) return [{ severity: 'error', file, line: 1, column: 1, path: '', message: read.problem.message }];
  const { document, positionOf, problems } = read.yaml;
  const placed = [
    ...problems.map(({ offset, ...finding }) => ({ offset, path: '', finding })),
    ...findings.map((finding) => ({
      offset: locate(document, finding.path, finding.at),
      path: pathText(finding.path),
      finding,
    })),
  ];
  const inOrder = placed
    .toSorted((a, b) => a.offset - b.offset)
    .map(({ offset, path, finding }): PolicyProblem => {
      const { line, column } = positionOf(offset);
      const { severity, message } = finding;
      return {
        severity,
        file,
        line,
        column,
        path,
        message: withoutControls(message),
        ...('allowed' in finding && finding.allowed && { allowed: finding.allowed.map(withoutControls) }),
        ...('didYouMean' in finding &&
          finding.didYouMean !== undefined && { didYouMean: withoutControls(finding.didYouMean) }),
      };
    });
  const seen = new Set<string>();
  return inOrder.filter((problem) => {
    const key = placeKey(problem);
    return !seen.has(key) && seen.add(key);
  });
}

/** A value of the wrong type violates several rules at once; the first says what to correct. */
function placeKey({ path, line, column, severity, message }: PolicyProblem): string {
  return JSON.stringify([path, line, column, severity, path === '' ? message : '']);
}

/** Parts of messages quote the file, and are printed to terminals and logs. */
function withoutControls(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ');
}
