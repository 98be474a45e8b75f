import { nextSendTime } from './send-window.ts';
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
