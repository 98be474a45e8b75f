// Does one task of `judgeInThread`, in the thread that it starts.
import { parentPort, workerData } from 'node:worker_threads';
import { namedGuidance } from '@deskwright/shared';
import type { JudgeTask } from './judge-in-thread.ts';
import { judgePolicyTexts } from './read-policy-file.ts';

const task = workerData as JudgeTask;
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
parentPort?.postMessage(task.kind === 'named' ? namedGuidance(task.text) : judgePolicyTexts(task.texts, task.path));
