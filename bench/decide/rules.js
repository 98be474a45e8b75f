// Builds the policy of 100 triggers for the decide benchmarks.
import { policySchema } from '@deskwright/shared';

/** What a trigger is about: its words, and an expression for the subject. */
const TOPICS = [
  {
    id: 'refunds',
    words: ['refund*', 'money back', 'reimburse*', 'chargeback', 'get my money'],
    expression: '\\breturn(ed|ing)?\\b',
  },
  {
    id: 'delivery',
    words: ['delivery', 'deliver*', 'courier', 'parcel', 'has not arrived', 'still waiting'],
    expression: 'where is my',
  },
  {
    id: 'account',
    words: ['account', 'profile', 'log in', 'sign in', 'user name'],
    expression: '\\blog(ged)? ?(in|out)\\b',
  },
  { id: 'password', words: ['password', 'passcode', 'reset link', 'locked out'], expression: 'pass(word|code)' },
  { id: 'invoice', words: ['invoice*', 'bill', 'receipt', 'vat number'], expression: '\\b(bill|invoice)s?\\b' },
  {
    id: 'payment',
    words: ['payment', 'pay', 'card declined', 'charged twice', 'paypal'],
    expression: 'charged? (me )?twice',
  },
  {
    id: 'order',
    words: ['my order', 'order status', 'change my order', 'wrong item', 'ordered'],
    expression: 'order ?#?\\d+',
  },
  {
    id: 'warranty',
    words: ['warranty', 'broken', 'zip*', 'torn', 'leak*', 'seam'],
    expression: '(zip|seam|pole) (is )?broken',
  },
  { id: 'app', words: ['app', 'website', 'error message', 'crash*', 'blank page'], expression: 'error ?(code )?\\d*' },
  { id: 'feedback', words: ['complain*', 'review', 'feedback', 'disappointed', 'well done'], expression: 'complaint' },
];

const EXTRAS = [
  { field: 'priority', operator: 'is_not', value: 'urgent' },
  { field: 'via', operator: 'is', value: 'email' },
  { field: 'tags', operator: 'includes_none', value: ['spam', 'closed_by_merge'] },
  { field: 'created_hours_ago', operator: 'less_than', value: 72 },
  { field: 'organization', operator: 'absent' },
  { field: 'language', operator: 'is_not', value: 'de' },
  { field: 'custom_field:900', operator: 'is', value: 'tent' },
  { field: 'waiting_hours', operator: 'greater_than', value: 2 },
];
const SECOND_WORDS = [
  ['please', 'can you', 'how do i', 'where can i'],
  ['not', 'never', 'cannot', 'wont', 'still'],
  ['today', 'tomorrow', 'as soon as possible', 'urgent*'],
  ['last week', 'days ago', 'yesterday', 'since'],
  ['tent', 'boots', 'jacket', 'sleeping bag', 'stove'],
];
const PRIORITIES = ['low', 'normal', 'high', 'urgent'];

/** Ten categories, two tiers, and `count` triggers of three to five conditions each; every tenth has an expression. The rest is the schema's. */
export function buildPolicy(count) {
  const policy = policySchema.parse({
    version: 1,
    company: 'Northwind Outdoor',
    time_zone: 'America/New_York',
    business_hours: { weekdays: { 'mon-fri': '09:00-18:00' }, holidays: [] },
    tiers: [
      { id: 't1', name: 'Tier 1', group: 'Support Tier 1', escalates_to: 't2' },
      { id: 't2', name: 'Tier 2', group: 'Support Tier 2' },
    ],
    categories: [
      ...TOPICS.map(({ id }, at) => ({ id, name: id, tier: at % 2 ? 't2' : 't1' })),
      { id: 'other', name: 'Other', tier: 't1' },
    ],
    default_category: 'other',
    default_survey: 'csat',
    views: [],
    surveys: { contact_at_most_every: '30d' },
    zendesk: { writes_per_minute: 60, decision_note: true },
  });
  // Without the schema, which refuses triggers without an effect; here some only need to be evaluated.
  return { ...policy, triggers: Array.from({ length: count }, (_, at) => buildTrigger(at)) };
}

/**
 * @param {number} at
 * @returns {any} a trigger, not validated
 */
function buildTrigger(at) {
  const { id, words, expression } = TOPICS[at % TOPICS.length];
  const round = Math.floor(at / TOPICS.length);
  const own = words.map((_, i) => words[(i + round) % words.length]).slice(0, 3 + (round % 3));
  const second = { field: 'text', operator: 'includes_any', value: SECOND_WORDS[at % SECOND_WORDS.length] };
  const expressions = at % 10 === round % 10 ? [{ field: 'subject', operator: 'matches', value: expression }] : [];
  return {
    id: `trigger-${at}`,
    title: `Trigger ${at} about ${id}`,
    conditions: {
      all: [
        { field: 'status', operator: 'less_than', value: 'solved' },
        EXTRAS[at % EXTRAS.length],
        ...(round % 2 ? [second] : [{ all: [second, EXTRAS[(at + 3) % EXTRAS.length]] }]),
      ],
      any: [{ field: 'text', operator: 'includes_any', value: own }, ...expressions],
      ...(round % 3 === 0
        ? { none: [{ field: 'tags', operator: 'includes_any', value: ['spam', `skip_${id}`] }] }
        : {}),
    },
    actions: {
      ...(at % 10 === 9 ? {} : { category: id }),
      ...(at % 4 === 0 ? { priority: PRIORITIES[(at / 4) % 4] } : {}),
      ...(at % 5 === 0 ? { add_tags: [`about_${id}`, `round_${round}`] } : {}),
    },
  };
}
