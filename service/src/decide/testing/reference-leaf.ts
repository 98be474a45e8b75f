// Evaluates a condition in the simplest way.
import type { Condition, Policy, TicketFacts } from '@deskwright/shared';
import { foldText, PRIORITIES, plainText, STATUSES } from '@deskwright/shared';
import type { ReferencePattern } from './reference-words.ts';
import { patternsOf, wordingsFound } from './reference-words.ts';

export interface SeenLeaf {
  readonly holds: boolean;
  /** For word conditions, what was found, sorted; otherwise undefined. */
  readonly found: readonly string[] | null | undefined;
}

type Value = string | number | boolean | readonly string[] | null;

const HOUR = 3_600_000;

export function valueOf(facts: TicketFacts, field: string): Value {
  if (field.startsWith('custom_field:')) return facts.customFields[field.slice(13)] ?? null;
  // What is empty is no line of its own: `^` is the first word of what there is, and `$` the last.
  if (field === 'text') return [facts.subject, facts.description].filter((part) => part !== '').join('\n');
  if (field === 'created_hours_ago') return (facts.now - facts.createdAt) / HOUR;
  if (field === 'waiting_hours') return facts.waitingSince === null ? null : (facts.now - facts.waitingSince) / HOUR;
  if (field === 'requester_email') return facts.requesterEmail;
  if (field === 'channel') return facts.via;
  return facts[field as 'subject' | 'tags'];
}

export function answerPlainly(facts: TicketFacts, condition: Condition, known: readonly ReferencePattern[]): SeenLeaf {
  const value = valueOf(facts, condition.field);
  const { operator } = condition;
  if (operator === 'includes_any' || operator === 'includes_all' || operator === 'includes_none') {
    return answerWords(facts, condition, value, known);
  }
  return { holds: compare(condition, value), found: undefined };
}

/** Every word of the policy: a word spelt like one of them is no misspelling. */
export function allPatterns(policy: Policy): ReferencePattern[] {
  const text = JSON.stringify(
    policy.triggers.map((trigger) => trigger.conditions),
    (_, node: unknown) => (isWordCondition(node) ? { phrases: node.value } : node),
  );
  const phrases: string[] = [];
  JSON.parse(text, (key: string, node: unknown) => {
    if (key === 'phrases') phrases.push(...(node as unknown[]).map(String));
    return node;
  });
  return phrases.flatMap((phrase) => patternsOf(phrase).flat());
}

function isWordCondition(node: unknown): node is Condition {
  return (
    typeof node === 'object' && node !== null && 'operator' in node && String(node.operator).startsWith('includes')
  );
}

function answerWords(
  facts: TicketFacts,
  { field, operator, value: wanted }: Condition,
  value: Value,
  known: readonly ReferencePattern[],
): SeenLeaf {
  const phrases = [...new Set((wanted as unknown[]).map(String))];
  const wordings = phrases.map((phrase): string | null => {
    if (value === null) return null;
    if (typeof value === 'object') return value.find((entry) => isEntry(entry, phrase)) ?? null;
    const texts = field === 'text' ? [facts.subject, facts.description] : [String(value)];
    return wordingsFound(texts, phrase, known)[0] ?? null;
  });
  const found = wordings.filter((one) => one !== null);
  const holds = {
    includes_any: found.length > 0,
    includes_all: found.length === phrases.length,
    includes_none: found.length === 0,
  };
  const isEmpty = value === null || (typeof value === 'object' && value.length === 0);
  return {
    holds: holds[operator as keyof typeof holds],
    found: isEmpty ? null : [...new Set(found)].toSorted((a, b) => (a < b ? -1 : 1)),
  };
}

function isEntry(entry: string, phrase: string): boolean {
  const [folded, wanted] = [foldText(entry), foldText(phrase.replace(/[*~]+$/, ''))];
  return /\*~*$/.test(phrase) ? folded.startsWith(wanted) : folded === wanted;
}

function compare({ field, operator, value: wanted }: Condition, value: Value): boolean {
  const same = (one: unknown): boolean => foldText(String(one)).trim() === foldText(String(wanted)).trim();
  const is = value !== null && (typeof value === 'object' ? value.some(same) : same(value));
  const empty = value === null || (typeof value === 'object' ? value.length === 0 : String(value).trim() === '');
  const texts = (value === null ? [] : typeof value === 'object' ? value : [String(value)]).map(plainText);
  switch (operator) {
    case 'is':
      return is;
    case 'is_not':
      return !is;
    case 'present':
      return !empty;
    case 'absent':
      return empty;
    case 'matches':
      return texts.some((text) => expression(wanted).test(text));
    case 'not_matches':
      return !texts.some((text) => expression(wanted).test(text));
    case 'less_than':
      return value !== null && rank(field, value) < rank(field, wanted);
    case 'greater_than':
      return value !== null && rank(field, value) > rank(field, wanted);
    default:
      throw new Error(operator);
  }
}

/** JavaScript's expressions know only ASCII words. In the tests' expressions `\b` comes before a letter. */
const expression = (wanted: unknown): RegExp =>
  new RegExp(String(wanted).replaceAll('\\b', '(?<![\\p{L}\\p{M}\\p{N}_])'), 'iu');

function rank(field: string, value: unknown): number {
  if (field === 'status') return STATUSES.indexOf(value as 'new');
  if (field === 'priority') return PRIORITIES.indexOf(value as 'low');
  if (typeof value === 'string' && value.trim() === '') return Number.NaN;
  return typeof value === 'boolean' || typeof value === 'object' ? Number.NaN : Number(value);
}
