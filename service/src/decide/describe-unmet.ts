// Describes an unmet condition in one line.
import type { ConditionTrace } from '@deskwright/shared';

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
