// Reads the value of a ticket's field for a condition, and the texts of it in which words are searched.
import type { TicketFacts } from '@deskwright/shared';

/** Null: the ticket has no value there. */
export type FieldValue = string | number | boolean | readonly string[] | null;
export type ReadField = (facts: TicketFacts) => FieldValue;

const HOUR = 3_600_000;
const CUSTOM = 'custom_field:';

const READERS: Readonly<Record<string, ReadField>> = {
  subject: (facts) => facts.subject,
  description: (facts) => facts.description,
  text: readBoth,
  full_text: (facts) => readBoth(facts.fullText ?? facts),
  comment: (facts) => facts.comment,
  tags: (facts) => facts.tags,
  status: (facts) => facts.status,
  priority: (facts) => facts.priority,
  type: (facts) => facts.type,
  via: (facts) => facts.via,
  channel: (facts) => facts.via,
  group: (facts) => facts.group,
  assignee: (facts) => facts.assignee,
  requester: (facts) => facts.requester,
  requester_email: (facts) => facts.requesterEmail,
  organization: (facts) => facts.organization,
  brand: (facts) => facts.brand,
  form: (facts) => facts.form,
  language: (facts) => facts.language,
  created_hours_ago: (facts) => (facts.now - facts.createdAt) / HOUR,
  solved_by: ({ solve }) => solve?.solvedBy ?? null,
  escalated: ({ solve }) => solve?.escalated ?? null,
  reopened: ({ solve }) => solve?.reopened ?? null,
  refunded: ({ solve }) => solve?.refunded ?? null,
  first_reply_minutes: ({ solve }) => solve?.firstReplyMinutes ?? null,
  first_reply_business_minutes: ({ solve }) => solve?.firstReplyBusinessMinutes ?? null,
  requester_wait_minutes: ({ solve }) => solve?.requesterWaitMinutes ?? null,
  requester_wait_business_minutes: ({ solve }) => solve?.requesterWaitBusinessMinutes ?? null,
  category: ({ solve }) => listOf(solve?.category),
  tier: ({ solve }) => listOf(solve?.tier),
  waiting_hours: (facts) => (facts.waitingSince === null ? null : (facts.now - facts.waitingSince) / HOUR),
};

/** Of one id: lists are compared as a whole, not word by word. */
const listOf = (id: string | null | undefined): readonly string[] | null => (id == null ? null : [id]);

/** No line break where one is empty: an expression's `^` and `$` are the beginning and end of what the customer wrote. */
function readBoth({ subject, description }: Pick<TicketFacts, 'subject' | 'description'>): string {
  if (subject === '') return description;
  return description === '' ? subject : `${subject}\n${description}`;
}

/**
 * The reader of a field by its name in the policy, `custom_field:<id>` included.
 * @throws Error for an unknown field; the policy loader refuses these
 */
export function readerOf(field: string): ReadField {
  if (field.startsWith(CUSTOM)) {
    const id = field.slice(CUSTOM.length);
    return (facts) => facts.customFields[id] ?? null;
  }
  const reader = Object.hasOwn(READERS, field) ? READERS[field] : undefined;
  if (reader === undefined) throw new Error(`There is no field "${field}"`);
  return reader;
}

/** Is it empty? An empty text and an empty list are; `false` and 0 are not. */
export function isEmpty(value: FieldValue): boolean {
  if (value === null) return true;
  return typeof value === 'string' ? value.trim() === '' : Array.isArray(value) && value.length === 0;
}

/** Texts are searched for words and phrases; the entries of a list (tags) are compared as a whole. No parts: empty. */
export interface Wordings {
  readonly kind: 'texts' | 'list';
  readonly parts: readonly string[];
}

const NOTHING: Wordings = { kind: 'texts', parts: [] };

/**
 * Reads a field for word conditions. `text` and `full_text` return subject and description separately, so that no
 * phrase begins in one and ends in the other.
 */
export function wordingsReader(field: string): (facts: TicketFacts) => Wordings {
  if (field === 'text') return (facts) => ({ kind: 'texts', parts: [facts.subject, facts.description] });
  if (field === 'full_text') {
    return (facts) => {
      const { subject, description } = facts.fullText ?? facts;
      return { kind: 'texts', parts: [subject, description] };
    };
  }
  const read = readerOf(field);
  return (facts) => {
    const value = read(facts);
    if (value === null) return NOTHING;
    return typeof value === 'object' ? { kind: 'list', parts: value } : { kind: 'texts', parts: [String(value)] };
  };
}
