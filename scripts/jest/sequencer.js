// Orders the test files: those that wait for minutes start first, so that the run does not end with one of them alone.
import Sequencer from '@jest/test-sequencer';

/** Journeys and faults: complete services that start, are killed and time out. */
const WAITS = /\/service\/test\//;

export default class WaitingFirst extends Sequencer {
  /** @param {{ path: string }[]} tests */
  sort(tests) {
    // oxlint-disable-next-line unicorn/no-array-sort -- no array, but Jest's own order
    const usual = super.sort(tests);
    return usual.toSorted((a, b) => Number(WAITS.test(b.path)) - Number(WAITS.test(a.path)));
  }
}
