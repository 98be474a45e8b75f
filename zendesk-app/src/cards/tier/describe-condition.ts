// Describes a condition of a policy trigger and what it found, in the agent's language.
import { type ConditionTrace, FIELD_NAMES, NEGATED_OPERATORS, OPERATOR_NAMES } from '@deskwright/shared/contract';
import type { TextsOf } from '../../base/i18n/texts-context.tsx';
import type { texts } from './texts.ts';

type TierTexts = TextsOf<typeof texts>;

/** A trigger may list dozens of words; more than these are only counted. */
const MAX_WORDS = 6;

const TEXT_OF_NEGATED = {
  'not less_than': 'operator.not_less_than',
  'not greater_than': 'operator.not_greater_than',
  'not includes_all': 'operator.not_includes_all',
} as const satisfies Record<(typeof NEGATED_OPERATORS)[number], string>;

/** What the condition asked and what it found, a line each. */
export function describeCondition({ t, format }: TierTexts, trace: ConditionTrace): { asked: string; found: string } {
  const field = describeField(t, trace.field);
  const wanted = describeValue({ t, format }, namesWords(trace) ? withoutMarks(trace.wanted) : trace.wanted);
  const key = operatorKey(trace.operator);
  const asked = key === null ? `${field}: ${trace.operator.replaceAll('_', ' ')} ${wanted}` : t(key, { field, wanted });
  return {
    asked,
    found: isEmpty(trace.saw) ? t('why.saw_nothing') : t('why.saw', { saw: describeValue({ t, format }, trace.saw) }),
  };
}

/** Null: a newer service has an operator that this page does not know. */
function operatorKey(operator: string) {
  const known = OPERATOR_NAMES.find((one) => one === operator);
  if (known !== undefined) return `operator.${known}` as const;
  const negated = NEGATED_OPERATORS.find((one) => one === operator);
  return negated === undefined ? null : TEXT_OF_NEGATED[negated];
}

/** Tags are compared whole, so `*` and `~` are part of a tag, as they are of a pattern. */
function namesWords({ field, operator }: ConditionTrace): boolean {
  return field !== 'tags' && operator.replace('not ', '').startsWith('includes_');
}

/** In the policy `*` after a word accepts any ending and `~` a misspelling; agents see the word alone. */
function withoutMarks(wanted: unknown): unknown {
  if (typeof wanted === 'string') return wanted.replaceAll(/[*~]+(?=\s|$)/g, '');
  return Array.isArray(wanted) ? [...new Set(wanted.map(withoutMarks))] : wanted;
}

function describeField(t: TierTexts['t'], field: string): string {
  const known = FIELD_NAMES.find((one) => one === field);
  if (known !== undefined) return t(`field.${known}`);
  return field.startsWith('custom_field:') ? t('field.custom', { id: field.slice('custom_field:'.length) }) : field;
}

function describeValue(tier: TierTexts, value: unknown): string {
  const all = Array.isArray(value) ? value : [value];
  const shown = all.slice(0, MAX_WORDS).map((one) => describeOne(tier, one));
  const rest = all.length - shown.length;
  return rest > 0 ? tier.t('why.and_more', { shown: shown.join(', '), count: rest }) : shown.join(', ');
}

function describeOne({ t, format }: TierTexts, value: unknown): string {
  if (typeof value === 'number') return format.number(value);
  if (typeof value === 'boolean') return value ? t('why.yes') : t('why.no');
  if (value === null || value === undefined) return t('why.nothing');
  return t('quoted', { text: typeof value === 'string' ? value : JSON.stringify(value) });
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}
