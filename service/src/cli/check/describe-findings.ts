// Writes findings for the terminal.
import { formatProblems } from '@deskwright/shared';
import type { PlacedFinding } from '../../lint/index.ts';

/** @param text of the files, by their names */
export function describeFindings(findings: readonly PlacedFinding[], text: ReadonlyMap<string, string>): string {
  return findings.map((finding) => describeFinding(finding, text)).join('\n\n');
}

function describeFinding(finding: PlacedFinding, text: ReadonlyMap<string, string>): string {
  const { proof, example, remove, code, page } = finding;
  return [
    formatProblems([finding], text),
    ...proof.map((step, at) => `  ${at === 0 ? 'because' : '    and'} ${step}`),
    ...(example === undefined ? [] : [`  example ${JSON.stringify(example)}`]),
    ...(code === 'invalid' || code === 'advice'
      ? []
      : [`  ${code}: ${page}${remove === undefined ? '' : ' (check --fix removes it)'}`]),
  ].join('\n');
}

/** How to see the examples decided; empty without any. */
export function aboutExamples(findings: readonly PlacedFinding[], policyPath: string): string {
  if (findings.every(({ example }) => example === undefined)) return '';
  return (
    `\nTo see the examples decided:\n  npx deskwright check ${policyPath} --examples examples.jsonl\n` +
    `  npx deskwright explain --tickets examples.jsonl --policy ${policyPath}\n`
  );
}
