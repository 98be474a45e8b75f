import { createCircuitBreaker } from './circuit-breaker.ts';

function aBreaker() {
  let now = 1_000_000;
  const breaker = createCircuitBreaker(() => now);
  const record = (times: number, succeeded: boolean) => {
    for (let i = 0; i < times; i += 1) breaker.record(succeeded);
  };
  return { breaker, record, pass: (ms: number) => (now += ms) };
}

test('never opens below 100 requests', () => {
  const { breaker, record } = aBreaker();
  record(99, false);
  expect(breaker.lets()).toBe(true);
  record(1, false);
  expect(breaker.lets()).toBe(false);
});

test('opens at 70 % errors and not before', () => {
  const { breaker, record } = aBreaker();
  record(31, true);
  record(69, false);
  expect(breaker.state()).toBe('closed');
  record(4, false);
  expect(breaker.state()).toBe('broken');
});

test('opens at more than 1,000 errors however many succeed', () => {
  const { breaker, record } = aBreaker();
  record(5_000, true);
  record(1_000, false);
  expect(breaker.lets()).toBe(true);
  record(1, false);
  expect(breaker.lets()).toBe(false);
});

test('sends nothing for 5 s, then tries again, and closes after a success', () => {
  const { breaker, record, pass } = aBreaker();
  record(100, false);
  pass(4_999);
  expect(breaker.lets()).toBe(false);
  pass(1);
  expect(breaker.lets()).toBe(true);
  expect(breaker.state()).toBe('broken');
  record(1, false);
  expect(breaker.lets()).toBe(false);
  pass(5_000);
  record(1, true);
  expect(breaker.state()).toBe('closed');
  record(1, false);
  expect(breaker.lets()).toBe(true);
});

test('ignores requests older than five minutes', () => {
  const { breaker, record, pass } = aBreaker();
  record(99, false);
  pass(5 * 60_000 + 1_000);
  record(1, false);
  expect(breaker.lets()).toBe(true);
});
