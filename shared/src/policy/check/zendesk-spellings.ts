// Maps terms of Zendesk and plain English to the policy's.

/** Operators that people know from Zendesk triggers, from programming, or from everyday language. */
const OPERATOR_SPELLINGS: Readonly<Record<string, string>> = {
  includes: 'includes_any',
  contains: 'includes_any',
  contains_any: 'includes_any',
  contains_all: 'includes_all',
  contains_none: 'includes_none',
  not_includes: 'includes_none',
  not_contains: 'includes_none',
  in: 'includes_any',
  not_in: 'includes_none',
  equals: 'is',
  '=': 'is',
  '==': 'is',
  '!=': 'is_not',
  not: 'is_not',
  value: 'is',
  not_value: 'is_not',
  '<': 'less_than',
  '>': 'greater_than',
  below: 'less_than',
  above: 'greater_than',
  before: 'less_than',
  after: 'greater_than',
  regex: 'matches',
  regexp: 'matches',
  like: 'matches',
  exists: 'present',
  empty: 'absent',
  missing: 'absent',
};

/** Fields by the names Zendesk's triggers and API use. */
const FIELD_SPELLINGS: Readonly<Record<string, string>> = {
  subject_includes_word: 'subject',
  description_includes_word: 'description',
  comment_includes_word: 'comment',
  body: 'text',
  message: 'text',
  words: 'text',
  current_tags: 'tags',
  tag: 'tags',
  via_id: 'via',
  group_id: 'group',
  assignee_id: 'assignee',
  requester_id: 'requester',
  requester_name: 'requester',
  customer: 'requester',
  email: 'requester_email',
  organization_id: 'organization',
  organisation: 'organization',
  brand_id: 'brand',
  ticket_form_id: 'form',
  locale: 'language',
  locale_id: 'language',
  age: 'created_hours_ago',
  created: 'created_hours_ago',
  waiting: 'waiting_hours',
};

/** `custom_fields_123`, as Zendesk's triggers write it, is `custom_field:123` here. */
export function meantField(written: string): string | undefined {
  const id = /^(?:custom_?fields?)[_:. -]*(\d+)$/i.exec(written)?.[1];
  if (id) return `custom_field:${id}`;
  const plain = written.toLowerCase().replace(/^ticket\./, '');
  return Object.hasOwn(FIELD_SPELLINGS, plain) ? FIELD_SPELLINGS[plain] : undefined;
}

export function meantOperator(written: string): string | undefined {
  const plain = written.toLowerCase().trim().replace(/\s+/g, '_');
  return Object.hasOwn(OPERATOR_SPELLINGS, plain) ? OPERATOR_SPELLINGS[plain] : undefined;
}
