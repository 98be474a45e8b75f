import { jobsWith } from './testing/some-jobs.ts';
import { runJob } from './workers.ts';

function aRun(handled: unknown[] = []) {
  const warnings: unknown[] = [];
  const quiet = () => undefined;
  const logger = {
    debug: quiet,
    info: quiet,
    error: quiet,
    warn: (...said: unknown[]) => void warnings.push(said),
    child: () => logger,
  };
  const jobs = jobsWith({ 'process-batch': async (...given: unknown[]) => void handled.push(given) });
  const { signal } = new AbortController();
  const run = (name: string, data: unknown) =>
    runJob({ jobs, logger, signal }, { id: '9', name, data, attemptsMade: 2 });
  return { run, handled, warnings, signal };
}

test("a handler gets the job's payload, id and attempt", async () => {
  const { run, handled, signal } = aRun();
  await run('process-batch', { batch: 4 });

  expect(handled).toEqual([[{ batch: 4 }, { jobId: '9', attempt: 3, signal }]]);
});

test.each([['a-job-of-last-year'], ['toString'], ['check-views']])(
  '%s without a handler is dropped with a warning',
  async (name) => {
    const { run, handled, warnings } = aRun();
    await run(name, {});

    expect(handled).toEqual([]);
    expect(warnings).toEqual([[{ job: name, jobId: '9' }, 'A job with an unknown name was dropped']]);
  },
);

test.each([[{}], [{ batch: '4' }], [{ batch: 0 }], [{ batch: 4, more: 1 }], [null]])(
  'the payload %j fails without a retry',
  async (data) => {
    const { run, handled } = aRun();

    await expect(run('process-batch', data)).rejects.toMatchObject({ name: 'UnrecoverableError' });
    expect(handled).toEqual([]);
  },
);
