// Runs bulk requests as jobs after they are answered.
import type { Clock } from '../../account/actor.ts';

export type JobRow =
  | { index: number; id: number }
  | { id: number; action: string; success: true; status: string }
  | { index?: number; id: number; action: string; success: true; status: string; account_id: number }
  | FailedRow;

/** As recorded, a failed row has no `success`. */
interface FailedRow {
  index: number;
  /** Left out where nothing was found or made. */
  id?: number;
  error: string;
  details: string;
}

/** Rows, or for a permanent deletion no more than that it worked. */
export type JobResults = readonly JobRow[] | { success: boolean };

export interface Job {
  id: string;
  job_type: string;
  status: 'queued' | 'working' | 'failed' | 'completed';
  /** Null where a job does not count. */
  total: number | null;
  progress: number | null;
  message: string | null;
  results: JobResults;
}

export interface Jobs {
  /** Undefined when the account has too many jobs already. The work is done later, all rows at once. */
  start: (jobType: string, total: number | null, work: () => JobResults) => Job | undefined;
  find: (id: string) => Job | undefined;
  /** Newest first. */
  list: () => readonly Job[];
  running: () => readonly Job[];
}

export interface JobOptions {
  /** How long a job waits in the queue, and again how long it works, in real milliseconds; default 100. */
  stepMs?: number | undefined;
  /** Zendesk's own is 30 queued or running. */
  most?: number | undefined;
}

const KEPT = 500;

export function createJobs(clock: Clock, newId: () => string, options: JobOptions = {}): Jobs {
  const { stepMs = 100, most = 30 } = options;
  const jobs = new Map<string, Job>();
  const running = (): readonly Job[] =>
    [...jobs.values()].filter((job) => job.status === 'queued' || job.status === 'working');

  const put = (job: Job): void => {
    jobs.set(job.id, job);
    const oldest = jobs.keys().next().value;
    if (jobs.size > KEPT && oldest !== undefined) jobs.delete(oldest);
  };
  const later = (step: () => void): void => {
    setTimeout(step, stepMs).unref();
  };

  return {
    start: (job_type, total, work) => {
      if (running().length >= most) return undefined;
      const queued: Job = {
        id: newId(),
        job_type,
        total,
        status: 'queued',
        progress: null,
        message: null,
        results: [],
      };
      put(queued);
      later(() => {
        put({ ...queued, status: 'working', progress: 0 });
        later(() => {
          const results = work();
          const message = `Completed at ${new Date(clock.now()).toISOString().slice(0, 19).replace('T', ' ')} +0000`;
          put({ ...queued, status: 'completed', progress: total, message, results });
        });
      });
      return queued;
    },
    find: (id) => jobs.get(id),
    list: () => [...jobs.values()].toReversed(),
    running,
  };
}
