import { until } from '../testing/until.ts';
import { keepSweeping } from './keep-sweeping.ts';

test('sweeping goes on after a failure, which is logged once and stops no other sweep, and ends when asked', async () => {
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
    sweeps: [failing, async () => void (others += 1)],
    logger,
    signal: stop.signal,
    everyMs: 5,
  });
  await until(() => sweeps >= 4);
  stop.abort();
  await ended;

  expect(warnings).toHaveLength(1);
  expect([declared >= 4, others >= 4]).toEqual([true, true]);
});
