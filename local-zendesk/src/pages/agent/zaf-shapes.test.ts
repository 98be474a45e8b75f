import { zafTimeZone } from './zaf-shapes.ts';

test.each([
  ['2026-01-15T12:00:00Z', -300, 'GMT-05:00'],
  ['2026-07-15T12:00:00Z', -240, 'GMT-04:00'],
])('gives apps the time zone’s offset from UTC at %s', (at, offset, formattedOffset) => {
  expect(zafTimeZone('Eastern Time (US & Canada)', Date.parse(at))).toEqual({
    name: 'Eastern Time (US & Canada)',
    ianaName: 'America/New_York',
    offset,
    formattedOffset,
  });
});
