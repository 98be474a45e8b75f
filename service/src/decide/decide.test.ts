import { compilePolicy } from './compile-policy.ts';
import { decide } from './decide.ts';
import { explainSentence } from './explain-sentence.ts';
import { aPolicy, aTicket } from './testing/builders.ts';

const policy = aPolicy([
  {
    id: 'refund-wording',
    title: 'Asks for money back',
    conditions: {
      all: [{ field: 'status', operator: 'less_than', value: 'solved' }],
      any: [
        { field: 'text', operator: 'includes_any', value: ['refund', 'money back', 'chargeback'] },
        { field: 'subject', operator: 'matches', value: '\\breturn(ed|ing)?\\b' },
      ],
    },
    actions: { category: 'refund', priority: 'normal', add_tags: ['money'] },
  },
  {
    id: 'broken',
    title: 'Says that something is broken',
    conditions: { all: [{ field: 'text', operator: 'includes_any', value: ['broken', 'error'] }] },
    actions: { category: 'bug', add_tags: ['money', 'technical'] },
  },
  {
    id: 'angry',
    title: 'Is angry',
    conditions: { any: [{ field: 'text', operator: 'includes_any', value: ['furious'] }] },
    actions: { priority: 'urgent' },
  },
]);
const compiled = compilePolicy(policy);
const decideOn = (facts: Parameters<typeof aTicket>[0]) => decide(aTicket(facts), compiled);

describe('decide', () => {
  it('gives the category, tier and survey of the first trigger that sets a category, with its conditions', () => {
    const decision = decideOn({ subject: 'I want my MONEY  back', description: 'The tent is broken.' });

    expect(decision.category).toEqual({
      value: 'refund',
      reason: {
        by: 'trigger',
        triggerId: 'refund-wording',
        title: 'Asks for money back',
        conditions: [
          { field: 'status', operator: 'less_than', wanted: 'solved', saw: 'new', held: true },
          {
            field: 'text',
            operator: 'includes_any',
            wanted: ['refund', 'money back', 'chargeback'],
            saw: ['money back'],
            held: true,
          },
          {
            field: 'subject',
            operator: 'matches',
            wanted: '\\breturn(ed|ing)?\\b',
            saw: 'I want my MONEY  back',
            held: false,
          },
        ],
      },
    });
    expect(decision.tier).toEqual({ value: 't1', reason: { by: 'category', categoryId: 'refund' } });
    expect(decision.survey).toEqual({ value: 'ces', reason: { by: 'category', categoryId: 'refund' } });
  });

  it('falls back to the default category and the default survey, and says which trigger came closest', () => {
    const decision = decideOn({ subject: 'Hello' });

    expect(decision.category).toEqual({ value: 'other', reason: { by: 'default', key: 'default_category' } });
    expect(decision.survey).toEqual({ value: 'csat', reason: { by: 'default', key: 'default_survey' } });
    expect(decision.nearestMiss).toMatchObject({
      triggerId: 'refund-wording',
      missedBy: [
        { field: 'text', held: false, saw: [] },
        { field: 'subject', held: false, saw: 'Hello' },
      ],
    });
  });

  it('names as nearest miss only triggers that come before the winner', () => {
    expect(decideOn({ subject: 'refund' }).nearestMiss).toBeNull();
    expect(decideOn({ subject: 'broken' }).nearestMiss?.triggerId).toBe('refund-wording');
  });

  it('collects tags, each once with the first trigger that adds it', () => {
    const { tags } = decideOn({ subject: 'refund', description: 'broken' });

    expect(tags.map(({ value, reason }) => [value, reason.by === 'trigger' && reason.triggerId])).toEqual([
      ['money', 'refund-wording'],
      ['technical', 'broken'],
    ]);
  });

  it('takes the highest priority that any trigger sets', () => {
    const { priority } = decideOn({ subject: 'refund', description: 'I am furious' });

    expect(priority).toMatchObject({ value: 'urgent', reason: { triggerId: 'angry' } });
    expect(decideOn({ subject: 'broken' }).priority).toEqual({ value: null, reason: { by: 'nothing' } });
  });

  it('sorts by when the customer began to wait, then by id', () => {
    expect(decideOn({ ticketId: 7, waitingSince: 5 }).order).toEqual({ waitingSince: 5, ticketId: 7 });
    expect(decideOn({ waitingSince: null }).order.waitingSince).toBeNull();
  });

  it('names the fields that its conditions read', () => {
    expect(compiled.asks).toEqual(new Set(['status', 'text', 'subject']));
  });

  it('gives the same decision twice', () => {
    const ticket = aTicket({ subject: 'refund', description: 'broken' });

    expect(decide(ticket, compiled)).toEqual(decide(ticket, compiled));
  });
});

describe('explainSentence', () => {
  it('names category, tier, the words seen and the trigger', () => {
    expect(explainSentence(decideOn({ subject: 'I want my money back' }), policy)).toBe(
      'Refund, Tier 1: the text says "money back" (trigger "Asks for money back")',
    );
  });

  it('says so when no trigger fires', () => {
    expect(explainSentence(decideOn({}), policy)).toBe(
      'Other, Tier 1: no trigger fits, so the default category stands',
    );
  });
});
