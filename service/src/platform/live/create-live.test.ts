import { createLive, type Live } from './live.ts';

beforeAll(() => {
  jest.useFakeTimers();
});
afterAll(() => {
  jest.useRealTimers();
});

function aPage(live: ReturnType<typeof createLive>, ticketId: number) {
  const heard: Parameters<Parameters<Live['subscribe']>[1]>[0][] = [];
  const leave = live.subscribe(ticketId, (event) => heard.push(event));
  return { heard, leave };
}

test('notifies all pages of a ticket once for changes in quick succession, and no others', () => {
  const live = createLive();
  const [first, second, other] = [aPage(live, 42), aPage(live, 42), aPage(live, 43)];
  for (let i = 0; i < 5; i++) live.ticketChanged(42);
  jest.advanceTimersByTime(200);
  expect(first.heard).toEqual([{ event: 'ticket', ticketId: 42 }]);
  expect(second.heard).toEqual(first.heard);
  expect(other.heard).toEqual([]);
});

test('notifies again of a later change, and never a closed page', () => {
  const live = createLive();
  const [stays, leaves] = [aPage(live, 42), aPage(live, 42)];
  live.ticketChanged(42);
  jest.advanceTimersByTime(200);
  leaves.leave();
  live.ticketChanged(42);
  jest.advanceTimersByTime(200);
  expect([stays.heard.length, leaves.heard.length]).toEqual([2, 1]);
});

test('makes every page reload its ticket after missed notifications', () => {
  const live = createLive();
  const pages = [aPage(live, 42), aPage(live, 43)];
  live.anythingMayHaveChanged();
  jest.advanceTimersByTime(300);
  expect(pages.map(({ heard }) => heard)).toEqual([
    [{ event: 'ticket', ticketId: 42 }],
    [{ event: 'ticket', ticketId: 43 }],
  ]);
});

test('notifies an open page of a changed policy at once', () => {
  const live = createLive();
  const page = aPage(live, 42);
  live.policyChanged();
  expect(page.heard).toEqual([{ event: 'policy' }]);
});

test.each([
  ['a changed policy', (live: Live) => live.policyChanged()],
  ['a gap', (live: Live) => live.anythingMayHaveChanged()],
] as const)(
  'notifies 500 pages of %s one after another, so that they do not all reload their card at once',
  (_what, happens) => {
    const live = createLive();
    const pages = Array.from({ length: 500 }, (_, n) => aPage(live, n));
    const told = () => pages.filter(({ heard }) => heard.length > 0).length;
    happens(live);
    jest.advanceTimersByTime(1_000);
    expect(told()).toBeGreaterThan(50);
    expect(told()).toBeLessThanOrEqual(110);
    pages.at(-1)?.leave();
    jest.advanceTimersByTime(5_000);
    expect(told()).toBe(499);
    expect(pages.every(({ heard }) => heard.length <= 1)).toBe(true);
    live.stop();
  },
);
