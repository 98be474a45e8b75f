import type { HistoryEntry } from './history-entry.ts';
import { measureTicket } from './measure-ticket.ts';
import {
  anEntry,
  answers,
  aPolicy,
  asks,
  at,
  becomes,
  groupIdOf,
  LENA,
  OMAR,
  only,
  opened,
} from './testing/builders.ts';

const policy = aPolicy();
const measure = (...entries: readonly HistoryEntry[]) => measureTicket(entries, null, { policy, groupIdOf });
const HOUR = 3600;

test('a first reply over a weekend counts elapsed and business time', () => {
  // Friday 2026-11-20 16:00 to Monday 11:00: 67 h. Open on Friday from 16 to 18, on Monday from 9 to 11: 4 h.
  const measured = measure(...opened('2026-11-20T16:00'), answers('2026-11-23T11:00'));
  expect(only(measured, 'first_reply')).toMatchObject([
    {
      seconds: 67 * HOUR,
      businessSeconds: 4 * HOUR,
      met: true,
      category: 'refunds',
      tier: 't1',
      groupId: 11,
      agentId: LENA,
      channel: 'email',
    },
  ]);
});

test('a second later the target of 4 business hours is missed', () => {
  const measured = measure(...opened('2026-11-20T16:00'), answers('2026-11-23T11:00:01'));
  expect(only(measured, 'first_reply')).toMatchObject([{ businessSeconds: 4 * HOUR + 1, met: false }]);
});

test('a next reply counts from the oldest unanswered message', () => {
  // Asked at 10:00 and 12:00, answered at 15:00: 5 h, all of them open.
  const measured = measure(
    ...opened('2026-11-23T09:00'),
    answers('2026-11-23T09:30'),
    asks('2026-11-23T10:00'),
    asks('2026-11-23T12:00'),
    answers('2026-11-23T15:00', OMAR),
    answers('2026-11-23T15:05', OMAR),
  );
  expect(only(measured, 'next_reply')).toMatchObject([
    { seconds: 5 * HOUR, businessSeconds: 5 * HOUR, met: true, agentId: OMAR },
  ]);
  expect(measured.waits).toMatchObject([
    { since: at('2026-11-23T09:00'), until: at('2026-11-23T09:30'), endedBy: 'reply', agentId: LENA },
    { since: at('2026-11-23T10:00'), until: at('2026-11-23T15:00'), endedBy: 'reply', agentId: OMAR },
  ]);
});

test.each([
  ['an open', [], [{ at: at('2026-11-23T12:00'), tier: 't1', category: 'refunds' }]],
  ['a solved', [becomes('2026-11-23T11:00', 'solved')], []],
])('%s ticket that is merged leaves the open ones at most once', (_what, before, expected) => {
  const merged = anEntry('2026-11-23T12:00', 'merged', { actor: 'agent', actorId: LENA });
  const measured = measure(...opened('2026-11-23T09:00'), ...before, merged, becomes('2026-11-23T12:00', 'closed'));
  expect(only(measured, 'merge')).toMatchObject(expected);
  expect(only(measured, 'merge')).toHaveLength(expected.length);
});

test('an answer counts for the solve that it was sent with, whose time a read has cut to the second', () => {
  const measured = measure(
    ...opened('2026-11-23T09:00'),
    answers('2026-11-23T10:00'),
    answers('2026-11-23T12:00:00.444'),
    becomes('2026-11-23T12:00', 'solved'),
  );
  expect(only(measured, 'one_touch')).toEqual([]);
});

test('a solve counts for who was responsible then', () => {
  const measured = measure(
    ...opened('2026-11-23T09:00'),
    becomes('2026-11-23T12:00', 'solved', { groupId: 12, assigneeId: OMAR }),
    anEntry('2026-11-23T13:00', 'assignee', { ref: LENA }),
  );
  expect(only(measured, 'solve')).toMatchObject([{ groupId: 12, agentId: OMAR, detail: null }]);
  expect(only(measured, 'full_resolution')).toMatchObject([{ seconds: 3 * HOUR, businessSeconds: 3 * HOUR }]);
  expect(measured.waits).toMatchObject([{ endedBy: 'solve', agentId: OMAR }]);
});
