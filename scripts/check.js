// Is everything in order? Runs what CI runs and counts it: `N passed, N failed` is the last line.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const scratch = mkdtempSync(join(tmpdir(), 'deskwright-check-'));
const npm = (script) => ['npm', ['run', '--silent', script]];

/** Name, command, and whether it is a Jest run whose tests are counted one by one. */
const CHECKS = [
  { name: 'build', run: npm('build') },
  {
    name: 'tests',
    run: ['npm', ['test', '--', '--json', `--outputFile=${join(scratch, 'tests.json')}`]],
    report: 'tests.json',
  },
  {
    name: 'browser tests',
    run: ['npm', ['run', '--silent', 'test:e2e', '--', '--json', `--outputFile=${join(scratch, 'e2e.json')}`]],
    report: 'e2e.json',
  },
  { name: 'every part of the bench runs', run: npm('bench:smoke') },
  { name: 'types, tests and bench included', run: npm('typecheck') },
  { name: 'lint', run: npm('lint') },
  { name: 'format', run: npm('format:check') },
  { name: 'unused code', run: npm('unused') },
  { name: 'generated files are current', run: npm('generate:check') },
  { name: "the app packages, by Zendesk's rules", run: npm('package') },
  { name: 'the built service starts, decides, opens the sidebar and stops', run: ['node', ['scripts/boot-check.js']] },
];

let passed = 0;
let failed = 0;
const failures = [];

for (const { name, run, report } of CHECKS) {
  console.log(`\n=== ${name}`);
  const started = Date.now();
  // Jest prints its JSON on standard output when told --json: the report goes to the file, so that copy is dropped.
  const { status, error } = spawnSync(run[0], run[1], { stdio: ['ignore', report ? 'ignore' : 'inherit', 'inherit'] });
  const counted = report ? countTests(join(scratch, report)) : { passed: 0, failed: 0 };
  passed += counted.passed;
  failed += counted.failed;
  if (status === 0) passed += 1;
  else {
    failed += counted.failed > 0 ? 0 : 1;
    failures.push(`${name}${error ? `: ${error.message}` : ''}`);
  }
  console.log(`--- ${name}: ${status === 0 ? 'ok' : 'FAILED'} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
}
rmSync(scratch, { recursive: true, force: true });

if (failures.length > 0) console.log(`\nFailed: ${failures.join(', ')}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || failures.length > 0 ? 1 : 0;

function countTests(file) {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    return { passed: report.numPassedTests, failed: report.numFailedTests + report.numRuntimeErrorTestSuites };
  } catch {
    return { passed: 0, failed: 0 }; // No report: the run itself failed, which its exit code says.
  }
}
