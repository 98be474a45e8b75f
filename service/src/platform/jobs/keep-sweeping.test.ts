import { until } from '../testing/until.ts';
import { keepSweeping } from './keep-sweeping.ts';

test('continues after a failure, logs it once, runs the other sweeps, and ends when aborted', async () => {
  const warnings: unknown[] = [];
  const quiet = () => undefined;
  const logger = {
    debug: quiet,
    info: quiet,
    error: quiet,
    warn: (...said: unknown[]) => void warnings.push(said),
    child: () => logger,
  };
  const stop = new AbortController();
  let sweeps = 0;
  const failing = async () => {
    sweeps += 1;
    if (sweeps <= 2) throw new Error('away');
  };
  let declared = 0;
  let others = 0;
  const queue = {
    declare: async () => void (declared += 1),
    enqueue: async () => undefined,
    enqueueMany: async () => undefined,
  };
  const ended = keepSweeping({
    queue,
    sweeps: [
      { feature: 'first', sweep: failing },
      { feature: 'second', sweep: async () => void (others += 1) },
    ],
    logger,
    signal: stop.signal,
    everyMs: 5,
  });
  await until(() => sweeps >= 4 && declared >= 4 && others >= 4);
  stop.abort();
  await ended;

  expect(warnings).toHaveLength(1);
});

test('logs a sweep that hangs or throws synchronously with its feature, and runs the others', async () => {
  const warnings: unknown[] = [];
  const quiet = () => undefined;
  const logger = {
    debug: quiet,
    info: quiet,
    error: quiet,
    warn: (about: unknown) => void warnings.push(about),
    child: () => logger,
  };
  const stop = new AbortController();
  const hanging = new Promise<void>((resolve) => stop.signal.addEventListener('abort', () => resolve()));
  let others = 0;
  const ended = keepSweeping({
    queue: { declare: async () => undefined, enqueue: async () => undefined, enqueueMany: async () => undefined },
    sweeps: [
      { feature: 'hanging', sweep: () => hanging },
      {
        feature: 'throwing',
        sweep: () => {
          throw new Error('a fault');
        },
      },
      { feature: 'sound', sweep: async () => void (others += 1) },
    ],
    logger,
    signal: stop.signal,
    everyMs: 5,
  });
  await until(() => others >= 3);
  stop.abort();
  await ended;

  expect(warnings).toEqual([{ feature: 'throwing', error: 'Error: a fault' }]);
});
