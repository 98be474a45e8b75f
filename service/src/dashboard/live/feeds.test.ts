import { until } from '../../platform/testing/until.ts';
import { createFeeds } from './feeds.ts';

let onTestEnd = (): void => undefined;
afterEach(() => onTestEnd());

test('thousands of announcements of one transaction wake a feed once, and it computes once more', async () => {
  let computed = 0;
  let looked = 0;
  const feeds = createFeeds({
    results: { renew: async () => ++computed },
    keyOf: (asked) => JSON.stringify(asked),
    onFailure: () => undefined,
    stopwatch: () => {
      looked += 1;
      return performance.now();
    },
    times: { everyMs: 1, unchangedMs: 600_000, againMs: 1 },
  });
  onTestEnd = () => feeds.stop();
  const taken: (number | null)[] = [];
  feeds.follow({ range: 'today', compare: true }, { take: (result) => taken.push(result) });
  await until(() => taken.length === 1);
  looked = 0;
  for (let n = 0; n < 5_000; n++) feeds.changed();
  await until(() => taken.length === 2);
  expect([computed, taken]).toEqual([2, [1, 2]]);
  expect(looked).toBeLessThan(10);
});
