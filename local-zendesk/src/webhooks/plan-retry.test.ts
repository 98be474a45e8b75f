import { type AttemptOutcome, planRetry, type RetriesSoFar } from './plan-retry.ts';

const fresh: RetriesSoFar = { timeouts: 0, conflicts: 0, throttled: 0 };
const answered = (status: number, retryAfterS: number | null = null): AttemptOutcome => ({
  kind: 'answered',
  status,
  retryAfterS,
});

test.each([
  ['200 is delivered', answered(200), fresh, 'finish'],
  ['204 is delivered', answered(204), fresh, 'finish'],
  ['a plain 500 loses the event', answered(500), fresh, 'lose'],
  ['a plain 503 loses the event', answered(503), fresh, 'lose'],
  ['503 with retry-after 59 is tried again', answered(503, 59), fresh, 'retry'],
  ['503 with retry-after 60 loses the event', answered(503, 60), fresh, 'lose'],
  ['429 with retry-after 1 is tried again', answered(429, 1), fresh, 'retry'],
  ['a plain 429 loses the event', answered(429), fresh, 'lose'],
  ['500 with retry-after still loses the event', answered(500, 1), fresh, 'lose'],
  ['a third 409 is tried again', answered(409), { ...fresh, conflicts: 2 }, 'retry'],
  ['a fourth 409 loses the event', answered(409), { ...fresh, conflicts: 3 }, 'lose'],
  ['a fifth time-out is tried again', { kind: 'timed_out' }, { ...fresh, timeouts: 4 }, 'retry'],
  ['a sixth time-out loses the event', { kind: 'timed_out' }, { ...fresh, timeouts: 5 }, 'lose'],
  ['a refused connection loses the event', { kind: 'unreachable', reason: 'ECONNREFUSED' }, fresh, 'lose'],
  ['a redirect is not followed', answered(302), fresh, 'lose'],
] satisfies [string, AttemptOutcome, RetriesSoFar, string][])('%s', (_name, outcome, soFar, step) => {
  expect(planRetry(outcome, soFar).do).toBe(step);
});

test('waits for the time in retry-after', () => {
  expect(planRetry(answered(503, 30), fresh)).toEqual({ do: 'retry', inMs: 30_000, because: 'throttled' });
});
