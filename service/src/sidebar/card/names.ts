// Looks up the names of categories, tiers and people by id.
import type { Policy } from '@deskwright/shared';
import type { Named } from '@deskwright/shared/contract';

/** The category's name in the policy, or its id if the policy no longer has it. */
export function namedCategory({ categories }: Policy, id: string): Named {
  return { id, name: categories.find((category) => category.id === id)?.name ?? id };
}

/** The tier as the policy names it; by its id where the policy has it no longer. */
export function namedTier({ tiers }: Policy, id: string): Named {
  return { id, name: tiers.find((tier) => tier.id === id)?.name ?? id };
}

/** An agent's name; by their number where we never learned it. */
export function agentName(name: string | null, id: number): string {
  return name ?? `#${id}`;
}
