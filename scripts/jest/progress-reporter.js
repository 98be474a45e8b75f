// Prints the progress of a Jest run from time to time, and at its end which files took longest.
import { relative } from 'node:path';

/** One line for this many files. On a terminal Jest itself shows the progress. */
const EVERY = 20;
const SLOWEST = 10;

export default class ProgressReporter {
  #startedAt = Date.now();
  #files = 0;
  #tests = 0;
  /** @type {{ path: string, milliseconds: number }[]} */
  #durations = [];

  /**
   * @param {{ path: string }} test
   * @param {{ testResults: unknown[], perfStats: { runtime: number } }} result
   * @param {{ numFailedTests: number, numTotalTestSuites: number }} total
   */
  onTestResult(test, result, total) {
    this.#files += 1;
    this.#tests += result.testResults.length;
    this.#durations.push({ path: test.path, milliseconds: result.perfStats.runtime });
    if (process.stderr.isTTY || this.#files % EVERY !== 0) return;
    const failed = total.numFailedTests === 0 ? '' : `, ${total.numFailedTests} of them failed`;
    const elapsed = inSeconds(Date.now() - this.#startedAt);
    this.#say(`${this.#files} of ${total.numTotalTestSuites} files, ${this.#tests} tests${failed}, ${elapsed}`);
  }

  onRunComplete() {
    if (this.#durations.length <= SLOWEST) return;
    this.#say(`\nThe slowest ${SLOWEST} of ${this.#durations.length} test files:`);
    const slowest = this.#durations.toSorted((a, b) => b.milliseconds - a.milliseconds).slice(0, SLOWEST);
    for (const { path, milliseconds } of slowest)
      this.#say(`${inSeconds(milliseconds).padStart(9)}  ${relative(process.cwd(), path)}`);
  }

  /**
   * Jest prints its reports there too; standard output may be carrying `--json`.
   * @param {string} line
   */
  #say(line) {
    process.stderr.write(`${line}\n`);
  }
}

/** @param {number} milliseconds */
const inSeconds = (milliseconds) => `${(milliseconds / 1_000).toFixed(1)} s`;
