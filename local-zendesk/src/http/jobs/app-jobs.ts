// Tracks the jobs that build apps.

interface AppJob {
  id: string;
  status: 'queued' | 'completed' | 'failed';
  /** Why it failed; empty until then. */
  message: string;
  /** Of the finished app; null before. A number: ZCLI compares it with the installations' by `===`. */
  app_id: number | null;
}

export type AppJobOutcome = { ok: true; appId: number } | { ok: false; message: string };

export interface AppJobs {
  /** Begins at once and is polled by id; work that throws fails the job. */
  start(work: () => Promise<AppJobOutcome>): AppJob;
  find(id: string): AppJob | undefined;
}

const KEPT = 200;

export function createAppJobs(newId: () => string): AppJobs {
  const jobs = new Map<string, AppJob>();
  const put = (job: AppJob): void => {
    jobs.set(job.id, job);
    const oldest = jobs.keys().next().value;
    if (jobs.size > KEPT && oldest !== undefined) jobs.delete(oldest);
  };
  const finish = async (job: AppJob, work: () => Promise<AppJobOutcome>): Promise<void> => {
    try {
      const outcome = await work();
      if (outcome.ok) put({ ...job, status: 'completed', app_id: outcome.appId });
      else put({ ...job, status: 'failed', message: outcome.message });
    } catch (error) {
      put({ ...job, status: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  };
  return {
    start: (work) => {
      const job: AppJob = { id: newId(), status: 'queued', message: '', app_id: null };
      put(job);
      void finish(job, work);
      return job;
    },
    find: (id) => jobs.get(id),
  };
}
