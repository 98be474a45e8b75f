// Writes findings in the format that code review tools read.
import { relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PlacedFinding } from './finding.ts';
import { FINDING_CODES, type FindingCode, pageOf } from './finding-codes.ts';

/**
 * A log of SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html) with one run.
 * @param root the folder that file names are given from: that of the repository
 */
export function toSarif(findings: readonly PlacedFinding[], version: string, root: string): object {
  const codes = [...new Set(findings.map(({ code }) => code))].toSorted();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'deskwright', version, rules: codes.map(toRule) } },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => toResult(finding, codes, root)),
      },
    ],
  };
}

function toRule(code: FindingCode): object {
  const { means, todo } = FINDING_CODES[code];
  return {
    id: code,
    shortDescription: { text: means },
    help: { text: `${todo} See ${pageOf(code)}.` },
  };
}

function toResult(finding: PlacedFinding, codes: readonly FindingCode[], root: string): object {
  const { code, severity, file, line, column, proof, example, allowed, didYouMean } = finding;
  const text = [
    `${finding.message}.`,
    ...(didYouMean === undefined ? [] : [`Did you mean "${didYouMean}"?`]),
    ...(allowed === undefined ? [] : [`Allowed: ${allowed.join(', ')}.`]),
    ...proof.map((step) => `${step}.`),
    ...(example === undefined ? [] : [`Example: ${JSON.stringify(example)}`]),
  ].join(' ');
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: severity,
    message: { text },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(file, root) },
          region: { startLine: line, startColumn: column },
        },
      },
    ],
    // The same finding in another version of the file, whose lines have moved.
    partialFingerprints: { 'deskwright/v1': `${code}:${finding.path}` },
  };
}

/** Relative for files below the folder, as review tools expect; with forward slashes everywhere. */
function uriOf(file: string, root: string): string {
  const base = `${pathToFileURL(root).href}/`;
  const { href } = pathToFileURL(resolve(root, file));
  return relative(root, resolve(root, file)).startsWith('..') ? href : href.slice(base.length);
}
