import { jobOptions } from './job-options.ts';
import { batchJob, effectsJob, viewsJob } from './testing/some-jobs.ts';

test('a batch is known by its number, and leaves nothing behind that would keep it from being taken again', () => {
  expect(jobOptions(batchJob, { batch: 4 })).toMatchObject({
    jobId: 'batch-4',
    removeOnComplete: true,
    removeOnFail: true,
    attempts: 5,
    backoff: { type: 'exponential', delay: 1_000 },
  });
});

test('a chore is de-duplicated by its name, and some of its failures are kept to look at', () => {
  const options = jobOptions(viewsJob, { reason: 'policy' });

  expect(options).toMatchObject({
    deduplication: { id: 'check-views', keepLastIfActive: true },
    removeOnFail: { count: 20 },
  });
  expect(options).not.toHaveProperty('jobId');
  expect(options).not.toHaveProperty('delay');
});

test('a delayed chore goes under a word of its own, so that it does not hold up one that is wanted at once', () => {
  expect(jobOptions(effectsJob, {}, { delayMs: 5_000 })).toMatchObject({
    delay: 5_000,
    deduplication: { id: 'perform-effects-later' },
  });
});

test('the caller may choose the word', () => {
  expect(jobOptions(viewsJob, { reason: 'x' }, { dedupeId: 'view-7' })).toMatchObject({
    deduplication: { id: 'view-7' },
  });
});
