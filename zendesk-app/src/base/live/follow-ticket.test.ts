// Tests that the live stream reconnects with the agent's token.

import { aService, refusal } from '../../testing/fake-service.ts';
import { backoff } from './backoff.ts';
import { followTicket } from './follow-ticket.ts';

it('reports changes of ticket and policy, reconnects after a break and after a refusal, and stops when told', async () => {
  jest.useFakeTimers();
  const service = aService();
  const events: string[] = [];
  const stop = followTicket({ fetch: (url, init) => service.fetch(url, init), random: () => 1 }, 42, {
    changed: () => events.push('changed'),
    viewers: (names) => events.push(`viewers ${names.join()}`),
    opened: () => events.push('opened'),
    lost: () => events.push('lost'),
  });
  await jest.advanceTimersByTimeAsync(1);
  service.live('ticket');
  await jest.advanceTimersByTimeAsync(1);
  service.live('policy');
  await jest.advanceTimersByTimeAsync(1);
  expect(events).toEqual(['opened', 'changed', 'changed']);
  service.viewers(['Lena', 'Omar']);
  await jest.advanceTimersByTimeAsync(1);
  expect(events.splice(3)).toEqual(['viewers Lena,Omar']);

  service.breakStream();
  await jest.advanceTimersByTimeAsync(1);
  service.answer('GET /api/live', refusal(503, 'unavailable'));
  await jest.advanceTimersByTimeAsync(1_000);
  expect(events.slice(3)).toEqual(['lost', 'lost']);

  service.answer('GET /api/live', 'no network');
  await jest.advanceTimersByTimeAsync(2_000);
  expect(events.slice(5)).toEqual(['lost']);
  stop();
  const calls = service.calls.length;
  await jest.advanceTimersByTimeAsync(600_000);
  expect(service.calls).toHaveLength(calls);
  jest.useRealTimers();
});

it.each([
  [0, 0.5, 1],
  [3, 4, 8],
  [5, 15, 30],
  [40, 15, 30],
])('after %i failures waits between %d and %d s', (failures, least, most) => {
  expect(backoff(failures, () => 0)).toBe(least * 1000);
  expect(backoff(failures, () => 1)).toBe(most * 1000);
});
