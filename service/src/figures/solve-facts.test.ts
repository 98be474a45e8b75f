import type { HistoryEntry } from './history-entry.ts';
import { solveFactsOf } from './solve-facts.ts';
import { anEntry, answers, aPolicy, at, becomes, groupIdOf, LENA, opened } from './testing/builders.ts';

const policy = aPolicy();
const factsAt = (local: string, ...entries: readonly HistoryEntry[]) =>
  solveFactsOf(entries, null, { policy, groupIdOf }, at(local));
const agent = { actor: 'agent', actorId: LENA } as const;

test('waits are in elapsed and business minutes, up to the solve', () => {
  // Friday 16:00, answered and solved on Monday at 11:00: 67 h, of which 4 h are open.
  const entries = [
    ...opened('2026-11-20T16:00'),
    answers('2026-11-23T11:00'),
    becomes('2026-11-23T11:00', 'solved', agent),
  ];
  expect(factsAt('2026-11-23T11:00', ...entries)).toEqual({
    solvedBy: 'agent',
    escalated: false,
    reopened: false,
    firstReplyMinutes: 67 * 60,
    firstReplyBusinessMinutes: 4 * 60,
    requesterWaitMinutes: 67 * 60,
    requesterWaitBusinessMinutes: 4 * 60,
  });
});

test.each([
  ['zendesk', 'automation'],
  ['us', 'automation'],
  ['customer', 'customer'],
  ['agent', 'agent'],
  [null, null],
] as const)('a solve by %s was made by %s', (actor, solvedBy) => {
  const entries = [...opened('2026-11-23T10:00'), becomes('2026-11-23T11:00', 'solved', { actor })];
  expect(factsAt('2026-11-23T11:00', ...entries)).toMatchObject({ solvedBy, firstReplyMinutes: null });
});

test('a ticket that was reopened and escalated, and closed by an automation later, was solved by the agent', () => {
  const entries = [
    ...opened('2026-11-23T10:00'),
    becomes('2026-11-23T11:00', 'solved', { actor: 'zendesk' }),
    becomes('2026-11-23T12:00', 'open', { actor: 'customer' }),
    anEntry('2026-11-23T12:30', 'escalated', { value: 't2', ...agent }),
    anEntry('2026-11-23T12:30', 'group', { ref: 12, ...agent }),
    becomes('2026-11-23T13:00', 'solved', agent),
    becomes('2026-11-27T13:00', 'closed', { actor: 'zendesk' }),
  ];
  expect(factsAt('2026-11-23T13:00', ...entries)).toMatchObject({ solvedBy: 'agent', escalated: true, reopened: true });
  expect(factsAt('2026-11-23T11:00', ...entries)).toMatchObject({
    solvedBy: 'automation',
    escalated: false,
    reopened: false,
  });
});

test('without a history nothing is known', () => {
  expect(factsAt('2026-11-23T13:00')).toMatchObject({ solvedBy: null, escalated: null, reopened: null });
});
