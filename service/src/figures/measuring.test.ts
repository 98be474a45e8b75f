import { addDuration } from '@deskwright/shared';
import fc from 'fast-check';
import { isWithin, measuringOf } from './measuring.ts';
import { aPolicy, at } from './testing/builders.ts';

const hours = measuringOf(aPolicy());

test.each([
  ['just at closing time', '2026-11-20T18:00', true],
  // The two business hours were over at 18:00.
  ['in the evening after', '2026-11-20T20:00', false],
  ['before', '2026-11-20T17:59', true],
  ['on Monday', '2026-11-23T09:00', false],
])('a reply %s, when due within 2 business hours of Friday 16:00: %s', (_, replied, isInTime) => {
  expect(isWithin(at('2026-11-20T16:00').getTime(), at(replied).getTime(), '2bh', hours)).toBe(isInTime);
});

test('is within exactly when it is not after the time that the duration leads to', () => {
  const moment = fc.integer({ min: at('2026-10-25T00:00').getTime(), max: at('2026-11-30T00:00').getTime() });
  const duration = fc.constantFrom('30m', '4h', '1d', '0.5bh', '4bh', '9bh', '18bh');
  const quarters = fc.integer({ min: 0, max: 500 });
  fc.assert(
    fc.property(moment, quarters, duration, (when, later, within) => {
      // Whole quarters of an hour, so that both often meet opening and closing times.
      const from = when - (when % 900_000);
      const then = from + later * 900_000;
      expect(isWithin(from, then, within, hours)).toBe(then <= addDuration(from, within, hours.calendar));
    }),
    { numRuns: 500 },
  );
});

test('what is computed once a policy is kept', () => {
  const policy = aPolicy();
  expect(measuringOf(policy)).toBe(measuringOf(policy));
});
