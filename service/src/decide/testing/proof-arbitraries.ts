// Generates conditions that often contradict or contain one another, and tickets that often meet them.
import type { Condition, ConditionGroup, ConditionNode, TicketFacts } from '@deskwright/shared';
import { PRIORITIES, STATUSES, TICKET_TYPES } from '@deskwright/shared';
import fc from 'fast-check';
import { EMPTY_TICKET } from '../empty-ticket.ts';
import { readWords } from '../text/read-text.ts';

const HOUR = 3_600_000;
const NOW = 10_000 * HOUR;

/** Few words and their relatives: endings, slips, accents, apostrophes, hyphens, two spellings of a letter. */
const WORDS = [
  'refund',
  'refunds',
  'refnd',
  'money',
  'back',
  'größe',
  'groesse',
  'grosse',
  "l'annulation",
  'annulation',
];
const MORE_WORDS = [
  "don't",
  'dont',
  'sign-up',
  'signup',
  'sign',
  'up',
  'REFUND',
  'MONEY',
  '退款',
  'đôi',
  'đổi',
  'doi',
  "CAN'T",
  'can',
];
const MARKS = ['', '', '', '*', '~', '~*'];

const aWord = fc.constantFrom(...WORDS, ...MORE_WORDS);
const aPhrase = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .tuple(aWord, fc.constantFrom(...MARKS))
      .map(([word, mark]) => (mark.includes('~') && word.length < 5 ? word : word + mark)),
  },
  { weight: 3, arbitrary: fc.array(aWord, { minLength: 2, maxLength: 3 }).map((words) => words.join(' ')) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom('*', ''), aWord).map(([mark, word]) => `${mark}${word}*`) },
  { weight: 1, arbitrary: aWord.map((word) => `exact:${word}`) },
);

const TEXTS = ['text', 'full_text', 'subject', 'description', 'comment'];
const LISTED = ['tags', 'organization', 'custom_field:1', 'via', 'requester_email'];

const words = fc.record({
  field: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...TEXTS) }, fc.constantFrom(...LISTED)),
  operator: fc.constantFrom('includes_any', 'includes_all', 'includes_none'),
  value: fc.array(aPhrase, { minLength: 1, maxLength: 3 }),
});
const VALUES = ['refund', 'Refund', 'money back', 'größe', 'groesse', 'grosse', 'exact:Refund', 'email', '7'];
const equal = fc.oneof(
  fc.record({
    field: fc.constantFrom('subject', 'text', 'organization', 'via'),
    operator: fc.constantFrom('is', 'is_not'),
    value: fc.constantFrom(...VALUES),
  }),
  fc.record({
    field: fc.constant('custom_field:1'),
    operator: fc.constantFrom('is', 'is_not'),
    value: fc.constantFrom<string | number | boolean>(...VALUES, 7, 3, true),
  }),
);
const comparison = fc.constantFrom('is', 'is_not', 'less_than', 'greater_than');
const ordered = fc.oneof(
  fc.record({ field: fc.constant('status'), operator: comparison, value: fc.constantFrom(...STATUSES) }),
  fc.record({ field: fc.constant('priority'), operator: comparison, value: fc.constantFrom(...PRIORITIES) }),
  fc.record({
    field: fc.constantFrom('status', 'type', 'priority'),
    operator: fc.constantFrom('includes_any', 'includes_none'),
    value: fc.array(fc.constantFrom('open', 'hold', 'high', 'low', 'task', 'incident'), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    field: fc.constantFrom('created_hours_ago', 'waiting_hours'),
    operator: fc.constantFrom('less_than', 'greater_than'),
    value: fc.constantFrom(0, 1, 2, 2.5, 1e-7, 24),
  }),
  fc.record({
    field: fc.constant('custom_field:1'),
    operator: fc.constantFrom('less_than', 'greater_than'),
    value: fc.constantFrom(-1, 0, 3, 7, 7.5),
  }),
);
const there = fc.record({
  field: fc.constantFrom(
    'subject',
    'text',
    'priority',
    'type',
    'organization',
    'tags',
    'custom_field:1',
    'waiting_hours',
  ),
  operator: fc.constantFrom('present', 'absent'),
});
const pattern = fc.record({
  field: fc.constantFrom('text', 'subject', 'organization', 'custom_field:1', 'full_text'),
  operator: fc.constantFrom('matches', 'not_matches'),
  value: fc.constantFrom('refun', '\\bmoney +back', '\\s', '[cg]r', '^r', 'back$', '(re)?fund'),
});

const aCondition: fc.Arbitrary<Condition> = fc.oneof(
  { weight: 6, arbitrary: words },
  equal,
  { weight: 2, arbitrary: ordered },
  there,
  pattern,
);

/** Conditions as a policy has them, nested up to three deep. */
export const someConditions: fc.Arbitrary<ConditionGroup> = fc.letrec<{
  group: ConditionGroup;
  nodes: ConditionNode[];
}>((tie) => ({
  group: fc.record({ all: tie('nodes'), any: tie('nodes'), none: tie('nodes') }, { requiredKeys: [] }),
  nodes: fc.array(fc.oneof({ depthSize: 'small', maxDepth: 2 }, { weight: 3, arbitrary: aCondition }, tie('group')), {
    maxLength: 3,
  }),
})).group;

/** A change of conditions after which they often say more, less or the same. */
export const similarTo = (group: ConditionGroup): fc.Arbitrary<ConditionGroup> =>
  fc.tuple(aCondition, fc.constantFrom('same', 'all', 'any', 'none', 'less'), fc.nat()).map(([condition, how, at]) => {
    switch (how) {
      case 'same':
        return { all: [group] };
      case 'less':
        return { ...group, all: (group.all ?? []).filter((_, place) => place !== at % 3) };
      default:
        return { ...group, [how]: [...(group[how as 'all'] ?? []), condition] };
    }
  });

const GAPS = [' ', '  ', '\n', ', ', '-', '. ', ' ', ' '];
const TYPED = [
  ...WORDS,
  ...MORE_WORDS,
  'réfund',
  'refund’s',
  "refund's",
  'Größe',
  'Money',
  'sign-up',
  'xrefundx',
  'moneyback',
  'shop.example',
  'hello',
];
const aText = fc
  .array(fc.tuple(fc.constantFrom(...TYPED), fc.constantFrom(...GAPS)), { maxLength: 5 })
  .map((parts) => parts.map(([text, gap]) => text + gap).join(''));
const withHistory = fc
  .tuple(aText, fc.option(aText, { freq: 2 }))
  .map(([own, quoted]) =>
    quoted === null ? own : `${own}\n\nOn Mon, 1 Jun 2026 at 10:00, Sam wrote:\n> ${quoted.replaceAll('\n', '\n> ')}`,
  );
const aValue = fc.constantFrom(
  'refund',
  'Refund',
  'REFUND',
  'money back',
  'Größe',
  'groesse',
  'grosse',
  'refunds',
  'email',
  ' ',
  '',
);

/** Tickets as the service reads them. */
export const someReadTicket: fc.Arbitrary<TicketFacts> = fc
  .record({
    subject: fc.oneof(aText, aValue),
    description: withHistory,
    comment: fc.option(withHistory),
    tags: fc.array(fc.oneof(fc.constantFrom(...TYPED), aValue), { maxLength: 3 }),
    status: fc.constantFrom(...STATUSES),
    priority: fc.option(fc.constantFrom(...PRIORITIES)),
    type: fc.option(fc.constantFrom(...TICKET_TYPES)),
    via: fc.constantFrom('email', 'web', null),
    organization: fc.option(fc.oneof(aText, aValue)),
    requesterEmail: fc.option(fc.oneof(aText, aValue)),
    age: fc.constantFrom(0, 1, HOUR - 1, HOUR, HOUR + 1, 2.5 * HOUR, 30 * HOUR),
    waited: fc.constantFrom(null, 0, 1, HOUR - 1, HOUR, HOUR + 1, 2.5 * HOUR, 30 * HOUR),
    custom: fc.oneof(
      fc.constantFrom<null | number | boolean | string>(null, 7, 3, 0, true, '7', ' 7 ', '7.2', '٧'),
      aValue,
      aText,
      fc.array(fc.constantFrom('refund', '7', 'money', 'back', 'größe', 'email'), { maxLength: 3 }),
    ),
  })
  .map(({ subject, description, comment, age, waited, custom, ...facts }) => ({
    ...EMPTY_TICKET,
    ...facts,
    ...readWords(subject, description, comment),
    now: NOW,
    createdAt: NOW - age,
    waitingSince: waited === null ? null : NOW - waited,
    customFields: { 1: custom },
  }));
