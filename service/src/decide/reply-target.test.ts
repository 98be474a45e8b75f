import { type Policy, toBusinessCalendar } from '@deskwright/shared';
import { type AwaitingReply, replyTarget } from './limits.ts';

const calendar = toBusinessCalendar({
  time_zone: 'America/New_York',
  business_hours: { weekdays: { 'mon-fri': '09:00-18:00' }, holidays: [] },
});
/** A Friday, 17:00 in New York. */
const FRIDAY = Date.parse('2026-11-20T22:00:00Z');

const TARGETS: Policy['targets'] = [
  { priority: 'urgent', first_reply: '30m', next_reply: '1h', because: 'It burns' },
  { tier: 't2', channel: 'email', first_reply: '2bh' },
  { tier: 't2', first_reply: '1d', next_reply: '2d' },
  { first_reply: '4bh', next_reply: '8bh' },
];
const target = (part: Partial<AwaitingReply> = {}, targets = TARGETS) =>
  replyTarget(
    targets,
    { tier: 't1', priority: null, via: 'web', answered: false, waitingSince: FRIDAY, ...part },
    calendar,
  );

test.each([
  ['the target for every ticket if no other matches', {}, '4bh', '2026-11-23T17:00:00Z'],
  ['the first that matches, from the top', { priority: 'urgent', tier: 't2' }, '30m', '2026-11-20T22:30:00Z'],
  ['a target of which every condition matches', { tier: 't2', via: 'email' }, '2bh', '2026-11-23T15:00:00Z'],
  ['not a target that matches only in part', { tier: 't2', via: 'chat' }, '1d', '2026-11-21T22:00:00Z'],
  ['the next reply after an answer', { answered: true }, '8bh', '2026-11-23T21:00:00Z'],
  ['the target for every ticket before it is decided', { tier: null, via: null }, '4bh', '2026-11-23T17:00:00Z'],
])('is %s', (_, part, within, due) => {
  const found = target(part);
  expect(found?.within).toBe(within);
  expect(new Date(found?.dueAt ?? 0).toISOString()).toBe(new Date(due).toISOString());
});

test('says which reply it is for, and why', () => {
  expect(target({ priority: 'urgent', answered: true })).toMatchObject({ kind: 'next_reply', because: 'It burns' });
  expect(target()).toMatchObject({ kind: 'first_reply', because: null });
});

test('is taken from the first matching target only, even if that sets no time for this reply', () => {
  expect(target({ tier: 't2', via: 'email', answered: true })).toBeNull();
});

test('is null if no target matches', () => {
  expect(target({}, [{ tier: 't2', first_reply: '1h' }])).toBeNull();
});
