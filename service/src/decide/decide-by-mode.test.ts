import { isDeepStrictEqual } from 'node:util';
import { type Mode, type Policy, shareOf, type TicketFacts } from '@deskwright/shared';
import fc from 'fast-check';
import { compilePolicy } from './compile-policy.ts';
import { decide } from './decide.ts';
import { decideByMode } from './decide-by-mode.ts';
import { isInShare } from './share.ts';
import { somePolicy, someTicket } from './testing/arbitraries.ts';
import { aPolicy, aTicket } from './testing/builders.ts';

const numRuns = Number(process.env.FC_RUNS ?? 80);
const someMode = fc.constantFrom<Mode | undefined>('shadow', 'shadow', '10%', '50%', '90%', 'act', undefined);
const someTickets = fc.array(fc.tuple(someTicket, fc.integer({ min: 1, max: 500 })), { minLength: 1, maxLength: 4 });

/** A policy with a mode on each trigger, and tickets with numbers. */
const someCase = (marks: readonly string[], mode = someMode) =>
  fc
    .tuple(somePolicy(marks), fc.array(mode, { minLength: 6, maxLength: 6 }), someTickets)
    .map(([policy, modes, tickets]) => ({
      policy: withModes(policy, modes),
      tickets: tickets.map(([ticket, ticketId]) => ({ ...ticket, ticketId })),
    }));

const withModes = (policy: Policy, modes: readonly (Mode | undefined)[]): Policy => ({
  ...policy,
  triggers: policy.triggers.map((trigger, at) => {
    const mode = modes[at];
    return mode === undefined ? trigger : { ...trigger, mode };
  }),
});

/** The policy without the triggers that do not act for the ticket. */
const acting = (policy: Policy, { ticketId }: TicketFacts): Policy => ({
  ...policy,
  triggers: policy.triggers.filter(({ id, mode }) => isInShare(shareOf(mode), id, ticketId)),
});

test('what acts is what the policy decides without the triggers that are in shadow for the ticket, reasons included', () => {
  fc.assert(
    fc.property(someCase(['', '', '*']), ({ policy, tickets }) => {
      const compiled = compilePolicy(policy);
      for (const ticket of tickets)
        expect(decideByMode(ticket, compiled).decision).toEqual(decide(ticket, compilePolicy(acting(policy, ticket))));
    }),
    { numRuns },
  );
});

test('the words of a trigger in shadow do not change what counts as a misspelling', () => {
  const onlyShadow = fc.constantFrom<Mode | undefined>('shadow', 'act', undefined);
  fc.assert(
    fc.property(someCase(['', '~', '~*'], onlyShadow), ({ policy, tickets }) => {
      const compiled = compilePolicy(policy);
      for (const ticket of tickets)
        expect(decideByMode(ticket, compiled).decision).toEqual(decide(ticket, compilePolicy(acting(policy, ticket))));
    }),
    { numRuns },
  );
});

test('what is in shadow is what the policy decides without modes, and nothing where that is what acts', () => {
  const shown = ({ category, tier, priority, tags, survey }: ReturnType<typeof decide>) => ({
    category: category.value,
    tier: tier.value,
    priority: priority.value,
    tags: tags.map(({ value }) => value).toSorted(),
    survey: survey.value,
  });
  let differed = 0;
  fc.assert(
    fc.property(someCase(['', '*', '~']), ({ policy, tickets }) => {
      const compiled = compilePolicy(policy);
      const whole = compilePolicy(withModes(policy, []));
      for (const ticket of tickets) {
        const { decision, shadow } = decideByMode(ticket, compiled);
        const expected = decide(ticket, whole);
        expect(shown(shadow ?? decision)).toEqual(shown(expected));
        const isSame = isDeepStrictEqual(shown(decision), shown(expected));
        expect([isSame, shadow]).toEqual([isSame, isSame ? null : expected]);
        if (!isSame) differed++;
      }
    }),
    { numRuns },
  );
  expect(differed).toBeGreaterThan(0);
});

test('a policy whose triggers all act has no modes to consider', () => {
  const policy = aPolicy();
  expect(compilePolicy(policy).modes).toBeNull();
  expect(compilePolicy({ ...policy, mode: 'observe' }).modes).toBeNull();
  expect(compilePolicy({ ...policy, mode: '100%' }).modes).toBeNull();
  expect(compilePolicy({ ...policy, mode: 'shadow' }).modes).not.toBeNull();
});

test('by the mode of the file a ticket is in shadow as a whole, and of both modes the stricter counts', () => {
  const trigger = (mode?: Mode): Policy['triggers'][number] => ({
    id: 'money',
    title: 'Asks for money back',
    conditions: { any: [{ field: 'text', operator: 'includes_any', value: ['refund'] }] },
    actions: { category: 'refund' },
    ...(mode && { mode }),
  });
  const ticket = aTicket({ description: 'a refund' });
  const category = (mode: Policy['mode'], ofTrigger?: Mode) => {
    const { decision, acts, shadow } = decideByMode(ticket, compilePolicy(aPolicy([trigger(ofTrigger)], { mode })));
    return [acts, decision.category.value, shadow?.category.value ?? null];
  };
  expect(category('act')).toEqual([true, 'refund', null]);
  expect(category('shadow')).toEqual([false, 'refund', 'refund']);
  expect(category('act', 'shadow')).toEqual([true, 'other', 'refund']);
  expect(category('shadow', 'act')).toEqual([false, 'refund', 'refund']);
  expect(category('observe', 'shadow')).toEqual([true, 'other', 'refund']);
});

test('with shares of the file and of a trigger, the trigger acts for the smaller of both', () => {
  const conditions = { any: [{ field: 'text', operator: 'includes_any', value: ['refund'] }] };
  const trigger = { id: 'money', title: 'Money', conditions, actions: { add_tags: ['money'] }, mode: '50%' as const };
  const compiled = compilePolicy(aPolicy([trigger], { mode: '40%' }));
  const acting = Array.from({ length: 2_000 }, (_, at) =>
    decideByMode(aTicket({ ticketId: at + 1, description: 'a refund' }), compiled),
  ).filter(({ acts }) => acts);
  expect(acting.length).toBeGreaterThan(700);
  expect(acting.filter(({ decision }) => decision.tags.length === 0)).toEqual([]);
});

describe('a share of tickets', () => {
  const ids = Array.from({ length: 5_000 }, (_, at) => at + 1);

  test('is about as large as it says, the same each time, and differs between triggers', () => {
    const inside = (percent: number, name: string) => ids.filter((id) => isInShare(percent, name, id));
    expect(inside(10, 'a')).toEqual(inside(10, 'a'));
    // Four standard deviations of 5,000 draws.
    for (const percent of [1, 10, 50, 90])
      expect(Math.abs(inside(percent, 'a').length - percent * 50)).toBeLessThan(
        4 * Math.sqrt(50 * percent * (1 - percent / 100)),
      );
    expect(inside(10, 'a')).not.toEqual(inside(10, 'b'));
  });

  test('contains every smaller share', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), fc.nat(100), fc.nat(100), (name, id, a, b) => {
        expect(isInShare(Math.min(a, b), name, id) && !isInShare(Math.max(a, b), name, id)).toBe(false);
      }),
    );
  });

  test('of 0 % holds nothing, of 100 % everything', () => {
    expect(ids.some((id) => isInShare(0, 'a', id))).toBe(false);
    expect(ids.every((id) => isInShare(100, 'a', id))).toBe(true);
  });
});
