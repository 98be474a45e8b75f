// Which policy is in force, and what became of the last edit?
import { resolve } from 'node:path';
import { describeProblem, formatProblems, type LoadedPolicy, type PolicyProblem } from '@deskwright/shared';
import type { Logger } from '../logging/logger.ts';
import { judgePolicyText, type ReadPolicy, readPolicyFile, readPolicyText } from './read-policy-file.ts';
import { UnusablePolicyError } from './unusable-policy-error.ts';
import { type FileWatch, watchFile } from './watch-file.ts';

interface PolicyStatus {
  /** False while the file on disk is not the policy in force, because it was refused or cannot be read. */
  readonly ok: boolean;
  /** Why the file on disk was refused; empty while `ok`. */
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
  /** The policy in force. @throws Error before `start` */
  current(): LoadedPolicy;
  /** @throws Error before `start` */
  status(): PolicyStatus;
  /** Called with every policy that says something else than the one before. Gives back a function that ends it. */
  onChange(listener: (loaded: LoadedPolicy) => void): () => void;
  /** Loads the file and watches it from then on. @throws UnusablePolicyError when the file is no good policy */
  start(): Promise<void>;
  /** Stops watching; the policy stays in force. */
  stop(): Promise<void>;
}

export interface PolicyStoreOptions {
  readonly path: string;
  readonly logger: Logger;
  /** Epoch milliseconds. */
  readonly clock?: () => number;
  /** How long the file must be left alone before it is read; editors write in several steps. */
  readonly debounceMs?: number;
  /** How often the file is looked at when nothing says it changed. */
  readonly pollMs?: number;
}

interface InForce {
  readonly loaded: LoadedPolicy;
  readonly loadedAt: number;
}

/** Holds the policy in force. A bad edit is refused and told, and the last good policy stays. */
export function createPolicyStore(options: PolicyStoreOptions): PolicyStore {
  const { logger, clock = Date.now, debounceMs = 100, pollMs = 2_000 } = options;
  const path = resolve(options.path);
  const listeners = new Set<(loaded: LoadedPolicy) => void>();
  let inForce: InForce | undefined;
  let problems: readonly PolicyProblem[] = [];
  /** What was read last, so that a look at an unchanged file costs no more than the look. */
  let lastSeen = '';
  let watch: FileWatch | undefined;
  let reading = Promise.resolve();

  function known(): InForce {
    if (!inForce) throw new Error('The policy store has not been started');
    return inForce;
  }

  async function reload(): Promise<void> {
    const found = await readPolicyText(path);
    const seen = found.ok ? `text ${found.text}` : `unreadable ${found.reason}`;
    if (!watch || seen === lastSeen) return;
    lastSeen = seen;
    const read = judgePolicyText(found, path);
    if (read.outcome === 'loaded') accept(read.loaded);
    else refuse(read);
  }

  function accept(loaded: LoadedPolicy): void {
    const before = known();
    const isOther = loaded.hash !== before.loaded.hash;
    inForce = { loaded, loadedAt: isOther ? clock() : before.loadedAt };
    problems = [];
    if (!isOther) return;
    logger.info(
      { hash: loaded.hash, before: before.loaded.hash, warnings: loaded.warnings.length },
      'A new policy is in force',
    );
    for (const listener of listeners) tell(listener, loaded);
  }

  function refuse(read: Exclude<ReadPolicy, { outcome: 'loaded' }>): void {
    problems = read.outcome === 'refused' ? read.problems : [asProblem(read.reason, path)];
    const details = { path, problems: problems.length, first: problems.slice(0, 5).map(describeProblem) };
    logger.warn(details, 'The edited policy was refused; the last good one stays in force');
  }

  function tell(listener: (loaded: LoadedPolicy) => void, loaded: LoadedPolicy): void {
    try {
      listener(loaded);
    } catch (error) {
      logger.error({ err: error }, 'Something that follows the policy failed to take the new one');
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
      const first = await readPolicyFile(path);
      if (first.outcome !== 'loaded') throw new UnusablePolicyError(explainFirst(first, path));
      inForce = { loaded: first.loaded, loadedAt: clock() };
      lastSeen = `text ${first.text}`;
      const onMaybeChanged = () => {
        reading = reading.then(reload);
      };
      watch = watchFile({ path, onMaybeChanged, debounceMs, pollMs });
    },
    async stop() {
      watch?.stop();
      watch = undefined;
      await reading;
    },
  };
}

function explainFirst(read: Exclude<ReadPolicy, { outcome: 'loaded' }>, path: string): string {
  if (read.outcome === 'unreadable') return `The policy cannot be read: ${read.reason}.`;
  return `The policy ${path} has mistakes, so there is nothing to start with:\n\n${formatProblems(read.problems, read.text)}`;
}

function asProblem(message: string, file: string): PolicyProblem {
  return { severity: 'error', file, line: 1, column: 1, path: '', message };
}
