import type { LiveEvent } from '@deskwright/shared/contract';
import { createLive } from './create-live.ts';

beforeAll(() => {
  jest.useFakeTimers();
});
afterAll(() => {
  jest.useRealTimers();
});

function aPage(live: ReturnType<typeof createLive>, ticketId: number) {
  const heard: LiveEvent[] = [];
  const leave = live.subscribe(ticketId, (event) => heard.push(event));
  return { heard, leave };
}

test('changes that come together are told once, to all pages of the ticket and to no others', () => {
  const live = createLive();
  const [first, second, other] = [aPage(live, 42), aPage(live, 42), aPage(live, 43)];
  for (let i = 0; i < 5; i++) live.ticketChanged(42);
  jest.advanceTimersByTime(200);
  expect(first.heard).toEqual([{ event: 'ticket', ticketId: 42 }]);
  expect(second.heard).toEqual(first.heard);
  expect(other.heard).toEqual([]);
});

test('a change after that is told again; who left hears nothing', () => {
  const live = createLive();
  const [stays, leaves] = [aPage(live, 42), aPage(live, 42)];
  live.ticketChanged(42);
  jest.advanceTimersByTime(200);
  leaves.leave();
  live.ticketChanged(42);
  jest.advanceTimersByTime(200);
  expect([stays.heard.length, leaves.heard.length]).toEqual([2, 1]);
});

test('after a gap every page looks again, each at its own ticket', () => {
  const live = createLive();
  const pages = [aPage(live, 42), aPage(live, 43)];
  live.anythingMayHaveChanged();
  jest.advanceTimersByTime(200);
  expect(pages.map(({ heard }) => heard)).toEqual([
    [{ event: 'ticket', ticketId: 42 }],
    [{ event: 'ticket', ticketId: 43 }],
  ]);
});

test('a changed policy is told to every page at once', () => {
  const live = createLive();
  const page = aPage(live, 42);
  live.policyChanged();
  expect(page.heard).toEqual([{ event: 'policy' }]);
});
