// `deskwright test`: runs the tests in the policy file.
import { writeFile } from 'node:fs/promises';
import { type Condition, formatProblems } from '@deskwright/shared';
import type { Command } from 'commander';
import type { Builder } from 'junit-report-builder';
import reports from 'junit-report-builder';
import { compilePolicy } from '../decide/compile-policy.ts';
import { readPolicyFile } from '../policy/read-policy-file.ts';
import { type Coverage, measureCoverage, type UntriedCondition } from '../policy/tests/coverage.ts';
import { runTests, type TestResult } from '../policy/tests/run-tests.ts';
import type { CommandDeps } from './activation/commands.ts';
import { repeatOnSave } from './repeat-on-save.ts';

/** Adds `test` to the command line. */
export function addPolicyTests(program: Command, { policyOption, jsonOption, exitsWith, interruption }: CommandDeps) {
  program
    .command('test')
    .description('run the tests in the policy file; needs neither Zendesk nor the service')
    .argument('[file]', 'the policy file, or an edited copy of it (default: the policy)')
    .option('--watch', 'run them again whenever the policy is saved', false)
    .option(
      '--coverage',
      'also list the policy triggers, conditions, categories and rules of refunds that no test tries',
      false,
    )
    .option('--junit <file>', 'also write a JUnit report')
    .addOption(policyOption())
    .addOption(jsonOption())
    .action(
      exitsWith((file: string | undefined, { policy, watch, coverage, junit, json }) => {
        const out = (text: string): void => console.log(text);
        const options = { policyPath: file ?? policy, inPlaceOf: policy, json, coverage, junit: junit ?? null, out };
        return watch
          ? watchPolicyTests({ ...options, now: () => new Date() }, interruption())
          : runPolicyTests(options);
      }),
    );
}

interface PolicyTestsOptions {
  readonly policyPath: string;
  /** Of a draft: the policy in whose place it would be. */
  readonly inPlaceOf?: string | undefined;
  readonly json: boolean;
  /** Also says what no test tries. */
  readonly coverage: boolean;
  /** Where a JUnit report is written; null: nowhere. */
  readonly junit: string | null;
  /** Prints one or more lines. */
  readonly out: (text: string) => void;
}

/**
 * `deskwright test`: needs neither Zendesk nor the service.
 * @returns the exit code: 0 all tests pass, 1 one fails, 2 they cannot be run, because the policy cannot be read or has mistakes
 * @throws Error when the JUnit report cannot be written
 */
export async function runPolicyTests({
  policyPath,
  inPlaceOf,
  json,
  coverage: wantsCoverage,
  junit,
  out,
}: PolicyTestsOptions): Promise<0 | 1 | 2> {
  const read = await readPolicyFile(policyPath, { runsTests: false, inPlaceOf });
  if (read.outcome === 'unreadable') {
    out(json ? JSON.stringify({ ok: false, file: policyPath, error: read.reason }) : `Cannot test: ${read.reason}.`);
    return 2;
  }
  if (read.outcome === 'refused') {
    out(
      json
        ? JSON.stringify({ ok: false, file: policyPath, problems: read.problems })
        : `${formatProblems(read.problems, read.text)}\n\nThe tests cannot run before these mistakes are corrected.`,
    );
    return 2;
  }
  const { policy, places } = read.loaded;
  const compiled = compilePolicy(policy);
  const results = runTests(policy, compiled).map(({ index, ...result }): PlacedResult => {
    const { file = policyPath, line = 1 } = places[`tests[${index}]`] ?? {};
    return { ...result, file, line };
  });
  const coverage = wantsCoverage ? measureCoverage(policy, compiled) : null;
  if (junit !== null) await writeFile(junit, toJunit(results));
  const failed = results.filter(({ differences }) => differences.length > 0).length;
  if (json) {
    const tests = results.map((result) => ({ ...result, passed: result.differences.length === 0 }));
    const counts = { passed: results.length - failed, failed };
    out(JSON.stringify({ ok: failed === 0, file: policyPath, ...counts, tests, ...(coverage && { coverage }) }));
  } else {
    out(describeResults(results));
    if (coverage) out(`\n${describeCoverage(coverage)}`);
  }
  return failed === 0 ? 0 : 1;
}

/** The package exports a builder; its types say that it exports a module with one. */
const builder = reports as unknown as Builder;

/** XML: one suite with one case a test. */
function toJunit(results: readonly PlacedResult[]): string {
  const report = builder.newBuilder();
  const suite = report.testSuite().name('policy');
  for (const { name, file, line, differences } of results) {
    const one = suite
      .testCase()
      .className(plain(file))
      .name(plain(name))
      .file(plain(`${file}:${line}`));
    if (differences.length === 0) continue;
    const texts = differences.map(
      ({ key, expected, got, because }) => `${key}: expected ${expected}, got ${got}, because ${because}`,
    );
    one.failure(plain(texts.join('\n')));
  }
  return report.build();
}

/** XML has no way to write control characters and half characters. */
const plain = (text: string): string => text.toWellFormed().replace(/[^\n\P{Cc}]|[\uFFFE\uFFFF]/gu, ' ');

interface WatchOptions extends PolicyTestsOptions {
  readonly now: () => Date;
  /** How often the files are checked when no change was reported. */
  readonly pollMs?: number;
}

/** Until aborted. @returns the exit code of the last run */
export const watchPolicyTests = (options: WatchOptions, signal: AbortSignal): Promise<0 | 1 | 2> =>
  repeatOnSave(() => runPolicyTests(options), options, signal);

type PlacedResult = Omit<TestResult, 'index'> & { readonly file: string; readonly line: number };

/** Each test that fails with its differences, then how many passed. */
function describeResults(results: readonly PlacedResult[]): string {
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
function describeCoverage({ triggers, conditions, categories, refunds }: Coverage): string {
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
