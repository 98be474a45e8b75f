// How does one say a condition in words?
import type { ConditionTrace } from '@deskwright/shared/contract';
import type { TextKey } from '../i18n/load-words.ts';
import type { Words } from '../i18n/words-context.tsx';

/** A rule may list dozens of words; more are not read. */
const MOST_WORDS = 6;

const FIELDS = [
  'subject',
  'description',
  'text',
  'full_text',
  'comment',
  'tags',
  'status',
  'priority',
  'type',
  'via',
  'channel',
  'group',
  'assignee',
  'requester',
  'requester_email',
  'organization',
  'brand',
  'form',
  'language',
  'created_hours_ago',
  'waiting_hours',
] as const;
const OPERATORS = [
  'is',
  'is_not',
  'less_than',
  'greater_than',
  'includes_any',
  'includes_all',
  'includes_none',
  'matches',
  'not_matches',
  'present',
  'absent',
  'not_less_than',
  'not_greater_than',
  'not_includes_all',
] as const;

/** What the rule asked, and what it saw, each a line. */
export function conditionWords(
  { t, format }: Pick<Words, 't' | 'format'>,
  trace: ConditionTrace,
): { asked: string; saw: string } {
  const operator = OPERATORS.find((one) => one === trace.operator.replace(' ', '_'));
  const field = fieldName(t, trace.field);
  const wanted = valueWords({ t, format }, namesWords(trace) ? withoutMarks(trace.wanted) : trace.wanted);
  const asked =
    operator === undefined
      ? `${field}: ${trace.operator.replaceAll('_', ' ')} ${wanted}`
      : t(`operator.${operator}` as TextKey, { field, wanted });
  return {
    asked,
    saw: isNothing(trace.saw) ? t('why.saw_nothing') : t('why.saw', { saw: valueWords({ t, format }, trace.saw) }),
  };
}

/** Of tags the whole tag is compared, so there a sign is part of it; so it is in a `matches` pattern. */
function namesWords({ field, operator }: ConditionTrace): boolean {
  return field !== 'tags' && operator.replace('not ', '').startsWith('includes_');
}

/** The policy marks a word with `*` to take any ending and with `~` to take it misspelt; to an agent it is the same word. */
function withoutMarks(wanted: unknown): unknown {
  if (typeof wanted === 'string') return wanted.replaceAll(/[*~]+(?=\s|$)/g, '');
  return Array.isArray(wanted) ? [...new Set(wanted.map(withoutMarks))] : wanted;
}

function fieldName(t: Words['t'], field: string): string {
  const known = FIELDS.find((one) => one === field);
  if (known !== undefined) return t(`field.${known}`);
  return field.startsWith('custom_field:') ? t('field.custom', { id: field.slice('custom_field:'.length) }) : field;
}

function valueWords({ t, format }: Pick<Words, 't' | 'format'>, value: unknown): string {
  const all = Array.isArray(value) ? value : [value];
  const shown = all.slice(0, MOST_WORDS).map((one) => valueWord(t, format, one));
  const rest = all.length - shown.length;
  return rest > 0 ? t('why.and_more', { shown: shown.join(', '), count: rest }) : shown.join(', ');
}

function valueWord(t: Words['t'], format: Words['format'], value: unknown): string {
  if (typeof value === 'number') return format.number(value);
  if (typeof value === 'boolean') return value ? t('why.yes') : t('why.no');
  if (value === null || value === undefined) return t('why.nothing');
  return t('quoted', { text: typeof value === 'string' ? value : JSON.stringify(value) });
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}
