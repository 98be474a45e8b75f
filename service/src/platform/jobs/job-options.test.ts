import { jobOptions } from './create-queue.ts';
import { batchJob, effectsJob, viewsJob } from './testing/some-jobs.ts';

test('a batch is identified by its number, and leaves nothing behind that would prevent it from running again', () => {
  expect(jobOptions(batchJob, { batch: 4 })).toMatchObject({
    jobId: 'batch-4',
    removeOnComplete: true,
    removeOnFail: true,
    attempts: 5,
    backoff: { type: 'exponential', delay: 1_000 },
  });
});

test('a named job is de-duplicated by its name, and some of its failures are kept for inspection', () => {
  const options = jobOptions(viewsJob, { reason: 'policy' });

  expect(options).toMatchObject({
    deduplication: { id: 'check-views', keepLastIfActive: true },
    removeOnFail: { count: 20 },
  });
  expect(options).not.toHaveProperty('jobId');
  expect(options).not.toHaveProperty('delay');
});

test('a delayed job has its own id, so that it does not hold up an immediate one', () => {
  expect(jobOptions(effectsJob, {}, { delayMs: 5_000 })).toMatchObject({
    delay: 5_000,
    deduplication: { id: 'perform-effects-later' },
  });
});

test('the caller may choose the id', () => {
  expect(jobOptions(viewsJob, { reason: 'x' }, { dedupeId: 'view-7' })).toMatchObject({
    deduplication: { id: 'view-7' },
  });
});
