import { until } from '../testing/until.ts';
import { joinCalls } from './join-calls.ts';

const NEVER = new AbortController().signal;

test('the first call runs at once, and those that follow are merged into one run', async () => {
  let runs = 0;
  const call = joinCalls(async () => void (runs += 1), 50, NEVER);
  const first = call();
  expect(runs).toBe(1);
  await first;
  const later = [call(), call(), call()];
  expect(runs).toBe(1);
  await Promise.all(later);
  expect(runs).toBe(2);
});

test('a call during a run is served by a later run', async () => {
  const seen: number[] = [];
  let rows = 0;
  let end = (): void => undefined;
  const call = joinCalls(
    async () => {
      seen.push(rows);
      if (seen.length === 1) await new Promise<void>((resolve) => (end = resolve));
    },
    10,
    NEVER,
  );
  const first = call();
  rows += 1;
  const second = call();
  await second;
  end();
  await first;
  expect(seen).toEqual([0, 1]);
});

test('a waiting run starts at once when the process stops', async () => {
  const stopping = new AbortController();
  let runs = 0;
  const call = joinCalls(async () => void (runs += 1), 3_600_000, stopping.signal);
  await call();
  void call();
  stopping.abort();
  await until(() => runs === 2);
});
