// Runs one task of `checkInThread` in the worker thread.
import { parentPort, workerData } from 'node:worker_threads';
import { namedFiles } from '@deskwright/shared';
import type { CheckTask } from './check-in-thread.ts';
import { checkPolicyTexts } from './read-policy-file.ts';

const task = workerData as CheckTask;
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
parentPort?.postMessage(task.kind === 'named' ? task.texts.map(namedFiles) : checkPolicyTexts(task.texts, task.path));
