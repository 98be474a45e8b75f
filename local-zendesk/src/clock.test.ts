import { createClock } from './clock.ts';

const NOON = Date.parse('2026-03-01T12:00:00Z');

describe('the movable clock', () => {
  test('follows its source, shifted by what it was moved', () => {
    let real = NOON;
    const clock = createClock({ now: () => real });
    clock.advance(60_000);
    real += 5_000;
    expect(clock.now()).toBe(NOON + 65_000);
    expect(clock.ahead()).toBe(60_000);
  });

  test('stays shifted by what it was moved while real time passes', () => {
    let real = NOON;
    const clock = createClock({ now: () => real++ });
    clock.advance(60_000);
    clock.advance(60_000);
    expect(clock.ahead()).toBe(120_000);
  });

  test('runs timers that fall due during a move in order, each at its own time', () => {
    const clock = createClock({ now: () => NOON });
    const seen: string[] = [];
    clock.schedule(20_000, () => seen.push(`late ${clock.now() - NOON}`));
    clock.schedule(10_000, () => {
      seen.push(`early ${clock.now() - NOON}`);
      clock.schedule(5_000, () => seen.push(`chained ${clock.now() - NOON}`));
    });
    clock.schedule(40_000, () => seen.push('too late'));
    clock.advance(30_000);
    expect(seen).toEqual(['early 10000', 'chained 15000', 'late 20000']);
    expect(clock.now()).toBe(NOON + 30_000);
    clock.stop();
  });

  test('does not run cancelled timers', () => {
    const clock = createClock({ now: () => NOON });
    const run = jest.fn();
    clock.schedule(1_000, run)();
    clock.advance(2_000);
    expect(run).not.toHaveBeenCalled();
  });

  test('runs on real time when nobody moves it', async () => {
    const clock = createClock();
    const started = Date.now();
    await new Promise<void>((resolve) => clock.schedule(20, resolve));
    expect(Date.now() - started).toBeGreaterThanOrEqual(19);
  });

  test('refuses to move back', () => {
    expect(() => createClock().advance(-1)).toThrow('forward only');
  });
});
