// Keeps the policy in force and the outcome of the last edit.
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { formatProblems, type NamedFiles, namedFiles, type PolicyProblem } from '@deskwright/shared';
import { aboutError } from '../platform/errors/about-error.ts';
import type { Logger } from '../platform/logging/logger.ts';
import { checkInThread, namedInThread } from './check-in-thread.ts';
import { formatProblemLine } from './format-policy.ts';
import type { LastGoodPolicy } from './last-good-policy.ts';
import { compileInAdvance } from './policy-in-force.ts';
import { readSettled } from './publish-mark.ts';
import {
  checkPolicyTexts,
  filesOf,
  type LoadedPolicyFile,
  type PolicyTexts,
  type ReadPolicy,
  readPolicyTexts,
  rememberNames,
} from './read-policy-file.ts';
import { type FilesWatch, watchFiles } from './watch-files.ts';

interface PolicyStatus {
  /** False while the files differ from the policy in force because they were refused or cannot be read. */
  readonly ok: boolean;
  /** Why the files were refused; empty while `ok`. */
  readonly problems: readonly PolicyProblem[];
  /** Of the policy in force. */
  readonly warnings: readonly PolicyProblem[];
  /** Epoch milliseconds at which the policy in force was loaded. */
  readonly loadedAt: number;
  /** Of the policy in force. */
  readonly hash: string;
  readonly path: string;
}

export interface PolicyStore {
  /** The policy in force, with its guidance. @throws Error before `start` */
  current(): LoadedPolicyFile;
  /** @throws Error before `start` */
  status(): PolicyStatus;
  /** Calls the listener when the policy or its guidance changes. Returns a function that unsubscribes. */
  onChange(listener: (loaded: LoadedPolicyFile) => void): () => void;
  /**
   * Loads the files and watches them from then on. When they are not valid, the last valid policy of an earlier start is loaded.
   * @throws UnusablePolicyError when there is none
   */
  start(): Promise<void>;
  /** Stops watching; the policy in force stays. */
  stop(): Promise<void>;
}

export interface PolicyStoreOptions {
  readonly path: string;
  readonly logger: Logger;
  /** Epoch milliseconds. */
  readonly clock?: () => number;
  /** How long the files must be unchanged before they are read; editors write in several steps. */
  readonly debounceMs?: number;
  /** How often the files are checked when no change was reported. */
  readonly pollMs?: number;
  readonly check?: typeof checkPolicyTexts;
  /** Survives a restart. Omitted: files that are not valid at the start are an error. */
  readonly lastGood?: LastGoodPolicy;
}

/** At the start, of files that are being replaced. */
const MOST_TRIES = 20;

interface InForce {
  readonly loaded: LoadedPolicyFile;
  readonly loadedAt: number;
}

/** Holds the policy in force. An invalid edit is refused and reported, and the last valid policy remains in force. */
export function createPolicyStore(options: PolicyStoreOptions): PolicyStore {
  const { logger, clock = Date.now, debounceMs = 100, pollMs = 2_000, check, lastGood } = options;
  const path = resolve(options.path);
  const listeners = new Set<(loaded: LoadedPolicyFile) => void>();
  let inForce: InForce | undefined;
  let problems: readonly PolicyProblem[] = [];
  /** What was read last, so that unchanged files are not parsed again. */
  let lastSeen: PolicyTexts | undefined;
  let watch: FilesWatch | undefined;
  let reading = Promise.resolve();
  const stopping = new AbortController();
  const names = new Map<string, NamedFiles>();
  const namesIn = rememberNames((texts) => namedInThread(texts, stopping.signal), names);

  function known(): InForce {
    if (!inForce) throw new Error('The policy store has not been started');
    return inForce;
  }

  async function reload(): Promise<void> {
    const { signal } = stopping;
    const read = await readPolicyTexts(path, { namesIn });
    if (!watch || (lastSeen && isDeepStrictEqual(read, lastSeen))) return;
    // Not settled: the next poll reads them.
    const seen = await readSettled(path, { namesIn });
    if (!watch || seen === null || isDeepStrictEqual(seen, lastSeen)) return;
    lastSeen = seen;
    watch.follow(filesOf(seen, path));
    const checked = await (check?.(seen, path) ?? checkInThread(seen, path, signal));
    if (checked.outcome === 'loaded' && checked.loaded.hash !== inForce?.loaded.hash)
      await compileInAdvance(checked.loaded.policy);
    if (!watch) return;
    if (checked.outcome === 'loaded') {
      accept(checked.loaded);
      await keep(seen);
    } else refuse(checked, 'The edited policy was refused; the last valid one remains in force');
  }

  async function keep(texts: PolicyTexts): Promise<void> {
    try {
      if (texts.ok) await lastGood?.keep(texts);
    } catch (error) {
      logger.warn(aboutError(error), 'Could not store the policy in force; a restart needs a valid policy file');
    }
  }

  /** @throws UnusablePolicyError when no valid policy is stored either */
  async function startWithLastGood(refused: Refused): Promise<void> {
    const kept = await lastGood?.read();
    // It was valid when it was kept. A later version may check more or decide otherwise, and must start all the same.
    const read = kept && (check ?? checkPolicyTexts)(kept.texts, path, { wasInForce: true });
    if (read?.outcome !== 'loaded') throw new UnusablePolicyError(explainFirst(refused, path));
    inForce = { loaded: read.loaded, loadedAt: kept?.keptAt.getTime() ?? clock() };
    refuse(refused, 'The policy file was refused; started with the last valid policy, which remains in force');
  }

  function accept(loaded: LoadedPolicyFile): void {
    const before = known();
    const isOtherPolicy = loaded.hash !== before.loaded.hash;
    const isOther = isOtherPolicy || !isDeepStrictEqual(loaded.guidance, before.loaded.guidance);
    inForce = { loaded, loadedAt: isOther ? clock() : before.loadedAt };
    problems = [];
    if (!isOther) return;
    logger.info(
      { hash: loaded.hash, before: before.loaded.hash, warnings: loaded.warnings.length },
      isOtherPolicy ? 'A new policy is in force' : 'New guidance is in force',
    );
    for (const listener of listeners) notify(listener, loaded);
  }

  function refuse(read: Refused, message: string): void {
    problems = read.outcome === 'refused' ? read.problems : [asProblem(read.reason, path)];
    const details = {
      path,
      problems: problems.length,
      first: problems.slice(0, 5).map((problem) => formatProblemLine(problem, path)),
    };
    logger.warn(details, message);
  }

  /** A bug of ours while an edit was checked. The last valid policy remains in force, and the files stay watched. */
  function reloadFailed(error: unknown): void {
    if (!watch) return;
    const { error: what } = aboutError(error);
    const message = `Checking the edited file failed inside Deskwright (${what}). Undo the last edit, or change it in smaller steps.`;
    if (problems.length === 1 && problems[0]?.message === message) return;
    problems = [asProblem(message, path)];
    logger.error({ path, err: what }, 'Checking an edited policy failed; the last valid one remains in force');
  }

  function notify(listener: (loaded: LoadedPolicyFile) => void, loaded: LoadedPolicyFile): void {
    try {
      listener(loaded);
    } catch (error) {
      logger.error({ err: error }, 'A listener failed to apply the new policy');
    }
  }

  return {
    current: () => known().loaded,
    status() {
      const { loaded, loadedAt } = known();
      return { ok: problems.length === 0, problems, warnings: loaded.warnings, loadedAt, hash: loaded.hash, path };
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async start() {
      const namesNow = { namesIn: rememberNames(async (texts) => texts.map(namedFiles), names) };
      let seen: PolicyTexts | null = null;
      for (let tries = 1; seen === null; tries++) {
        if (tries > 1) await pause(debounceMs);
        seen = await readSettled(path, { ...namesNow, isLastTry: tries === MOST_TRIES });
      }
      const first = (check ?? checkPolicyTexts)(seen, path);
      if (first.outcome === 'loaded') {
        inForce = { loaded: first.loaded, loadedAt: clock() };
        await keep(seen);
      } else await startWithLastGood(first);
      lastSeen = seen;
      const onMaybeChanged = () => {
        reading = reading.then(reload).catch(reloadFailed);
      };
      watch = watchFiles({ onMaybeChanged, debounceMs, pollMs });
      watch.follow(filesOf(seen, path));
    },
    async stop() {
      watch?.stop();
      watch = undefined;
      stopping.abort();
      await reading;
    },
  };
}

type Refused = Exclude<ReadPolicy, { outcome: 'loaded' }>;

function explainFirst(read: Refused, path: string): string {
  if (read.outcome === 'unreadable') return `The policy cannot be read: ${read.reason}.`;
  return `The policy ${path} has errors, and no earlier policy is loaded. Correct them and start again:\n\n${formatProblems(read.problems, read.text)}`;
}

function asProblem(message: string, file: string): PolicyProblem {
  return { severity: 'error', file, line: 1, column: 1, path: '', message };
}

/** Thrown when there is no earlier valid policy. The message is for operators and has several lines. */
class UnusablePolicyError extends Error {
  override readonly name = 'UnusablePolicyError';
}
