// Runs everything that CI runs and counts it; the last line is `N passed, N failed`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const scratch = mkdtempSync(join(tmpdir(), 'deskwright-check-'));
const npm = (script) => ['npm', ['run', '--silent', script]];
const node = (...args) => ['node', args];
const jest = (report, ...args) => ['npx', ['jest', ...args, '--json', `--outputFile=${join(scratch, report)}`]];

/**
 * Name, command, and whether it is a Jest run whose tests are counted one by one. Quick ones come first, and everything after the
 * first uses what that has built.
 */
const FIRST = [
  { name: 'build', run: npm('build') },
  { name: 'types, tests and bench included', run: npm('typecheck') },
  { name: 'lint', run: npm('lint') },
  { name: 'format', run: npm('format:check') },
  { name: 'unused code', run: npm('unused') },
  {
    name: 'the reference of policy and figures is current',
    run: node('scripts/generate-policy-reference.js', '--check'),
  },
  { name: "the local Zendesk's list is current", run: node('scripts/generate-local-zendesk-coverage.js', '--check') },
  { name: "the app packages, by Zendesk's rules", run: node('scripts/package-app.js') },
  { name: 'the built service starts, decides, opens the sidebar and stops', run: node('scripts/boot-check.js') },
  {
    name: 'it starts for root in a private folder, and for a user without rights',
    run: node('scripts/boot-as-users.js'),
  },
];
/** Beside the tests, because they wait for half of their time: for a browser, for npm, for a service to start. */
const BESIDE_THE_TESTS = [
  {
    name: 'the installation guide leads from the package to a watching service, and its demo and image work',
    run: node('scripts/follow-install-guide.js'),
  },
  { name: 'every part of the bench runs', run: node('bench/run.js', '--smoke') },
  { name: 'browser tests', run: jest('e2e.json', '--config', 'jest.e2e.config.js'), report: 'e2e.json' },
];
const TESTS = [{ name: 'tests', run: jest('tests.json'), report: 'tests.json' }];

/** How much of a failed command's output is repeated at the end. Characters. */
const LAST_OUTPUT = 6_000;
const DRAIN_MS = 5_000;

const began = Date.now();
let passed = 0;
let failed = 0;
const failures = [];

await inOrder(FIRST);
await Promise.all([inOrder(TESTS), inOrder(BESIDE_THE_TESTS)]);
rmSync(scratch, { recursive: true, force: true });

// Two run at once, and a log is read from its end: what a failed one said last is repeated here.
for (const { name, said } of failures) console.log(`\n=== ${name} said last:\n${said}`);
if (failures.length > 0) console.log(`\nFailed: ${failures.map(({ name }) => name).join(', ')}`);
console.log(`In ${((Date.now() - began) / 60_000).toFixed(1)} min`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || failures.length > 0 ? 1 : 0;

async function inOrder(checks) {
  for (const check of checks) await perform(check);
}

async function perform({ name, run, report }) {
  console.log(`\n=== ${name}`);
  const started = Date.now();
  const { status, error, said } = await runCommand(run, report);
  const counted = report ? countTests(join(scratch, report)) : { passed: 0, failed: 0 };
  passed += counted.passed;
  failed += counted.failed;
  if (status === 0) passed += 1;
  else {
    failed += counted.failed > 0 ? 0 : 1;
    failures.push({ name: `${name}${error ? `: ${error.message}` : ''}`, said });
  }
  console.log(`--- ${name}: ${status === 0 ? 'ok' : 'FAILED'} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
}

/** `status` is null when it was killed or could not be started; then `error` says why. `said` is the end of its output. */
async function runCommand([command, args], report) {
  // Jest prints its JSON on standard output when told --json: the report goes to the file, so that copy is dropped.
  const child = spawn(command, args, { stdio: ['ignore', report ? 'ignore' : 'pipe', 'pipe'] });
  let said = '';
  for (const [from, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ]) {
    from?.on('data', (chunk) => {
      to.write(chunk);
      said = `${said}${chunk}`.slice(-LAST_OUTPUT);
    });
  }
  const closed = once(child, 'close').catch(() => undefined);
  try {
    const [status] = await once(child, 'exit');
    // What it printed last arrives a little later; a process that it left running would hold the pipes for ever.
    await Promise.race([closed, sleep(DRAIN_MS, undefined, { ref: false })]);
    child.stdout?.destroy();
    child.stderr?.destroy();
    return { status, said };
  } catch (error) {
    return { status: null, error, said };
  }
}

function countTests(file) {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    return { passed: report.numPassedTests, failed: report.numFailedTests + report.numRuntimeErrorTestSuites };
  } catch {
    return { passed: 0, failed: 0 }; // No report: the run itself failed, which its exit code says.
  }
}
