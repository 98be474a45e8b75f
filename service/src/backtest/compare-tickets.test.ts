import type { Policy } from '@deskwright/shared';
import { aPolicy, aTicket } from '../decide/testing/builders.ts';
import { buildComparison } from './compare-tickets.ts';
import { summarise } from './summarise.ts';

type Trigger = Policy['triggers'][number];

const trigger = (id: string, word: string, actions: Trigger['actions']): Trigger => ({
  id,
  title: `Says ${word}`,
  conditions: { all: [{ field: 'text', operator: 'includes_any', value: [word] }] },
  actions,
});
const refund = trigger('refund', 'refund', { category: 'refund' });
const bug = trigger('bug', 'crash', { category: 'bug' });

function compare(before: Policy, after: Policy, texts: readonly string[]) {
  const tally = buildComparison({ before, after, since: null, samples: 5, words: false })(
    texts.map((description, at) => ({
      id: at + 1,
      row: at + 1,
      facts: aTicket({ subject: '', description, comment: description }),
      label: null,
    })),
  );
  return summarise(tally, { before: { name: 'before', policy: before }, after: { name: 'after', policy: after } });
}

const causesOf = ({ causes }: ReturnType<typeof compare>) =>
  causes.map((cause) => ({
    cause: cause.by === 'trigger' ? `${cause.id} ${cause.how}` : cause.by === 'category' ? cause.id : cause.key,
    tickets: cause.samples.map(({ id }) => id).toSorted((a, b) => Number(a) - Number(b)),
  }));

describe('the cause of a difference', () => {
  it.each<[string, Policy, Policy, string]>([
    ['a trigger that was added', aPolicy([]), aPolicy([refund]), 'refund added'],
    ['a trigger that was removed', aPolicy([refund]), aPolicy([]), 'refund removed'],
    [
      'a trigger with other conditions',
      aPolicy([trigger('refund', 'chargeback', { category: 'refund' })]),
      aPolicy([refund]),
      'refund changed',
    ],
    [
      'a trigger with another action',
      aPolicy([trigger('refund', 'refund', { category: 'bug' })]),
      aPolicy([refund]),
      'refund changed',
    ],
    ['the order of triggers', aPolicy([bug, refund]), aPolicy([refund, bug]), 'refund moved'],
    ['a removed trigger above another', aPolicy([bug, refund]), aPolicy([refund]), 'bug removed'],
    [
      'a trigger that adds tags',
      aPolicy([refund]),
      aPolicy([refund, trigger('money', 'refund', { add_tags: ['money'] })]),
      'money added',
    ],
    [
      'a trigger that raised the priority',
      aPolicy([refund, trigger('angry', 'crash', { priority: 'urgent' })]),
      aPolicy([refund]),
      'angry removed',
    ],
    ['the default category', aPolicy([]), aPolicy([], { default_category: 'bug' }), 'default_category'],
    ['the default survey', aPolicy([]), aPolicy([], { default_survey: 'none' }), 'default_survey'],
  ])('is %s', (_, before, after, cause) => {
    expect(causesOf(compare(before, after, ['hello', 'a refund after the crash']))).toContainEqual({
      cause,
      tickets: expect.arrayContaining([2]),
    });
    expect(compare(before, after, ['hello', 'a refund after the crash']).causes).toHaveLength(1);
  });

  it('is not a trigger that was only given another id', () => {
    expect(compare(aPolicy([refund]), aPolicy([{ ...refund, id: 'money' }]), ['a refund']).changed).toBe(0);
  });
});

describe('a back-test', () => {
  const before = aPolicy([refund]);
  const after = aPolicy([refund, bug]);
  const result = compare(before, after, ['a refund', 'a crash', 'another crash', 'hello']);

  it('counts what changes, from and to', () => {
    expect(result).toMatchObject({ tickets: 4, changed: 2, parts: { category: 2, priority: 0, tags: 0 } });
    expect(result.moves).toContainEqual({ part: 'category', from: 'other', to: 'bug', tickets: 2 });
  });

  it('counts the tickets that each trigger decides', () => {
    expect(result.triggers).toEqual([
      { trigger: 'bug', before: 0, after: 2 },
      { trigger: null, before: 3, after: 1 },
      { trigger: 'refund', before: 1, after: 1 },
    ]);
  });

  it('keeps no words of customers', () => {
    expect(JSON.stringify(result)).not.toContain('another crash');
    expect(result.causes[0]?.samples[0]).toMatchObject({ subject: null });
  });
});

it('compares both policies with what people decided', () => {
  const [before, after] = [aPolicy([]), aPolicy([refund])];
  const tickets = ['Refund', 'category__refund', 'other', 'Shipping', null].map((label, at) => ({
    id: null,
    row: at + 1,
    facts: aTicket({ subject: 'refund', description: '' }),
    label,
  }));
  const tally = buildComparison({ before, after, since: null, samples: 0, words: false })(tickets);
  const { labels } = summarise(tally, { before: { name: 'a', policy: before }, after: { name: 'b', policy: after } });
  expect(labels).toMatchObject({
    tickets: 3,
    unknown: [{ label: 'Shipping', tickets: 1 }],
    before: { right: 1 },
    after: { right: 2 },
  });
  expect(labels?.after.categories).toContainEqual(
    expect.objectContaining({
      category: 'refund',
      labelled: 2,
      decided: 3,
      precision: expect.objectContaining({ value: 2 / 3 }),
      recall: expect.objectContaining({ value: 1 }),
    }),
  );
});
