/**
 * Each measure, worked by hand. Open on weekdays from 9 to 18 in New York, closed on Thanksgiving (Thursday 2026-11-26); the warehouse
 * works from 6 to 14. The clocks go back on Sunday 2026-11-01 at 2:00 and forward on Sunday 2027-03-14 at 2:00.
 */
import type { HistoryEntry } from './history-entry.ts';
import { measureTicket } from './measure-ticket.ts';
import {
  anEntry,
  answers,
  aPolicy,
  asks,
  at,
  becomes,
  created,
  decided,
  GROUPS,
  groupIdOf,
  LENA,
  OMAR,
  only,
  opened,
  toGroup,
} from './testing/builders.ts';

const policy = aPolicy();
const steps = new Map([['refunds', ['find-order', 'check-limit', 'refund', 'tell-customer']]]);
const measure = (...entries: readonly HistoryEntry[]) => measureTicket(entries, null, { policy, groupIdOf, steps });
const HOUR = 3600;
const hours = (calendar: number, business: number) => ({
  seconds: calendar * HOUR,
  businessSeconds: business * HOUR,
});

describe('first reply', () => {
  test.each([
    // Friday 16:00 to Monday 11:00 is 67 h; open 16 to 18 and 9 to 11.
    ['over a weekend', '2026-11-20T16:00', '2026-11-23T11:00', 67, 4],
    // Wednesday 17:00 to Friday 10:00 is 41 h; open 17 to 18, not on Thanksgiving, 9 to 10.
    ['over a holiday', '2026-11-25T17:00', '2026-11-27T10:00', 41, 2],
    // Friday 17:00 to Monday 10:00 is 65 h on the wall, and one more because 1:00 to 2:00 passes twice; open 1 h and 1 h.
    ['when the clocks go back', '2026-10-30T17:00', '2026-11-02T10:00', 66, 2],
    // 65 h on the wall, one less because 2:00 to 3:00 does not exist.
    ['when the clocks go forward', '2027-03-12T17:00', '2027-03-15T10:00', 64, 2],
    // Saturday 12:00 to Sunday 15:00: closed.
    ['outside business hours alone', '2026-11-21T12:00', '2026-11-22T15:00', 27, 0],
  ])('%s', (_, asked, answered, calendar, business) => {
    const measured = measure(...opened(asked), answers(answered));
    expect(only(measured, 'first_reply')).toMatchObject([hours(calendar, business)]);
    expect(measured.measures.filter(({ figure }) => figure === 'next_reply')).toEqual([]);
  });

  test('is met by the target of the tier, priority and channel that the ticket had then', () => {
    // Urgent when answered after an hour: 30 minutes were allowed. Later it is not urgent any more.
    const measured = measure(
      ...opened('2026-11-23T09:00'),
      anEntry('2026-11-23T09:10', 'priority', { value: 'urgent' }),
      answers('2026-11-23T10:00'),
      anEntry('2026-11-23T10:30', 'priority', { value: 'normal' }),
    );
    expect(only(measured, 'first_reply')).toMatchObject([{ met: false }]);
  });

  test('is the second message if an agent opened the ticket in public, and the first if by a private note', () => {
    const byAgent = { actor: 'agent', actorId: LENA } as const;
    const inPublic = measure(
      created('2026-11-23T09:00', byAgent),
      answers('2026-11-23T09:00', LENA),
      answers('2026-11-23T12:00', OMAR),
    );
    expect(only(inPublic, 'first_reply')).toMatchObject([{ ...hours(3, 3), agentId: OMAR }]);
    expect(only(inPublic, 'arrival')).toMatchObject([{ detail: 'agent' }]);
    const byNote = measure(
      created('2026-11-23T09:00', byAgent),
      answers('2026-11-23T09:00', LENA, { public: false }),
      answers('2026-11-23T10:00', LENA),
    );
    expect(only(byNote, 'first_reply')).toMatchObject([hours(1, 1)]);
  });

  test('is no automatic reply, no private note, and nothing that a customer wrote', () => {
    const measured = measure(
      ...opened('2026-11-23T09:00'),
      answers('2026-11-23T09:01', -1, { actor: 'zendesk' }),
      answers('2026-11-23T09:02', LENA, { public: false }),
      asks('2026-11-23T09:03'),
      answers('2026-11-23T09:30'),
    );
    expect(only(measured, 'first_reply')).toMatchObject([hours(0.5, 0.5)]);
  });
});

describe('next reply', () => {
  test('from the oldest unanswered message, over Thanksgiving and a weekend', () => {
    // Asked on Wednesday 17:00 and chased on Friday; answered on Monday 10:00: 113 h; open 1 h, 9 h on Friday, 1 h.
    const measured = measure(
      ...opened('2026-11-25T09:00'),
      answers('2026-11-25T10:00'),
      asks('2026-11-25T17:00'),
      asks('2026-11-27T12:00'),
      answers('2026-11-30T10:00', OMAR),
    );
    // 8 business hours were allowed.
    expect(only(measured, 'next_reply')).toMatchObject([{ ...hours(113, 11), met: false, agentId: OMAR }]);
  });

  test('counts only replies that somebody waited for, and an automatic reply of the customer waits for none', () => {
    const measured = measure(
      ...opened('2026-11-23T09:00'),
      answers('2026-11-23T10:00'),
      answers('2026-11-23T10:01'),
      anEntry('2026-11-23T10:02', 'automatic_reply', { value: 'email', ref: 77, actor: 'customer', public: true }),
      answers('2026-11-23T11:00'),
    );
    expect(only(measured, 'next_reply')).toEqual([]);
    expect(measured.waits).toHaveLength(1);
  });
});

describe('solving', () => {
  const reopenedOnce = [
    ...opened('2026-11-23T09:00'),
    answers('2026-11-23T10:00'),
    becomes('2026-11-23T10:00', 'solved', { groupId: GROUPS['Support Tier 1'] ?? null, assigneeId: LENA }),
    asks('2026-11-24T09:00'),
    becomes('2026-11-24T09:00', 'open', { actor: 'customer' }),
    anEntry('2026-11-24T09:30', 'assignee', { ref: OMAR, actor: 'agent' }),
    toGroup('2026-11-24T09:30', 'Support Tier 2'),
    becomes('2026-11-24T12:00', 'pending', { actorId: OMAR }),
    answers('2026-11-24T12:00', OMAR),
    becomes('2026-11-25T12:00', 'open', { actor: 'customer' }),
    asks('2026-11-25T12:00'),
    answers('2026-11-25T15:00', OMAR),
    becomes('2026-11-25T15:00', 'solved', {
      groupId: GROUPS['Support Tier 2'] ?? null,
      assigneeId: OMAR,
      actorId: OMAR,
    }),
    becomes('2026-11-29T15:00', 'closed', { actor: 'zendesk', actorId: null }),
  ];

  test('first and full resolution, requester wait, solves and the reopening, each for who was responsible', () => {
    const measured = measure(...reopenedOnce);
    expect(only(measured, 'first_resolution')).toMatchObject([{ ...hours(1, 1), agentId: LENA, groupId: 11 }]);
    // Monday 9:00 to Wednesday 15:00: 54 h; open 9 + 9 + 6.
    expect(only(measured, 'full_resolution')).toMatchObject([{ ...hours(54, 24), agentId: OMAR, groupId: 12 }]);
    // New until the first solve 1 h, open on Tuesday 9 to 12, pending, open on Wednesday 12 to 15: 7 h, all of them in business hours.
    expect(only(measured, 'requester_wait')).toMatchObject([hours(7, 7)]);
    expect(only(measured, 'solve')).toMatchObject([
      { at: at('2026-11-23T10:00'), agentId: LENA, groupId: 11, detail: null },
      { at: at('2026-11-25T15:00'), agentId: OMAR, groupId: 12, detail: null },
    ]);
    expect(only(measured, 'reopen')).toMatchObject([{ at: at('2026-11-24T09:00'), agentId: LENA, groupId: 11 }]);
    // Three replies.
    expect(only(measured, 'one_touch')).toEqual([]);
  });

  test('reassigning it later moves no credit', () => {
    const later = measure(...reopenedOnce, anEntry('2026-11-30T09:00', 'assignee', { ref: LENA, actor: 'agent' }));
    expect(only(later, 'solve')).toEqual(only(measure(...reopenedOnce), 'solve'));
  });

  test('requester wait leaves out pending and counts on hold, in business hours by the stretch', () => {
    // Friday 16:00 new; 17:00 pending; Monday 10:00 open; 11:00 hold; Tuesday 10:00 solved.
    const measured = measure(
      ...opened('2026-11-20T16:00'),
      answers('2026-11-20T17:00'),
      becomes('2026-11-20T17:00', 'pending'),
      asks('2026-11-23T10:00'),
      becomes('2026-11-23T10:00', 'open', { actor: 'customer' }),
      becomes('2026-11-23T11:00', 'hold'),
      becomes('2026-11-24T10:00', 'solved'),
    );
    // 1 h + 1 h + 23 h on hold = 25 h; open 1 + 1 + 7 (Monday 11 to 18) + 1 (Tuesday 9 to 10) = 10 h.
    expect(only(measured, 'requester_wait')).toMatchObject([hours(25, 10)]);
  });

  test('one touch: with one reply or none', () => {
    const one = measure(
      ...opened('2026-11-23T09:00'),
      answers('2026-11-23T10:00'),
      becomes('2026-11-23T10:00', 'solved'),
    );
    const none = measure(...opened('2026-11-23T09:00'), becomes('2026-11-23T10:00', 'solved'));
    const two = measure(
      ...opened('2026-11-23T09:00'),
      answers('2026-11-23T10:00'),
      answers('2026-11-23T11:00'),
      becomes('2026-11-23T11:00', 'solved'),
    );
    expect(only(one, 'one_touch')).toMatchObject([{ detail: '1' }]);
    expect(only(none, 'one_touch')).toMatchObject([{ detail: '0' }]);
    expect(only(two, 'one_touch')).toEqual([]);
  });

  test('by automation, and by closing without a solve', () => {
    const solved = measure(...opened('2026-11-23T09:00'), becomes('2026-11-23T10:00', 'solved', { actor: 'zendesk' }));
    expect(only(solved, 'solve')).toMatchObject([{ detail: 'automation' }]);
    const closed = measure(...opened('2026-11-23T09:00'), becomes('2026-11-23T10:00', 'closed', { actor: 'zendesk' }));
    expect(only(closed, 'solve')).toHaveLength(1);
  });

  test('a ticket that is open again is not fully resolved', () => {
    const open = measure(...reopenedOnce.slice(0, 9));
    expect(only(open, 'first_resolution')).toHaveLength(1);
    for (const figure of ['full_resolution', 'requester_wait', 'one_touch'] as const)
      expect(only(open, figure)).toEqual([]);
  });
});

describe('moves', () => {
  const byHand = (...groups: readonly string[]) =>
    measure(...opened('2026-11-23T09:00'), ...groups.map((group, index) => toGroup(`2026-11-23T1${index}:00`, group)));

  test('from A to B to A to B are three moves, two of them back', () => {
    const measured = byHand('Support Tier 2', 'Support Tier 1', 'Support Tier 2');
    expect(only(measured, 'bounce')).toMatchObject([
      { at: at('2026-11-23T11:00'), detail: '2' },
      { at: at('2026-11-23T12:00'), detail: '3' },
    ]);
    expect(only(measured, 'escalation').map(({ at, detail, tier, groupId }) => [at, detail, tier, groupId])).toEqual([
      [at('2026-11-23T10:00'), 't2', 't1', 11],
      [at('2026-11-23T12:00'), 't2', 't1', 11],
    ]);
  });

  test('the same in the sidebar, where Deskwright sets the group a moment later', () => {
    const byUs = { actor: 'us', actorId: null } as const;
    const agent = { actor: 'agent', actorId: LENA } as const;
    const measured = measure(
      ...opened('2026-11-23T09:00'),
      anEntry('2026-11-23T10:00:00', 'escalated', { value: 't2', ...agent }),
      anEntry('2026-11-23T10:00:00', 'tier', { value: 't2', ...agent }),
      toGroup('2026-11-23T10:00:01', 'Support Tier 2', byUs),
      anEntry('2026-11-23T11:00:00', 'handed_back', { value: 't2', ...agent }),
      anEntry('2026-11-23T11:00:00', 'tier', { value: 't1', ...agent }),
      toGroup('2026-11-23T11:00:01', 'Support Tier 1', byUs),
      // Two clocks: the group is recorded before what caused it.
      toGroup('2026-11-23T11:59:59', 'Support Tier 2', byUs),
      anEntry('2026-11-23T12:00:00', 'escalated', { value: 't2', ...agent }),
      anEntry('2026-11-23T12:00:00', 'tier', { value: 't2', ...agent }),
    );
    expect(only(measured, 'bounce').map(({ detail }) => detail)).toEqual(['2', '3']);
    expect(only(measured, 'escalation')).toHaveLength(2);
    // It came to t1, t2, t1 and t2.
    expect(only(measured, 'tier_entry').map(({ tier }) => tier)).toEqual(['t1', 't2', 't1', 't2']);
  });

  test('without knowing groups, what the sidebar recorded is enough', () => {
    const agent = { actor: 'agent', actorId: LENA } as const;
    const entries = [
      ...opened('2026-11-23T09:00'),
      anEntry('2026-11-23T10:00', 'escalated', { value: 't2', ...agent }),
      anEntry('2026-11-23T10:00', 'tier', { value: 't2', ...agent }),
      anEntry('2026-11-23T11:00', 'escalated', { value: 't3', ...agent }),
      anEntry('2026-11-23T11:00', 'tier', { value: 't3', ...agent }),
      // From Tier 3 to Tier 1, not where it came from.
      anEntry('2026-11-23T12:00', 'handed_back', { value: 't3', ...agent }),
      anEntry('2026-11-23T12:00', 'tier', { value: 't1', ...agent }),
      anEntry('2026-11-23T13:00', 'escalated', { value: 't2', ...agent }),
    ];
    const measured = measureTicket(entries, null, { policy });
    expect(only(measured, 'bounce').map(({ detail }) => detail)).toEqual(['3', '4']);
    expect(only(measured, 'escalation').map(({ detail }) => detail)).toEqual(['t2', 't3', 't2']);
  });

  test('placing a new ticket, and moving it for a corrected category, is no move', () => {
    const measured = measure(
      created('2026-11-23T09:00'),
      asks('2026-11-23T09:00'),
      anEntry('2026-11-23T09:00', 'group', { ref: 5, actor: 'zendesk' }),
      ...decided('2026-11-23T09:00', 'refunds', 't1', 'money-back'),
      toGroup('2026-11-23T09:00:01', 'Support Tier 1', { actor: 'us' }),
      anEntry('2026-11-23T10:00', 'category', { value: 'bug', actor: 'agent', actorId: LENA }),
      anEntry('2026-11-23T10:00', 'tier', { value: 't2', actor: 'agent', actorId: LENA }),
      toGroup('2026-11-23T10:00:01', 'Support Tier 2', { actor: 'us' }),
    );
    for (const figure of ['escalation', 'bounce'] as const) expect(only(measured, figure)).toEqual([]);
  });

  test("a department's answer counts in its own hours", () => {
    // Wednesday 12:00 to Friday 8:00: 44 h. The warehouse works on Wednesday until 14, not on Thanksgiving, on Friday from 6: 2 + 2 h, just in time.
    const agent = { actor: 'agent', actorId: LENA } as const;
    const handedOver = [
      ...opened('2026-11-25T09:00'),
      anEntry('2026-11-25T12:00', 'handed_off', { value: 'warehouse', ...agent }),
      toGroup('2026-11-25T12:00:02', 'Warehouse', { actor: 'us' }),
    ];
    const back = anEntry('2026-11-27T08:00', 'handed_back', { value: 'warehouse', actor: 'agent', actorId: OMAR });
    const measured = measure(...handedOver, back, toGroup('2026-11-27T08:00:02', 'Support Tier 1', { actor: 'us' }));
    expect(only(measured, 'hand_off')).toMatchObject([{ detail: 'warehouse', tier: 't1', groupId: 11, agentId: LENA }]);
    expect(only(measured, 'department_answer')).toMatchObject([
      { ...hours(44, 4), met: true, detail: 'warehouse', agentId: OMAR },
    ]);
    const late = measure(...handedOver, { ...back, at: at('2026-11-27T08:00:01') });
    expect(only(late, 'department_answer')).toMatchObject([{ met: false }]);
    expect(only(measure(...handedOver), 'department_answer')).toEqual([]);
    expect(only(measured, 'escalation')).toEqual([]);
  });

  test('a ticket moved to a department by hand is with it until it is moved on', () => {
    const measured = byHand('Warehouse', 'Support Tier 2');
    expect(only(measured, 'hand_off')).toHaveLength(1);
    // 10:00 to 11:00, while the warehouse works.
    expect(only(measured, 'department_answer')).toMatchObject([hours(1, 1)]);
    // It came from Tier 1 and goes to Tier 2.
    expect(only(measured, 'escalation')).toMatchObject([{ detail: 't2' }]);
  });
});

describe('stopped clocks', () => {
  const asked = opened('2026-11-23T09:00');
  test('pending without an answer, while the customer waits', () => {
    const measured = measure(
      ...asked,
      becomes('2026-11-23T09:10', 'pending', { actorId: OMAR }),
      answers('2026-11-23T15:00'),
    );
    expect(only(measured, 'clock_flip')).toMatchObject([{ at: at('2026-11-23T09:10'), agentId: OMAR, tier: 't1' }]);
    expect(only(measured, 'first_reply')).toMatchObject([hours(6, 6)]);
  });

  test.each([
    ['with the answer', [becomes('2026-11-23T09:10:00', 'pending'), answers('2026-11-23T09:10:02')]],
    ['after the answer', [answers('2026-11-23T09:10'), becomes('2026-11-23T11:00', 'pending')]],
    ['by an automation', [becomes('2026-11-23T09:10', 'pending', { actor: 'zendesk' })]],
    ['on hold', [becomes('2026-11-23T09:10', 'hold')]],
  ])('not %s', (_, entries) => {
    expect(only(measure(...asked, ...entries), 'clock_flip')).toEqual([]);
  });
});

describe('categories', () => {
  const arrived = [created('2026-11-23T09:00'), asks('2026-11-23T09:00')];
  const corrects = (time: string, category: string) =>
    anEntry(time, 'category', { value: category, actor: 'agent', actorId: LENA });

  test('set by a trigger, with guidance', () => {
    const measured = measure(...arrived, ...decided('2026-11-23T09:00:05', 'refunds', 't1', 'money-back'));
    expect(only(measured, 'automatic_category')).toMatchObject([
      { at: at('2026-11-23T09:00'), met: true, detail: 'money-back', category: 'refunds', tier: 't1' },
    ]);
    expect(only(measured, 'guided')).toHaveLength(1);
    expect([...only(measured, 'other'), ...only(measured, 'override')]).toEqual([]);
  });

  test('the default one is not set by a trigger', () => {
    const measured = measure(...arrived, ...decided('2026-11-23T09:00:05', 'other', 't1'));
    expect(only(measured, 'automatic_category')).toMatchObject([{ met: false, detail: 'none' }]);
    expect(only(measured, 'other')).toHaveLength(1);
    expect(only(measured, 'guided')).toEqual([]);
  });

  test('overruled by a person: all measures have the category of now', () => {
    const measured = measure(
      ...arrived,
      ...decided('2026-11-23T09:00:05', 'refunds', 't1', 'money-back'),
      answers('2026-11-23T09:30'),
      corrects('2026-11-23T10:00', 'other'),
      corrects('2026-11-23T11:00', 'bug'),
    );
    expect(only(measured, 'automatic_category')).toMatchObject([{ met: false, detail: 'money-back' }]);
    expect(only(measured, 'override')).toMatchObject([
      { at: at('2026-11-23T10:00'), agentId: LENA, detail: 'money-back', category: 'bug' },
    ]);
    expect(new Set(measured.measures.map(({ category }) => category))).toEqual(new Set(['bug']));
  });

  test('a correction that was undone leaves no trace', () => {
    const measured = measure(
      ...arrived,
      ...decided('2026-11-23T09:00:05', 'refunds', 't1', 'money-back'),
      corrects('2026-11-23T10:00', 'bug'),
      corrects('2026-11-23T10:01', 'refunds'),
    );
    expect(only(measured, 'automatic_category')).toMatchObject([{ met: true }]);
    expect(only(measured, 'override')).toEqual([]);
  });

  test('set by people alone', () => {
    const measured = measure(...arrived, corrects('2026-11-23T10:00', 'bug'));
    expect(only(measured, 'automatic_category')).toMatchObject([{ met: false, detail: null }]);
    expect(only(measured, 'override')).toEqual([]);
  });

  test('the steps that were done by the last solve', () => {
    const step = (time: string, kind: 'step_done' | 'step_undone', value: string) => anEntry(time, kind, { value });
    const measured = measure(
      ...opened('2026-11-23T09:00'),
      step('2026-11-23T09:10', 'step_done', 'find-order'),
      step('2026-11-23T09:20', 'step_done', 'check-limit'),
      step('2026-11-23T09:30', 'step_undone', 'check-limit'),
      step('2026-11-23T09:40', 'step_done', 'refund'),
      step('2026-11-23T09:50', 'step_done', 'a step that is gone'),
      becomes('2026-11-23T10:00', 'solved', { assigneeId: LENA }),
      step('2026-11-23T11:00', 'step_done', 'tell-customer'),
    );
    // Two of four.
    expect(only(measured, 'steps_followed')).toMatchObject([{ score: 50, agentId: LENA }]);
  });
});

describe('surveys', () => {
  test('count for who had solved the ticket, at the first answer, with the latest score', () => {
    const measured = measure(
      ...opened('2026-11-23T09:00'),
      becomes('2026-11-23T10:00', 'solved', { assigneeId: LENA, groupId: 11 }),
      anEntry('2026-11-24T10:00', 'survey_asked', { value: 'csat', ref: 5, actor: 'us' }),
      anEntry('2026-11-24T11:00', 'assignee', { ref: OMAR }),
      anEntry('2026-11-24T12:00', 'survey_answered', { value: 'csat:2', ref: 5, actor: 'customer' }),
      anEntry('2026-11-25T12:00', 'survey_answered', { value: 'csat:5', ref: 5, actor: 'customer' }),
      anEntry('2026-11-26T10:00', 'survey_asked', { value: 'ces', ref: 6, actor: 'us' }),
    );
    expect(only(measured, 'survey_asked')).toMatchObject([
      { detail: 'csat', met: true, agentId: LENA },
      { detail: 'ces', met: false, agentId: LENA },
    ]);
    expect(only(measured, 'csat')).toMatchObject([
      { at: at('2026-11-24T12:00'), score: 5, agentId: LENA, groupId: 11 },
    ]);
    expect(only(measured, 'ces')).toEqual([]);
  });

  test('do not count an answer that was withdrawn, until another comes', () => {
    const entries = [
      ...opened('2026-11-23T09:00'),
      becomes('2026-11-23T10:00', 'solved', { assigneeId: LENA, groupId: 11 }),
      anEntry('2026-11-24T10:00', 'survey_asked', { value: 'csat', ref: 5, actor: 'us' }),
      anEntry('2026-11-24T10:01', 'survey_answered', { value: 'csat:1', ref: 5, actor: 'customer' }),
      anEntry('2026-11-24T10:02', 'survey_answered', { value: 'csat:withdrawn', ref: 5, actor: 'customer' }),
    ];
    const withdrawn = measure(...entries);
    expect(only(withdrawn, 'csat')).toEqual([]);
    expect(only(withdrawn, 'survey_asked')).toMatchObject([{ met: false }]);
    const again = anEntry('2026-11-25T12:00', 'survey_answered', { value: 'csat:4', ref: 5, actor: 'customer' });
    expect(only(measure(...entries, again), 'csat')).toMatchObject([{ at: at('2026-11-25T12:00'), score: 4 }]);
  });
});
