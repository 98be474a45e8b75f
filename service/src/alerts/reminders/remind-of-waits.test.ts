import { addDuration, toBusinessCalendar } from '@deskwright/shared';
import fc from 'fast-check';
import { newestDueStep } from './remind-of-waits.ts';

const calendar = toBusinessCalendar({
  time_zone: 'America/New_York',
  business_hours: { weekdays: { 'mon-fri': '09:00-18:00' }, holidays: [] },
});
/** A Friday, 16:00 in New York. */
const FRIDAY = Date.parse('2026-11-20T21:00:00Z');
const at = (text: string) => Date.parse(text);
const STEPS = [200, 80, 100];
const judge = (within: string, now: number, told = 0) =>
  newestDueStep(STEPS, { waitingSince: FRIDAY, within, told }, calendar, now);

test.each([
  ['nothing before the first step', '10h', '2026-11-21T04:59:00Z', 0, null],
  ['the first step', '10h', '2026-11-21T05:00:00Z', 0, 80],
  ['nothing while no further step is reached', '10h', '2026-11-21T06:59:00Z', 80, null],
  ['the newest only, after a late start', '10h', '2026-11-24T00:00:00Z', 0, 200],
  ['nothing more after the last', '10h', '2026-11-24T00:00:00Z', 200, null],
  ['no step below one that was told, as when the target changed', '10h', '2026-11-21T05:00:00Z', 100, null],
  ['in business hours only what they have reached', '4bh', '2026-11-23T14:59:00Z', 0, null],
  ['a step that the business hours reached', '4bh', '2026-11-23T15:12:00Z', 0, 80],
  ['nothing of business hours at night', '2bh', '2026-11-20T23:01:00Z', 0, null],
  ['nothing of them at the weekend', '2bh', '2026-11-22T16:00:00Z', 0, null],
  ['what the night held back, in the morning', '2bh', '2026-11-23T14:00:00Z', 0, 100],
  ['elapsed hours at night too', '2h', '2026-11-20T23:01:00Z', 0, 100],
])('tells %s', (_what, within, now, told, expected) => expect(judge(within, at(now), told)).toBe(expected));

test('property: however ticks come and go, each step is told at most once, in order, and the last one reached is told', () => {
  const steps = fc.uniqueArray(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 10 });
  const ticks = fc.array(fc.integer({ min: 0, max: 14 * 86_400_000 }), { maxLength: 40 });
  const within = fc.constantFrom('30m', '4h', '1d', '2bh', '8bh');
  fc.assert(
    fc.property(steps, ticks, within, (at, times, target) => {
      const told: number[] = [];
      for (const time of times.toSorted((a, b) => a - b)) {
        const wait = { waitingSince: FRIDAY, within: target, told: told.at(-1) ?? 0 };
        const step = newestDueStep(at, wait, calendar, FRIDAY + time);
        if (step !== null) told.push(step);
      }
      expect(told).toEqual([...new Set(told)].toSorted((a, b) => a - b));
      // A Monday noon two weeks later: everything that was ever reached has been told by then.
      const end = TWO_WEEKS_LATER;
      const wait = { waitingSince: FRIDAY, within: target, told: told.at(-1) ?? 0 };
      const last = newestDueStep(at, wait, calendar, end) ?? told.at(-1) ?? null;
      const amount = Number.parseFloat(target);
      const unit = target.replace(/^\d+/, '') as 'm' | 'h' | 'd' | 'bh';
      const reached = at.filter(
        (step) => addDuration(FRIDAY, { amount: (amount * step) / 100, unit }, calendar) <= end,
      );
      expect(last).toBe(reached.length === 0 ? null : Math.max(...reached));
    }),
  );
});

const TWO_WEEKS_LATER = at('2026-12-07T17:00:00Z');
