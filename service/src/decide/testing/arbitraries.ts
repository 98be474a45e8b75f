// Generates random policies and tickets for property tests.
import type { Condition, ConditionGroup, ConditionNode, Policy, TicketFacts } from '@deskwright/shared';
import { PRIORITIES, STATUSES } from '@deskwright/shared';
import fc from 'fast-check';
import { aPolicy, aTicket, NOW } from './builders.ts';

/** Few words, similar to one another, so that rules match texts, and nearly match them, often. */
const WORDS = [
  'refund',
  'refunds',
  'refnd',
  'erfund',
  'money',
  'back',
  'charge',
  'change',
  'changed',
  'order',
  'border',
  'ordre',
  "don't",
  'dont',
  'sign',
  'up',
  'cancellation',
  'canccelation',
  'straße',
  'STRASSE',
  'ＭＯＮＥＹ',
  'café',
  '退款',
  '😡',
  'a',
];
const GAPS = [' ', '  ', '\n', ', ', '-', '_', '. ', "' ", '\u00a0', '\u200b ', ''];

const word = fc.constantFrom(...WORDS);
const cased = fc.tuple(word, fc.constantFrom('as is', 'upper', 'curly', 'hidden')).map(([text, how]) => {
  switch (how) {
    case 'upper':
      return text.toUpperCase();
    case 'curly':
      return text.replaceAll("'", '\u2019');
    case 'hidden':
      return `${text.slice(0, 1)}\u200d${text.slice(1)}`;
    default:
      return text;
  }
});

export const aText = fc
  .array(fc.tuple(cased, fc.constantFrom(...GAPS)), { maxLength: 9 })
  .map((parts) => parts.map(([text, gap]) => `${text}${gap}`).join(''));

const aPhrase = (marks: readonly string[]): fc.Arbitrary<string> =>
  fc
    .array(fc.tuple(word, fc.constantFrom(...marks)), { minLength: 1, maxLength: 3 })
    .map((parts) => parts.map(([text, mark]) => `${text}${mark}`).join(' '));

function aCondition(marks: readonly string[]): fc.Arbitrary<Condition> {
  const words = fc.record({
    field: fc.constantFrom('text', 'subject', 'description', 'comment', 'tags', 'organization', 'custom_field:1'),
    operator: fc.constantFrom('includes_any', 'includes_all', 'includes_none'),
    value: fc.array(aPhrase(marks), { minLength: 1, maxLength: 3 }),
  });
  const equal = fc.record({
    field: fc.constantFrom('subject', 'organization', 'custom_field:1', 'via'),
    operator: fc.constantFrom('is', 'is_not'),
    value: fc.oneof(word, fc.constantFrom('email', 7, true)),
  });
  const ordered = fc.oneof(
    fc.record({ field: fc.constant('status'), operator: comparison(), value: fc.constantFrom(...STATUSES) }),
    fc.record({ field: fc.constant('priority'), operator: comparison(), value: fc.constantFrom(...PRIORITIES) }),
    fc.record({
      field: fc.constantFrom('created_hours_ago', 'waiting_hours', 'custom_field:1'),
      operator: fc.constantFrom('less_than', 'greater_than'),
      value: fc.integer({ min: 0, max: 9 }),
    }),
  );
  const there = fc.record({
    field: fc.constantFrom('subject', 'priority', 'organization', 'tags', 'custom_field:1', 'waiting_hours'),
    operator: fc.constantFrom('present', 'absent'),
  });
  const pattern = fc.record({
    field: fc.constantFrom('text', 'subject', 'tags', 'organization'),
    operator: fc.constantFrom('matches', 'not_matches'),
    value: fc.constantFrom('refun', '\\bor', 'money +back', '^a', 'k$', '[cf]h?ange'),
  });
  return fc.oneof({ weight: 5, arbitrary: words }, equal, ordered, there, pattern);
}

const comparison = (): fc.Arbitrary<string> => fc.constantFrom('is', 'is_not', 'less_than', 'greater_than');

function aGroup(marks: readonly string[]): fc.Arbitrary<ConditionGroup> {
  const { group } = fc.letrec<{ group: ConditionGroup; nodes: ConditionNode[] }>((tie) => ({
    group: fc.record({ all: tie('nodes'), any: tie('nodes'), none: tie('nodes') }, { requiredKeys: [] }),
    nodes: fc.array(fc.oneof({ depthSize: 'small' }, aCondition(marks), tie('group')), { maxLength: 3 }),
  }));
  return group;
}

/** @param marks what may follow a word: '', `*`, `~`, `~*`. */
export function somePolicy(marks: readonly string[]): fc.Arbitrary<Policy> {
  const trigger = fc.record({
    conditions: aGroup(marks),
    actions: fc.record(
      {
        category: fc.constantFrom('refund', 'bug', 'other'),
        priority: fc.constantFrom(...PRIORITIES),
        add_tags: fc.array(fc.constantFrom('x', 'y', 'z'), { minLength: 1, maxLength: 2 }),
      },
      { requiredKeys: [] },
    ),
  });
  return fc
    .array(trigger, { maxLength: 6 })
    .map((triggers) => aPolicy(triggers.map((one, at) => ({ id: `t${at}`, title: `Trigger ${at}`, ...one }))));
}

const nothing = fc.constant(null);

export const someTicket: fc.Arbitrary<TicketFacts> = fc
  .record({
    subject: aText,
    description: aText,
    comment: aText,
    tags: fc.array(word, { maxLength: 3 }),
    status: fc.constantFrom(...STATUSES),
    priority: fc.option(fc.constantFrom(...PRIORITIES)),
    via: fc.constantFrom('email', 'web', null),
    organization: fc.option(aText),
    createdAt: fc.integer({ min: 0, max: 10 }).map((hours) => NOW - hours * 3_600_000),
    waitingSince: fc.option(fc.integer({ min: 0, max: 10 }).map((hours) => NOW - hours * 3_600_000)),
    customFields: fc.record({
      1: fc.oneof(nothing, word, fc.integer({ min: 0, max: 9 }), fc.boolean(), fc.array(word)),
    }),
  })
  .map(aTicket);
