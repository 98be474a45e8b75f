import fc from 'fast-check';
import { nextSendTime, sendTimesBetween } from './send-window.ts';
import { aPolicy } from './testing/survey-fixtures.ts';

const policy = aPolicy({ send_window: { 'mon-fri': '09:00-18:00', sat: '10:00-12:00' } });
const at = (text: string): Date => new Date(text);

test.each([
  ['within the window', '2026-11-23T15:00:00Z', 'America/New_York', '2026-11-23T15:00:00Z'],
  ['at night where the customer is', '2026-11-23T15:00:00Z', 'Asia/Tokyo', '2026-11-24T00:00:00Z'],
  ['after the last hour of a Saturday', '2026-11-28T12:00:00Z', 'Europe/Berlin', '2026-11-30T08:00:00Z'],
  ['by the policy’s clock where Zendesk shows none', '2026-11-23T13:00:00Z', null, '2026-11-23T14:00:00Z'],
  ['by the policy’s clock where the zone is unknown', '2026-11-23T13:00:00Z', 'Mars/Olympus', '2026-11-23T14:00:00Z'],
  ['on the day on which clocks go back', '2026-10-25T09:30:00Z', 'Europe/London', '2026-10-26T09:00:00Z'],
])('%s', (_what, due, zone, expected) => {
  expect(nextSendTime(at(due), policy, zone)).toEqual(at(expected));
});

test('without a window it is now', () => {
  expect(nextSendTime(at('2026-11-22T03:00:00Z'), aPolicy(), 'Asia/Tokyo')).toEqual(at('2026-11-22T03:00:00Z'));
});

test('the times of a period give the same moment as the calendar does, before, in and after it', () => {
  const hour = 3_600_000;
  const anything = fc.record({
    begins: fc.integer({ min: 0, max: 8_760 }),
    hours: fc.integer({ min: 1, max: 400 }),
    after: fc.array(fc.integer({ min: -100, max: 500 }), { minLength: 1, maxLength: 8 }),
    zone: fc.constantFrom(null, 'Asia/Tokyo', 'Europe/London', 'Asia/Kathmandu', 'Mars/Olympus'),
    hasWindow: fc.boolean(),
  });
  fc.assert(
    fc.property(anything, ({ begins, hours, after, zone, hasWindow }) => {
      const from = new Date(at('2026-01-01T00:30:00Z').getTime() + begins * hour);
      const used = hasWindow ? policy : aPolicy();
      const { next } = sendTimesBetween(from, new Date(from.getTime() + hours * hour), used, zone);
      for (const n of after) {
        const moment = new Date(from.getTime() + n * hour);
        expect(next(moment)).toEqual(nextSendTime(moment, used, zone));
      }
    }),
    { numRuns: 60 },
  );
});
