import { toBusinessCalendar } from './business-calendar.ts';
import { isOpenAt, nextOpening } from './open-hours.ts';

const calendar = toBusinessCalendar({
  time_zone: 'America/New_York',
  business_hours: { weekdays: { 'mon-fri': '09:00-12:00, 13:00-17:00' }, holidays: ['2026-12-25'] },
});
const at = (iso: string) => Date.parse(iso);

test.each([
  ['before the first minute', '2026-12-24T08:59:59.999-05:00', false],
  ['from the first minute', '2026-12-24T09:00:00-05:00', true],
  ['up to the last', '2026-12-24T11:59:59.999-05:00', true],
  ['not at the end', '2026-12-24T12:00:00-05:00', false],
  ['in the afternoon', '2026-12-24T16:00:00-05:00', true],
  ['on a holiday', '2026-12-25T10:00:00-05:00', false],
  ['on a Sunday', '2026-12-27T10:00:00-05:00', false],
])('is open or closed %s', (_, moment, open) => {
  expect(isOpenAt(at(moment), calendar)).toBe(open);
});

test.each([
  ['at once while it is open', '2026-12-24T10:30:00-05:00', '2026-12-24T10:30:00-05:00'],
  ['after lunch', '2026-12-24T12:00:00-05:00', '2026-12-24T13:00:00-05:00'],
  ['after the holiday and the weekend', '2026-12-24T17:00:00-05:00', '2026-12-28T09:00:00-05:00'],
  ['by the clock of summer time', '2027-03-13T12:00:00-05:00', '2027-03-15T09:00:00-04:00'],
])('opens next %s', (_, moment, opening) => {
  expect(nextOpening(at(moment), calendar)).toBe(at(opening));
});

it('never opens when every day is a holiday', () => {
  const days = Array.from({ length: 1_200 }, (_, day) =>
    new Date(at('2026-01-01') + day * 86_400_000).toISOString().slice(0, 10),
  );
  const closed = toBusinessCalendar({
    time_zone: 'UTC',
    business_hours: { weekdays: { 'mon-sun': '09:00-17:00' }, holidays: days },
  });
  expect(nextOpening(at('2026-01-01T00:00:00Z'), closed)).toBeNull();
});
