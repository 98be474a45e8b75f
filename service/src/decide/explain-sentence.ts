// Explains a decision in one sentence.
import type { ConditionTrace, Decision, Reason } from '@deskwright/shared';

/** At most this many words are quoted in a sentence. */
const MOST_WORDS = 3;
/** What the customer wrote explains more than that the ticket is unsolved, so if there is any, only that is shown. */
const SAYS_WORDS = new Set(['includes_any', 'includes_all', 'matches']);

/** What the sentence needs of a policy. */
interface Names {
  categories: readonly { id: string; name: string }[];
  tiers: readonly { id: string; name: string }[];
}

/**
 * The decision in one sentence, without a full stop:
 * `Refund, Tier 1: the text says "money back" (trigger "Asks for money back")`.
 */
export function explainSentence(placed: Pick<Decision, 'category' | 'tier'>, policy: Names): string {
  const category = policy.categories.find((one) => one.id === placed.category.value)?.name ?? placed.category.value;
  const tier = policy.tiers.find((one) => one.id === placed.tier.value)?.name ?? placed.tier.value;
  return `${category}, ${tier}: ${explainReason(placed.category.reason)}`;
}

/** Why one part of a decision is as it is, without a full stop: `the text says "money back" (trigger "Asks for money back")`. */
export function explainReason(reason: Reason): string {
  switch (reason.by) {
    case 'trigger': {
      const held = reason.conditions.filter((one) => one.held && !one.inVain);
      const words = held.filter((one) => SAYS_WORDS.has(one.operator));
      const described = (words.length > 0 ? words : held).map(describe);
      return `${described.length === 0 ? 'every ticket' : listed(described)} (trigger "${reason.title}")`;
    }
    case 'category':
      return `follows from the category "${reason.categoryId}"`;
    case 'default':
      return 'no trigger fits, so the default category stands';
    case 'human':
      return `a person decided (${reason.what})`;
    case 'nothing':
      return 'the policy says nothing about it';
  }
}

function describe({ field, operator, wanted, saw }: ConditionTrace): string {
  const what = nameOf(field);
  switch (operator) {
    case 'includes_any':
    case 'includes_all':
      return `${what} ${field === 'tags' ? 'include' : 'says'} ${quoted(saw)}`;
    case 'includes_none':
      return `${what} ${field === 'tags' ? 'include' : 'says'} none of ${quoted(wanted)}`;
    case 'matches':
      return `${what} says ${quoted(saw)}`;
    case 'not_matches':
      return `${what} does not match ${quoted(wanted)}`;
    case 'is':
      return `${what} is ${quoted(saw)}`;
    case 'is_not':
      return `${what} is not ${quoted(wanted)}`;
    case 'less_than':
    case 'greater_than':
      return `${what} is ${compared(field, operator, wanted)}`;
    case 'present':
      return `${what} is filled in`;
    case 'absent':
      return `${what} is empty`;
    default:
      return `${what} is ${operator.replaceAll('_', ' ')} ${quoted(wanted)}`;
  }
}

function nameOf(field: string): string {
  if (field === 'created_hours_ago') return 'the age';
  if (field === 'waiting_hours') return 'the wait';
  if (field === 'via') return 'the channel';
  if (field.startsWith('custom_field:')) return `custom field ${field.slice('custom_field:'.length)}`;
  return `the ${field.replaceAll('_', ' ')}`;
}

function compared(field: string, operator: string, wanted: unknown): string {
  if (field.endsWith('hours') || field.endsWith('_ago')) {
    return `${operator === 'less_than' ? 'under' : 'over'} ${String(wanted)} hours`;
  }
  return `${operator === 'less_than' ? 'below' : 'above'} ${String(wanted)}`;
}

function quoted(value: unknown): string {
  const all = (Array.isArray(value) ? value : [value]).map((one) => `"${String(one)}"`);
  const shown = all.slice(0, MOST_WORDS);
  return all.length > MOST_WORDS ? `${shown.join(', ')} …` : listed(shown);
}

function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts[0] ?? 'nothing';
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}
