import type { MeasureId } from '@deskwright/shared';
import { TIMED } from '@deskwright/shared';
import fc from 'fast-check';
import { HISTORY_KINDS, type HistoryEntry, type HistoryKind } from './history-entry.ts';
import type { Measure, TicketMeasures } from './measure.ts';
import { measureTicket } from './measure-ticket.ts';
import {
  anEntry,
  answers,
  aPolicy,
  asks,
  at,
  becomes,
  CUSTOMER,
  GROUPS,
  groupIdOf,
  LENA,
  OMAR,
  only,
  opened,
  toGroup,
  zendeskFigures,
} from './testing/builders.ts';

const policy = aPolicy();
const steps = new Map([['refunds', ['a', 'b']]]);
const context = { policy, groupIdOf, steps };
const measure = (...entries: readonly HistoryEntry[]) => measureTicket(entries, null, context);

const START = at('2026-10-30T12:00').getTime();
const VALUES: Partial<Record<HistoryKind, readonly (string | null)[]>> = {
  created: ['email', 'web'],
  status: ['new', 'open', 'pending', 'hold', 'solved', 'closed', 'a later one'],
  priority: [null, 'normal', 'urgent'],
  category: [null, 'refunds', 'bug', 'other'],
  tier: [null, 't1', 't2', 't3', 'one that is gone'],
  escalated: ['t2', 't3'],
  handed_off: ['warehouse'],
  handed_back: ['t2', 't3', 'warehouse'],
  step_done: ['a', 'b'],
  step_undone: ['a', 'b'],
  survey_asked: ['csat', 'ces'],
  follow_up_opened: ['csat', 'nps'],
  follow_up_outcome: ['reached', 'resolved'],
  survey_answered: ['csat:1', 'csat:5', 'csat:withdrawn', 'ces:7', 'nonsense'],
};

/** Few moments, a quarter of a second apart at least, over a change of the clocks, a weekend and working days. */
const moment = fc.oneof(
  fc.integer({ min: 0, max: 40 }).map((quarters) => START + quarters * 250),
  fc.integer({ min: 0, max: 200 }).map((hours) => START + hours * 3_600_000),
);
const anyEntry: fc.Arbitrary<HistoryEntry> = fc
  .record({
    kind: fc.constantFrom(...HISTORY_KINDS.filter((kind) => !['deleted', 'spam', 'merged'].includes(kind))),
    when: moment,
    pick: fc.nat(20),
    ref: fc.integer({ min: -1, max: 9 }),
    actor: fc.constantFrom('customer', 'agent', 'us', 'zendesk', null),
    public: fc.boolean(),
    rule: fc.constantFrom('money-back', null),
  })
  .map(({ kind, when, pick, ref, actor, public: isPublic, rule }) => {
    const values = VALUES[kind] ?? [null];
    const groups = Object.values(GROUPS);
    return {
      ...anEntry('2026-10-30T12:00', kind),
      at: new Date(when),
      value: values[pick % values.length] ?? null,
      ref: kind === 'group' ? (groups[pick % groups.length] ?? null) : kind === 'assignee' ? LENA + (pick % 2) : ref,
      actor,
      actorId: actor === 'customer' ? CUSTOMER : actor === 'agent' ? LENA + (pick % 2) : null,
      public: kind === 'comment' ? isPublic : null,
      rule: kind === 'category' ? rule : null,
    };
  });
const anyHistory = fc.array(anyEntry, { maxLength: 25 });
const anyZendesk = fc.option(
  fc.record({ firstReply: fc.option(fc.nat(9_000)), firstResolution: fc.option(fc.nat(9_000)), reopens: fc.nat(2) }),
);

const order = (measured: TicketMeasures) => ({
  waits: measured.waits,
  measures: measured.measures.map((one) => JSON.stringify(one)).toSorted(),
});

test('the order of entries and doubles change nothing', () => {
  const mixed = anyHistory.chain((entries) =>
    fc.tuple(fc.constant(entries), fc.shuffledSubarray([...entries, ...entries], { minLength: 2 * entries.length })),
  );
  fc.assert(
    fc.property(mixed, anyZendesk, ([entries, shuffled], zendesk) => {
      const figures = zendesk === null ? null : zendeskFigures(zendesk);
      expect(order(measureTicket(shuffled, figures, context))).toEqual(order(measureTicket(entries, figures, context)));
    }),
    { numRuns: 400 },
  );
});

test('durations are whole, not negative, and business time is never longer than elapsed time', () => {
  fc.assert(
    fc.property(anyHistory, (entries) => {
      for (const { seconds, businessSeconds, figure } of measure(...entries).measures) {
        const isTimed = (TIMED as readonly MeasureId[]).includes(figure);
        expect([seconds !== null, businessSeconds !== null]).toEqual([isTimed, isTimed]);
        expect(Number.isInteger(seconds ?? 0)).toBe(true);
        expect(businessSeconds ?? 0).toBeGreaterThanOrEqual(0);
        expect(businessSeconds ?? 0).toBeLessThanOrEqual(seconds ?? 0);
      }
    }),
    { numRuns: 400 },
  );
});

test('a wait ends at most once, before the next begins, and at most the last one is open', () => {
  fc.assert(
    fc.property(anyHistory, (entries) => {
      const { waits, measures } = measure(...entries);
      for (const { since, until, endedBy, placements } of waits) {
        expect(endedBy === null).toBe(until === null);
        expect((until ?? since).getTime()).toBeGreaterThanOrEqual(since.getTime());
        expect(placements[0]?.at).toEqual(since);
      }
      expect(waits.slice(0, -1).filter(({ until }) => until === null)).toEqual([]);
      expect(new Set(waits.map(({ since }) => since.getTime())).size).toBe(waits.length);
      const replied = waits.filter(({ endedBy }) => endedBy === 'reply').length;
      const replies = measures.filter(({ figure }) => figure === 'first_reply' || figure === 'next_reply').length;
      // A first reply may end no wait, where an agent opened the ticket.
      expect(replies).toBeGreaterThanOrEqual(replied - 1);
    }),
    { numRuns: 400 },
  );
});

test('once a ticket, and a last solve after the first', () => {
  const count = ({ measures }: TicketMeasures, figure: MeasureId) =>
    measures.filter((measure) => measure.figure === figure).length;
  fc.assert(
    fc.property(anyHistory, (entries) => {
      const measured = measure(...entries);
      for (const figure of ['arrival', 'first_reply', 'first_resolution', 'full_resolution', 'one_touch'] as const)
        expect(count(measured, figure)).toBeLessThanOrEqual(1);
      expect(count(measured, 'full_resolution')).toBeLessThanOrEqual(count(measured, 'first_resolution'));
      expect(count(measured, 'reopen')).toBeLessThanOrEqual(count(measured, 'solve') + 1);
      expect(count(measured, 'one_touch')).toBeLessThanOrEqual(count(measured, 'full_resolution'));
      expect(count(measured, 'other') + count(measured, 'guided')).toBeLessThanOrEqual(
        count(measured, 'automatic_category'),
      );
    }),
    { numRuns: 400 },
  );
});

test('counts add up over any partition of tickets, and each measure has one tier, group, channel and category', () => {
  fc.assert(
    fc.property(fc.array(anyHistory, { maxLength: 8 }), fc.func(fc.nat(3)), (tickets, partOf) => {
      const all = tickets.flatMap((entries) => measure(...entries).measures);
      const parts = new Map<number, Measure[]>();
      for (const entries of tickets) {
        const part = partOf(entries.length);
        parts.set(part, [...(parts.get(part) ?? []), ...measure(...entries).measures]);
      }
      const tally = (measures: readonly Measure[]) => {
        const counts = new Map<string, number>();
        for (const { figure, seconds } of measures) counts.set(figure, (counts.get(figure) ?? 0) + 1 + (seconds ?? 0));
        return counts;
      };
      const sums = new Map<string, number>();
      for (const part of parts.values())
        for (const [figure, sum] of tally(part)) sums.set(figure, (sums.get(figure) ?? 0) + sum);
      expect(sums).toEqual(tally(all));
    }),
    { numRuns: 100 },
  );
});

test('the longer history of a ticket keeps the measures of the shorter one, unless it is reopened, corrected or moved', () => {
  const until = at('2026-11-24T00:00');
  const entries = [
    ...opened('2026-11-23T09:00'),
    answers('2026-11-23T10:00'),
    asks('2026-11-23T11:00'),
    answers('2026-11-23T12:00'),
    becomes('2026-11-23T12:00', 'solved', { assigneeId: LENA }),
    anEntry('2026-11-25T09:00', 'assignee', { ref: OMAR }),
    becomes('2026-11-27T12:00', 'closed', { actor: 'zendesk' }),
  ];
  const asOf = measureTicket(entries, null, { ...context, now: until });
  expect(measure(...entries)).toEqual(asOf);
  expect(measure(...entries.slice(0, -2))).toEqual(asOf);
});

describe('tickets that count in part or not at all', () => {
  const entries = [
    ...opened('2026-11-23T09:00'),
    answers('2026-11-23T10:00'),
    asks('2026-11-23T11:00'),
    becomes('2026-11-23T12:00', 'closed', { actor: 'agent' }),
  ];
  const gone = (time: string, kind: HistoryKind) => anEntry(time, kind, { actor: 'agent', actorId: LENA });

  test.each(['deleted', 'spam'] as const)('%s counts in nothing, until it is restored', (kind) => {
    const removed = [...entries, gone('2026-11-24T09:00', kind)];
    expect(measureTicket(removed, zendeskFigures({ firstReply: 5 }), context)).toEqual({ measures: [], waits: [] });
    expect(measure(...removed, gone('2026-11-25T09:00', 'restored'))).toEqual(measure(...entries));
  });

  test('a merged one arrived and was answered, but the merge is no answer and no solve', () => {
    const measured = measure(...entries, answers('2026-11-23T12:00'), gone('2026-11-23T12:00', 'merged'));
    expect(measured.measures.map(({ figure }) => figure).toSorted()).toEqual([
      'arrival',
      'automatic_category',
      'first_reply',
      'guided',
      'merge',
      'tier_entry',
    ]);
    expect(measured.waits.map(({ endedBy, until }) => [endedBy, until])).toEqual([
      ['reply', at('2026-11-23T10:00')],
      ['gone', at('2026-11-23T12:00')],
    ]);
  });
});

test('the events of one merge may lie on both sides of a full second', () => {
  const measured = measure(
    ...opened('2026-11-23T09:00'),
    becomes('2026-11-23T11:59:59.900', 'closed', { actor: 'agent' }),
    anEntry('2026-11-23T12:00:00.100', 'merged', { actor: 'agent', actorId: LENA }),
  );
  expect(only(measured, 'solve')).toEqual([]);
  expect(measured.waits.map(({ endedBy }) => endedBy)).toEqual(['gone']);
});

test('a history that begins in the middle of the life measures what it can tell', () => {
  const measured = measure(
    asks('2026-11-23T11:00'),
    answers('2026-11-23T12:00'),
    becomes('2026-11-23T12:00', 'solved', { assigneeId: LENA }),
  );
  expect(measured.measures.map(({ figure }) => figure)).toEqual(['next_reply', 'solve']);
  // Closed days after a solve that it did not see.
  expect(only(measure(becomes('2026-11-27T12:00', 'closed')), 'solve')).toEqual([]);
});

test('entries of a later version are left out', () => {
  const unknown = { ...anEntry('2026-11-23T10:00', 'comment'), kind: 'a later kind' as HistoryKind };
  expect(measure(...opened('2026-11-23T09:00'), unknown)).toEqual(measure(...opened('2026-11-23T09:00')));
});

test('a wait remembers where the ticket stood meanwhile', () => {
  const { waits } = measure(
    ...opened('2026-11-23T09:00'),
    anEntry('2026-11-23T09:30', 'assignee', { ref: OMAR, actor: 'agent' }),
    toGroup('2026-11-23T10:00', 'Support Tier 2'),
    answers('2026-11-23T12:00', OMAR),
  );
  expect(waits[0]?.placements).toEqual([
    { at: at('2026-11-23T09:00'), tier: 't1', groupId: 11, assigneeId: null, priority: null },
    { at: at('2026-11-23T09:30'), tier: 't1', groupId: 11, assigneeId: OMAR, priority: null },
    { at: at('2026-11-23T10:00'), tier: 't1', groupId: 12, assigneeId: OMAR, priority: null },
  ]);
});

test('the first message under its negative id is not taken for another one', () => {
  const byAgent = { actor: 'agent', actorId: LENA } as const;
  const entries = [
    anEntry('2026-11-23T09:00', 'created', { value: 'email', ...byAgent }),
    answers('2026-11-23T09:00:00', LENA, { ref: -42 }),
    answers('2026-11-23T09:00:01', LENA, { ref: 7 }),
  ];
  expect(only(measure(...entries), 'first_reply')).toEqual([]);
});
