import type { Condition, ConditionGroup, ConditionNode } from '@deskwright/shared';
import { PRIORITIES } from '@deskwright/shared';
import fc from 'fast-check';
import { compilePolicy } from './compile-policy.ts';
import { decide } from './decide.ts';
import { aPolicy, aTicket, NOW } from './testing/builders.ts';
import { decideOutcomePlainly } from './testing/reference-decide.ts';
import { asksTime, nextTimeChange, timeThresholds } from './time-conditions.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const waits = (operator: string, value: number): Condition => ({ field: 'waiting_hours', operator, value });
const age = (operator: string, value: number): Condition => ({ field: 'created_hours_ago', operator, value });

test.each([
  ['less than 24 hours: not any more at the hour', age('less_than', 24), 24 * HOUR],
  ['greater than 24 hours: only just after the hour', age('greater_than', 24), 24 * HOUR + 1],
  ['parts of an hour that are whole milliseconds', age('greater_than', 0.5), HOUR / 2 + 1],
  ['parts of an hour that are not', age('less_than', 1 / 7), Math.ceil(HOUR / 7)],
  ['no time at all', age('greater_than', 0), 1],
])('%s', (_name, condition, afterMs) => {
  const group = { all: [condition] };
  expect(timeThresholds([group])).toEqual([{ from: 'createdAt', afterMs }]);

  const compiled = compilePolicy(aPolicy([{ id: 't', title: 'T', conditions: group, actions: { category: 'bug' } }]));
  const categoryAt = (ms: number) => decide(aTicket({ createdAt: 0, now: ms }), compiled).category.value;
  expect(categoryAt(afterMs - 1)).not.toBe(categoryAt(afterMs));
});

test('conditions are found in nested groups, each once', () => {
  const group: ConditionGroup = {
    all: [{ any: [waits('greater_than', 1), { none: [age('less_than', 2), waits('greater_than', 1)] }] }],
    none: [{ field: 'text', operator: 'includes_any', value: ['refund'] }],
  };

  expect(timeThresholds([group])).toEqual([
    { from: 'waitingSince', afterMs: HOUR + 1 },
    { from: 'createdAt', afterMs: 2 * HOUR },
  ]);
});

test('rules without time conditions have no moments', () => {
  const groups = [
    { all: [{ field: 'waiting_hours', operator: 'present' }] },
    { any: [{ field: 'custom_field:7', operator: 'greater_than', value: 24 }] },
    { all: [{ field: 'priority', operator: 'less_than', value: 'high' }] },
  ];

  expect(timeThresholds(groups)).toEqual([]);
  expect(groups.some(asksTime)).toBe(false);
});

test('a customer who is not waiting has no moment, nor has a number beyond the range of dates', () => {
  const thresholds = timeThresholds([{ all: [waits('greater_than', 1), age('greater_than', 1e300)] }]);

  expect(nextTimeChange(thresholds, { createdAt: 0, waitingSince: null }, 0)).toBeNull();
});

test('twenty-four hours stay twenty-four hours when the clocks change', () => {
  const since = Date.parse('2026-03-08T01:30:00-05:00');
  const thresholds = timeThresholds([{ all: [waits('less_than', 24)] }]);

  const moment = nextTimeChange(thresholds, { createdAt: 0, waitingSince: since }, since);

  expect(moment).toBe(Date.parse('2026-03-09T02:30:00-04:00'));
});

const hoursField = fc.constantFrom('waiting_hours', 'created_hours_ago');
const aTimeCondition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    field: hoursField,
    operator: fc.constantFrom('less_than', 'greater_than'),
    value: fc.oneof(fc.integer({ min: 0, max: 9 }), fc.double({ min: 0, max: 9, noNaN: true })),
  }),
  fc.record({ field: fc.constant('waiting_hours'), operator: fc.constantFrom('present', 'absent') }),
  fc.record({ field: fc.constant('status'), operator: fc.constantFrom('is', 'is_not'), value: fc.constant('new') }),
);
const { group: aTimeGroup } = fc.letrec<{ group: ConditionGroup; nodes: ConditionNode[] }>((tie) => ({
  group: fc.record({ all: tie('nodes'), any: tie('nodes'), none: tie('nodes') }, { requiredKeys: [] }),
  nodes: fc.array(fc.oneof({ depthSize: 'small' }, aTimeCondition, tie('group')), { maxLength: 3 }),
}));
const somePolicyOnTime = fc
  .array(fc.tuple(aTimeGroup, fc.constantFrom('refund', 'bug'), fc.constantFrom(...PRIORITIES)), { maxLength: 3 })
  .map((triggers) =>
    aPolicy(
      triggers.map(([conditions, category, priority], at) => ({
        id: `t${at}`,
        title: `Trigger ${at}`,
        conditions,
        actions: { category, priority, add_tags: [`tag-${at}`] },
      })),
    ),
  );
const onePolicyOnTime = aPolicy([
  { id: 't', title: 'T', conditions: { all: [waits('greater_than', 1)] }, actions: { category: 'bug' } },
]);
const startsToWait = { createdAt: NOW, waitingSince: NOW, status: 'new' as const };
const hoursAgo = fc.double({ min: 0, max: 10, noNaN: true }).map((hours) => NOW - Math.round(hours * HOUR));
const someAge = fc.record({
  createdAt: hoursAgo,
  waitingSince: fc.option(hoursAgo),
  status: fc.constantFrom('new' as const, 'open' as const),
});

test('deciding only at these moments gives the same result as a simple model that decides every minute', () => {
  let changes = 0;
  fc.assert(
    fc.property(somePolicyOnTime, someAge, (policy, ticketAge) => {
      const ticket = aTicket(ticketAge);
      const compiled = compilePolicy(policy);
      const says = (now: number) => {
        const { category, priority, tags } = decide({ ...ticket, now }, compiled);
        return { category: category.value, priority: priority.value, tags: tags.map(({ value }) => value) };
      };
      let last = says(NOW);
      let due = nextTimeChange(compiled.timeThresholds, ticket, NOW);
      const atMoments: unknown[] = [];
      const everyMinute: unknown[] = [];
      for (let now = NOW; now <= NOW + 10 * HOUR; now += MINUTE) {
        for (; due !== null && due <= now; due = nextTimeChange(compiled.timeThresholds, ticket, due)) {
          const before = last;
          last = says(due);
          if (JSON.stringify(before) !== JSON.stringify(last)) changes += 1;
        }
        atMoments.push(last);
        everyMinute.push(decideOutcomePlainly({ ...ticket, now }, policy));
      }
      expect(atMoments).toEqual(everyMinute);
    }),
    // Among the random ones there may be none whose decision changes.
    { numRuns: Number(process.env.FC_RUNS ?? 20), examples: [[onePolicyOnTime, startsToWait]] },
  );
  // Without this the property could hold for policies whose decisions never change.
  expect(changes).toBeGreaterThan(0);
});
