// Checks policies in a worker thread, so that the service keeps responding and survives a text that exhausts memory.
import { Worker } from 'node:worker_threads';
import { type NamedFiles, namedFiles } from '@deskwright/shared';
import { checkPolicyTexts, type PolicyTexts, type ReadPolicy } from './read-policy-file.ts';

export type CheckTask =
  | { readonly kind: 'named'; readonly texts: readonly string[] }
  | { readonly kind: 'check'; readonly texts: PolicyTexts; readonly path: string };

/** The largest allowed policy takes about 300 MB, and 20 s on a slow machine. */
const MOST_MEGABYTES = 1_024;
const MAX_WAIT_MS = 120_000;

/** @throws Error when it takes too long or too much memory, or was aborted */
export async function namedInThread(texts: readonly string[], signal: AbortSignal): Promise<readonly NamedFiles[]> {
  return isBuilt ? run<NamedFiles[]>({ kind: 'named', texts }, signal) : texts.map(namedFiles);
}

/** As `checkPolicyTexts`. @throws Error when it takes too long or too much memory, or was aborted */
export async function checkInThread(texts: PolicyTexts, path: string, signal: AbortSignal): Promise<ReadPolicy> {
  return isBuilt ? run<ReadPolicy>({ kind: 'check', texts, path }, signal) : checkPolicyTexts(texts, path);
}

/** Node runs no TypeScript in a thread; when run from source, as in tests, the check runs in this thread. */
const isBuilt = import.meta.url.endsWith('.js');

async function run<T>(task: CheckTask, signal: AbortSignal): Promise<T> {
  const worker = new Worker(new URL('./check-worker.js', import.meta.url), {
    workerData: task,
    // The process's own flags (`--input-type`, `--inspect`) must not be inherited.
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
  });
  const givenUp = AbortSignal.any([signal, AbortSignal.timeout(MAX_WAIT_MS)]);
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
