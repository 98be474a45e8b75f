import type { Condition, ConditionGroup } from '@deskwright/shared';
import { disjoint, equivalent, implies, proveNever, type Verdict } from './prove.ts';

const ask = (field: string, operator: string, value?: Condition['value']): Condition => ({
  field,
  operator,
  ...(value !== undefined && { value }),
});
const words = (...value: string[]): Condition => ask('text', 'includes_any', value);
const all = (...nodes: Condition[]): ConditionGroup => ({ all: nodes });
const any = (...nodes: Array<Condition | ConditionGroup>): ConditionGroup => ({ any: nodes });

describe('proofs', () => {
  it.each<[string, Verdict, Verdict['outcome']]>([
    [
      'a status before and after',
      proveNever(all(ask('status', 'less_than', 'open'), ask('status', 'greater_than', 'open'))),
      'proved',
    ],
    [
      'an age with room for a millisecond',
      proveNever(all(ask('created_hours_ago', 'greater_than', 1), ask('created_hours_ago', 'less_than', 1.0000004))),
      'refuted',
    ],
    [
      'an age without room for a millisecond',
      proveNever(all(ask('created_hours_ago', 'greater_than', 1), ask('created_hours_ago', 'less_than', 1.0000001))),
      'proved',
    ],
    [
      'a word wanted in the subject and refused in the text',
      proveNever({ all: [ask('subject', 'includes_any', ['refund'])], none: [words('refund*')] }),
      'proved',
    ],
    ['a phrase and one of its words', implies(all(words('money back')), all(words('money'))), 'proved'],
    ['a word and its phrase', implies(all(words('money')), all(words('money back'))), 'refuted'],
    ['a word and its beginning', implies(all(words('refunds')), all(words('refund*'))), 'proved'],
    ['a word and its misspellings', implies(all(words('refund')), all(words('refund~'))), 'proved'],
    ['misspellings and the word', implies(all(words('refund~')), all(words('refund'))), 'refuted'],
    ['two spellings of a letter', equivalent(all(words('Größe')), all(words('größe'))), 'proved'],
    ['exact letters and any', implies(all(words('refund')), all(words('exact:Refund'))), 'refuted'],
    ['other tones', implies(all(words('đôi')), all(words('đổi'))), 'refuted'],
    ['two names', disjoint(all(ask('organization', 'is', 'Acme')), all(ask('organization', 'is', 'Ajax'))), 'proved'],
    [
      'two values of a field that may have several',
      disjoint(all(ask('custom_field:1', 'is', 'a')), all(ask('custom_field:1', 'is', 'b'))),
      'refuted',
    ],
    [
      'a name and a word that is not in it',
      disjoint(all(ask('via', 'is', 'email')), all(ask('channel', 'includes_any', ['chat', 'web']))),
      'proved',
    ],
    [
      'a choice, each part of which is covered',
      implies(any(words('refund'), words('money back')), any(words('refund*'), words('money'))),
      'proved',
    ],
    [
      'what is only in a quotation',
      implies(all(ask('full_text', 'includes_any', ['refund'])), all(words('refund'))),
      'refuted',
    ],
    [
      'a pattern against another',
      implies(all(ask('text', 'matches', 'refunds+')), all(ask('text', 'matches', 'refund'))),
      'undecided',
    ],
    [
      'a pattern against itself',
      implies(all(ask('text', 'matches', 'refund')), any(words('x'), ask('text', 'matches', 'refund'))),
      'proved',
    ],
    [
      'a pattern and an empty field',
      disjoint(all(ask('subject', 'matches', 'refund')), all(ask('subject', 'absent'))),
      'proved',
    ],
  ])('%s', (_, verdict, outcome) => {
    expect(verdict.outcome).toBe(outcome);
  });

  it('names the conditions that exclude one another, and no other', () => {
    const verdict = proveNever({
      all: [words('refund'), ask('status', 'is', 'open'), ask('tags', 'absent')],
      none: [ask('subject', 'present'), ask('status', 'less_than', 'solved')],
    });

    expect(verdict).toEqual({
      outcome: 'proved',
      because: [{ follows: null, from: ['status is open', 'status not less_than solved'] }],
    });
  });

  it('names for each condition those from which it follows', () => {
    const verdict = implies(all(words('money back'), ask('status', 'is', 'open')), {
      all: [words('money')],
      none: [ask('status', 'is', 'closed')],
    });

    expect(verdict).toEqual({
      outcome: 'proved',
      because: [
        { follows: 'text includes_any [money]', from: ['text includes_any [money back]'] },
        { follows: 'status is_not closed', from: ['status is open'] },
      ],
    });
  });

  it('takes the words of the whole policy into account where misspellings count', () => {
    const [misspelt, exact] = [all(words('refund~')), all(words('refund', 'refnd'))];

    expect(implies(misspelt, exact, [all(words('refud', 'refun', 'refunnd'))]).outcome).not.toBe('proved');
  });
});
