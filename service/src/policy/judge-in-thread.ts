// Reads policies in a thread of its own, so that the service answers meanwhile and outlives a text that takes all of the memory.
import { Worker } from 'node:worker_threads';
import { type NamedGuidance, namedGuidance } from '@deskwright/shared';
import { judgePolicyTexts, type PolicyTexts, type ReadPolicy } from './read-policy-file.ts';

export type JudgeTask =
  | { readonly kind: 'named'; readonly text: string }
  | { readonly kind: 'judge'; readonly texts: PolicyTexts; readonly path: string };

/** The largest policy there may be takes some 300 MB and 20 s on a slow machine. */
const MOST_MEGABYTES = 1_024;
const PATIENCE_MS = 120_000;

/** @throws Error when it takes too long or too much memory, or was given up */
export async function namedInThread(text: string, signal: AbortSignal): Promise<readonly NamedGuidance[]> {
  return isBuilt ? run<NamedGuidance[]>({ kind: 'named', text }, signal) : namedGuidance(text);
}

/** As `judgePolicyTexts`. @throws Error when it takes too long or too much memory, or was given up */
export async function judgeInThread(texts: PolicyTexts, path: string, signal: AbortSignal): Promise<ReadPolicy> {
  return isBuilt ? run<ReadPolicy>({ kind: 'judge', texts, path }, signal) : judgePolicyTexts(texts, path);
}

/** Node runs no TypeScript in a thread; from source, as in tests, it is read in place. */
const isBuilt = import.meta.url.endsWith('.js');

async function run<T>(task: JudgeTask, signal: AbortSignal): Promise<T> {
  const worker = new Worker(new URL('./judge-worker.js', import.meta.url), {
    workerData: task,
    // The process's own flags (`--input-type`, `--inspect`) are not meant for it.
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
  });
  const givenUp = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
  try {
    return await new Promise<T>((resolve, reject) => {
      const giveUp = () => reject(new Error('it took too long, or the service is stopping'));
      if (givenUp.aborted) giveUp();
      givenUp.addEventListener('abort', giveUp, { once: true });
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', (code) => reject(new Error(`the thread ended with ${code}`)));
    });
  } finally {
    await worker.terminate();
  }
}
