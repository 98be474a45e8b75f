// Computes what the preview shows for one state of the policy file.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Policy, PolicyProblem } from '@deskwright/shared';
import { type BacktestResult, compareChunks, describeEdit, summarise, type Tally } from '../backtest/index.ts';
import { type CountPastTickets, type PlacedFinding, readFindings } from '../lint/index.ts';
import { type LabelSource, ticketsOf } from '../past-tickets/index.ts';
import { type ReadPolicy, readPolicyFile } from '../policy/read-policy-file.ts';
import { runTests, type TestResult } from '../policy/tests/run-tests.ts';
import type { PastTicketSource } from './past-ticket-source.ts';

export interface Shown {
  readonly file: string;
  readonly against: string;
  /** With proofs once they are known. */
  readonly findings: ReadonlyArray<PolicyProblem | PlacedFinding>;
  /** Why the file cannot be read; null: it can. */
  readonly unreadable: string | null;
  readonly tests: readonly TestResult[];
  /** Null: not known yet, or the policy has mistakes. */
  readonly changes: Changes | null;
}

interface Changes {
  readonly source: string;
  /** False: of a sample, or not of all tickets yet. */
  readonly isComplete: boolean;
  readonly result: BacktestResult;
  /** What was edited, in words, in the order of the causes. */
  readonly edits: readonly string[];
}

interface Former {
  readonly name: string;
  readonly policy: Policy;
}

export interface ComputeDeps {
  readonly policyPath: string;
  /** Of a draft: the policy in whose place it would be. */
  readonly inPlaceOf?: string | undefined;
  readonly former: Former | null;
  readonly source: PastTicketSource;
  readonly labels?: LabelSource | undefined;
  readonly show: (shown: Shown) => void;
  readonly signal: AbortSignal;
}

/** How often counts are shown while a large history is compared. Milliseconds. */
const SHOW_EVERY_MS = 500;
const SAMPLES = 10;

/**
 * Shows mistakes and tests, then what changes for a sample of past tickets, then every finding with its proof, then what changes for all.
 * @returns the policy as it is now; null: it has mistakes
 * @throws the signal's reason when aborted
 */
export async function computePreview(deps: ComputeDeps): Promise<Policy | null> {
  const { policyPath, inPlaceOf, former, source, show, signal } = deps;
  // Its tests are shown one by one, and do not hide what the change would do.
  const read = await readPolicyFile(policyPath, { runsTests: false, inPlaceOf });
  signal.throwIfAborted();
  let shown = shownWithoutChanges(read, policyPath, former?.name ?? 'itself');
  show(shown);
  const prove = async (): Promise<void> => {
    // Proofs of a large policy take seconds; what is known is sent before.
    await nextTurn();
    signal.throwIfAborted();
    const found = await readFindings(policyPath, { countPast: countIn(source) }, { runsTests: false, inPlaceOf });
    if (!('reason' in found) && !signal.aborted) shown = { ...shown, findings: found.findings };
  };
  if (read.outcome !== 'loaded') {
    if (read.outcome === 'refused') await prove();
    show(shown);
    return null;
  }
  const { policy } = read.loaded;
  const before = former ?? { name: policyPath, policy };
  const comparison = { before: before.policy, after: policy, since: null, samples: SAMPLES, words: true };
  const showChanges = (tally: Tally, isComplete: boolean): void => {
    if (signal.aborted) return;
    const result = summarise(tally, { before, after: { name: policyPath, policy } });
    show({ ...shown, changes: { source: source.name, isComplete, result, edits: result.causes.map(describeEdit) } });
  };
  const ofSample = await compareChunks(comparison, only(source.sample), deps);
  showChanges(ofSample, source.isWhole);
  await prove();
  showChanges(ofSample, source.isWhole);
  if (source.isWhole) return policy;
  let last = performance.now();
  const whole = await compareChunks(comparison, await source.all(), {
    ...deps,
    onProgress: (soFar) => {
      if (performance.now() - last < SHOW_EVERY_MS) return;
      last = performance.now();
      showChanges(soFar, false);
    },
  });
  showChanges(whole, true);
  return policy;
}

/** Counts tickets of the sample. */
function countIn({ sample }: PastTicketSource): CountPastTickets {
  const tickets = [...ticketsOf(sample)].flatMap((ticket) => ('problem' in ticket ? [] : [ticket.facts]));
  return (matches) => tickets.filter(matches).length;
}

async function* only<T>(one: T): AsyncGenerator<T> {
  yield one;
}

function shownWithoutChanges(read: ReadPolicy, file: string, against: string): Shown {
  const nothing = { file, against, findings: [], unreadable: null, tests: [], changes: null };
  switch (read.outcome) {
    case 'unreadable':
      return { ...nothing, unreadable: read.reason };
    case 'refused':
      return { ...nothing, findings: read.problems };
    case 'loaded':
      return { ...nothing, findings: read.loaded.warnings, tests: runTests(read.loaded.policy) };
  }
}
