// Decides by the policy's conditions whether the customer of a solved ticket is surveyed.
import type { ConditionGroup, ConditionTrace, TicketFacts } from '@deskwright/shared';
import { blockersOf } from './rules/condition-tree.ts';
import { compileRuleSet, type RuleSet } from './rules/rule-set.ts';

/** By the group of a policy in force. */
const compiled = new WeakMap<ConditionGroup, RuleSet>();

/**
 * Which conditions keep the customer from being asked, in one line without the customer's words; null: none does.
 * @param facts with `solve`
 */
export function whyNotAsked(facts: TicketFacts, conditions: ConditionGroup | undefined): string | null {
  if (conditions === undefined) return null;
  const rules = compiled.get(conditions) ?? compileRuleSet([conditions]);
  compiled.set(conditions, rules);
  const { distances, met, trace } = rules.answer(facts);
  const tree = rules.rules[0]?.tree;
  if (distances[0] === 0 || tree === undefined) return null;
  return blockersOf(tree, met).map(trace).map(describeUnmet).join('; ');
}

/** Words that a long list has beyond these are left out. */
const MOST_WORDS = 4;

/** Of these, and of custom fields, the line would repeat what may be a customer's words, name or address, and lines are logged and stored. */
const OF_CUSTOMERS: ReadonlySet<string> = new Set([
  'subject',
  'description',
  'text',
  'full_text',
  'comment',
  'requester',
  'requester_email',
  // May be named after a person.
  'organization',
]);
const isOfCustomer = (field: string): boolean => OF_CUSTOMERS.has(field) || field.startsWith('custom_field:');

/** `tags includes_none "spam" (saw ["spam"])`. */
export function describeUnmet({ field, operator, wanted, saw }: ConditionTrace): string {
  const words = (Array.isArray(wanted) ? wanted : wanted === null ? [] : [wanted]).map((one) =>
    typeof one === 'string' ? `"${one}"` : String(one),
  );
  const shown = words.length > MOST_WORDS ? `${words.slice(0, MOST_WORDS).join(', ')} …` : words.join(', ');
  const isLeftOut = isOfCustomer(field) || saw === null || saw === '' || (Array.isArray(saw) && saw.length === 0);
  return `${field} ${operator}${shown === '' ? '' : ` ${shown}`}${isLeftOut ? '' : ` (saw ${JSON.stringify(saw)})`}`;
}
