// Tests that the checks of a policy file and the engine agree on the meaning of conditions.
import {
  type Condition,
  type ConditionGroup,
  FIELD_NAMES,
  loadPolicy,
  operatorsOf,
  PRIORITIES,
  STATUSES,
  TICKET_TYPES,
  type TicketFacts,
} from '@deskwright/shared';
import fc from 'fast-check';
import { POLICY_TEXT } from '../../shared/testing/policy-text.ts';
import { compilePolicy } from '../src/decide/compile-policy.ts';
import { decide } from '../src/decide/decide.ts';

const FIELDS = [...FIELD_NAMES, 'custom_field:7'];
const WORDS = ['red', 'blue', 'Red', 'green tea'];
const HOURS = [0, 1, 4, 8];
const NOW = Date.UTC(2026, 10, 24, 9);

/** Few values, so that conditions and tickets meet often. */
function valuesOf(field: string): readonly (string | number)[] {
  if (field === 'status') return STATUSES;
  if (field === 'priority') return PRIORITIES;
  if (field === 'type') return TICKET_TYPES;
  return field.endsWith('hours') || field.endsWith('ago') ? HOURS : WORDS;
}

function conditionsOn(field: string): fc.Arbitrary<Condition> {
  return fc.constantFrom(...operatorsOf(field)).chain((operator): fc.Arbitrary<Condition> => {
    const one = fc.constantFrom(...valuesOf(field));
    if (operator === 'present' || operator === 'absent') return fc.constant({ field, operator });
    if (operator.startsWith('includes')) {
      return fc.array(one, { minLength: 1, maxLength: 2 }).map((value) => ({ field, operator, value }));
    }
    const isNumber = operator.endsWith('than') && field.startsWith('custom');
    return (isNumber ? fc.constantFrom(...HOURS) : one).map((value) => ({ field, operator, value }));
  });
}

/** Most conditions on one field, so that they often contradict one another. */
const groups: fc.Arbitrary<ConditionGroup> = fc.constantFrom(...FIELDS).chain((field) => {
  const list = (maxLength: number) => fc.array(conditionsOn(field), { minLength: 1, maxLength });
  return fc.oneof(
    fc.record({ all: list(3) }),
    fc.record({ all: list(2), any: list(2) }),
    fc.record({ all: list(2), none: list(2) }),
    fc.record({ none: list(3) }),
    fc.record({ all: fc.record({ any: list(2) }).map((group) => [group]), any: list(1) }),
  );
});

const word = fc.constantFrom(...WORDS, 'red blue');
const wordOrNone = fc.option(word);
const tickets: fc.Arbitrary<TicketFacts> = fc.record({
  now: fc.constant(NOW),
  ticketId: fc.constant(1),
  status: fc.constantFrom(...STATUSES),
  priority: fc.option(fc.constantFrom(...PRIORITIES)),
  type: fc.option(fc.constantFrom(...TICKET_TYPES)),
  subject: fc.oneof(word, fc.constant('')),
  description: fc.oneof(word, fc.constant('')),
  comment: fc.oneof(word, fc.constant('')),
  tags: fc.array(word, { maxLength: 2 }),
  via: wordOrNone,
  group: wordOrNone,
  assignee: wordOrNone,
  requester: wordOrNone,
  requesterEmail: wordOrNone,
  organization: wordOrNone,
  brand: wordOrNone,
  form: wordOrNone,
  language: wordOrNone,
  createdAt: fc.constantFrom(0, 0.5, 1, 4, 6, 9).map((hours) => NOW - hours * 3_600_000),
  waitingSince: fc.option(fc.constantFrom(0, 0.5, 1, 4, 6, 9).map((hours) => NOW - hours * 3_600_000)),
  customFields: fc
    .oneof(word, fc.constantFrom(...HOURS), fc.array(word, { maxLength: 2 }), fc.constant(null))
    .map((value) => ({ '7': value })),
});

const base = loadPolicy(POLICY_TEXT, 'policy.yaml');

/** JSON is YAML. */
function load(triggers: { id: string; conditions: ConditionGroup }[]) {
  const written = triggers.map((trigger) => ({ title: 'T', actions: { category: 'bug' }, ...trigger }));
  const result = loadPolicy(JSON.stringify({ ...(base.ok ? base.policy : {}), triggers: written }), 'policy.yaml');
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result;
}

function deciderOf(facts: TicketFacts, policy: ReturnType<typeof load>['policy']): string | null {
  const { reason } = decide(facts, compilePolicy(policy)).category;
  return reason.by === 'trigger' ? reason.triggerId : null;
}

describe('the engine can run every policy that is valid', () => {
  it('for every field with every operator', () => {
    fc.assert(
      fc.property(groups, tickets, (conditions, facts) => {
        const { policy } = load([{ id: 'one', conditions }]);
        expect(['one', null]).toContain(deciderOf(facts, policy));
      }),
      { numRuns: 100 },
    );
  });
});

describe("the policy file's warnings are true", () => {
  it('a trigger reported as never firing does not fire', () => {
    const seen = { warned: 0 };
    fc.assert(
      fc.property(groups, fc.array(tickets, { minLength: 10, maxLength: 10 }), (conditions, many) => {
        const { policy, warnings } = load([{ id: 'one', conditions }]);
        if (!warnings.some((warning) => warning.message.includes('never fires'))) return;
        seen.warned += 1;
        expect(many.map((facts) => deciderOf(facts, policy))).toEqual(many.map(() => null));
      }),
      { numRuns: 200 },
    );
    // Otherwise nothing was tested.
    expect(seen.warned).toBeGreaterThan(5);
  });

  it('a trigger reported as coming too late never decides', () => {
    const seen = { warned: 0 };
    const subject = fc.constantFrom('red', 'blue').map((value) => ({ field: 'subject', operator: 'is', value }));
    const list = fc.array(subject, { minLength: 1, maxLength: 2 });
    const small = fc
      .record({ all: list, any: list, none: list }, { requiredKeys: [] })
      .filter((group) => Object.keys(group).length > 0);
    fc.assert(
      fc.property(small, small, tickets, (first, second, facts) => {
        const { policy, warnings } = load([
          { id: 'first', conditions: first },
          { id: 'second', conditions: second },
        ]);
        if (!warnings.some((warning) => warning.message.includes('has no effect'))) return;
        seen.warned += 1;
        expect(deciderOf(facts, policy)).not.toBe('second');
      }),
      { numRuns: 200 },
    );
    expect(seen.warned).toBeGreaterThan(5);
  });
});
