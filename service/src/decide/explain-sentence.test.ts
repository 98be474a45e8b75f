import type { Condition, ConditionGroup, TicketFacts } from '@deskwright/shared';
import { compilePolicy } from './compile-policy.ts';
import { decide } from './decide.ts';
import { explainSentence } from './explain-sentence.ts';
import { aPolicy, aTicket, NOW } from './testing/builders.ts';

function explain(conditions: ConditionGroup, facts: Partial<TicketFacts> = {}): string {
  const policy = aPolicy([{ id: 'x', title: 'The rule', conditions, actions: { category: 'refund' } }]);
  return explainSentence(decide(aTicket(facts), compilePolicy(policy)), policy);
}

describe('explainSentence', () => {
  it.each<[Condition, Partial<TicketFacts>, string]>([
    [{ field: 'text', operator: 'includes_any', value: ['refund~'] }, { subject: 'Refnd!' }, 'the text says "refnd"'],
    [
      { field: 'text', operator: 'includes_all', value: ['a', 'b', 'c', 'd'] },
      { subject: 'a b c d' },
      'the text says "a", "b", "c" …',
    ],
    [{ field: 'text', operator: 'includes_none', value: ['x', 'y'] }, {}, 'the text says none of "x" and "y"'],
    [{ field: 'subject', operator: 'matches', value: 'h.l+' }, {}, 'the subject says "Hell"'],
    [{ field: 'subject', operator: 'not_matches', value: 'x' }, {}, 'the subject does not match "x"'],
    [{ field: 'tags', operator: 'includes_any', value: ['vip'] }, { tags: ['vip'] }, 'the tags include "vip"'],
    [{ field: 'tags', operator: 'includes_none', value: ['vip'] }, {}, 'the tags include none of "vip"'],
    [{ field: 'status', operator: 'less_than', value: 'solved' }, {}, 'the status is below solved'],
    [{ field: 'waiting_hours', operator: 'less_than', value: 2 }, {}, 'the wait is under 2 hours'],
    [
      { field: 'created_hours_ago', operator: 'greater_than', value: 2 },
      { createdAt: NOW - 9e6 * 3 },
      'the age is over 2 hours',
    ],
    [{ field: 'via', operator: 'is', value: 'email' }, {}, 'the channel is "email"'],
    [{ field: 'custom_field:7', operator: 'is_not', value: 'tent' }, {}, 'custom field 7 is not "tent"'],
    [{ field: 'requester_email', operator: 'present' }, {}, 'the requester email is filled in'],
    [{ field: 'organization', operator: 'absent' }, {}, 'the organization is empty'],
  ])('%j', (condition, facts, because) => {
    expect(explain({ all: [condition] }, facts)).toBe(`Refund, Tier 1: ${because} (trigger "The rule")`);
  });

  it("leaves out the obvious when the customer's words explain it", () => {
    const conditions: ConditionGroup = {
      all: [
        { field: 'status', operator: 'less_than', value: 'solved' },
        { field: 'text', operator: 'includes_any', value: ['money back'] },
      ],
    };

    expect(explain(conditions, { subject: 'Money back' })).toBe(
      'Refund, Tier 1: the text says "money back" (trigger "The rule")',
    );
  });

  it('leaves out conditions that held in a group that did not hold', () => {
    const text = (...value: string[]) => ({ field: 'text', operator: 'includes_any', value }) as const;
    const conditions: ConditionGroup = {
      any: [text('not arrived'), { all: [text('parcel', 'box'), text('late')] }],
    };

    expect(explain(conditions, { subject: 'My box has not arrived' })).toBe(
      'Refund, Tier 1: the text says "not arrived" (trigger "The rule")',
    );
    expect(explain(conditions, { subject: 'My box is late' })).toBe(
      'Refund, Tier 1: the text says "box" and the text says "late" (trigger "The rule")',
    );
  });

  it('says so when a trigger has no conditions, and when none fires', () => {
    expect(explain({})).toBe('Refund, Tier 1: every ticket (trigger "The rule")');
    expect(explain({ none: [{}] })).toBe('Other, Tier 1: no trigger fits, so the default category stands');
  });
});
