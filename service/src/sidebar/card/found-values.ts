// Finds the numbers of the policy's lookups in what the customer wrote.
import type { FoundValues } from '@deskwright/shared/contract';
import { onceFor } from '../../platform/storage/joined-queries.ts';
import type { CardContext } from './card-context.ts';
import { conversation } from './read-conversation.ts';

/** Values of one lookup. */
const MOST = 5;

/** By the name of the lookup, newest first: the customer's public messages that the card reads, then the description and the subject. */
export const valuesOf = onceFor(({ inForce, rows, ticket }: CardContext): ReadonlyMap<string, readonly string[]> => {
  const { lookups } = inForce.compiled;
  if (lookups.size === 0) return new Map();
  const messages = rows(conversation).flatMap(({ byCustomer, body }) => (byCustomer && body !== null ? [body] : []));
  const texts = [...messages.toReversed(), ticket.description, ticket.subject];
  return new Map([...lookups].map(([name, find]) => [name, distinct(texts.flatMap(find)).slice(0, MOST)]));
});

/** The same in other capitals is the same. */
function distinct(values: readonly string[]): string[] {
  const found = new Map<string, string>();
  for (const value of values) if (!found.has(value.toUpperCase())) found.set(value.toUpperCase(), value);
  return [...found.values()];
}

export function readFound(context: CardContext): FoundValues[] {
  return [...valuesOf(context)].flatMap(([name, values]) =>
    values.length === 0 ? [] : [{ label: name.replaceAll('_', ' '), values }],
  );
}
