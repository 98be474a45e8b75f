// Limits a report to a tier, to categories or to a department.
import { nearestSpelling, type Policy } from '@deskwright/shared';
import { counted, listed } from '../engine/words.ts';
import type { ScopeRequest } from '../report-request.ts';

type Named = { readonly id: string; readonly name: string };

/**
 * In words: `Department Warehouse, category Delivery`. Null: it is not limited.
 * @throws Error that says which ids there are, for one that the policy does not have
 */
export function describeScope(
  { tier, categories = [], department }: ScopeRequest,
  policy: Pick<Policy, 'tiers' | 'categories' | 'departments'>,
): string | null {
  const parts = [
    ...(department === undefined ? [] : [`department ${nameOf('department', department, policy.departments)}`]),
    ...(tier === undefined ? [] : [nameOf('tier', tier, policy.tiers)]),
    ...(categories.length === 0
      ? []
      : [
          `${categories.length === 1 ? 'category' : 'categories'} ${listed(categories.map((id) => nameOf('category', id, policy.categories)))}`,
        ]),
  ];
  const words = parts.join(', ');
  return words === '' ? null : words[0]?.toUpperCase() + words.slice(1);
}

function nameOf(what: string, id: string, all: readonly Named[]): string {
  const found = all.find((each) => each.id === id);
  if (found) return found.name;
  const ids = all.map((each) => each.id);
  const nearest = nearestSpelling(id, ids);
  const hint = nearest ? ` Did you mean "${nearest}"?` : '';
  throw new Error(
    ids.length === 0
      ? `The policy has no ${what} "${id}": it names none.`
      : `The policy has no ${what} "${id}".${hint} It has ${counted(ids.length, what, what === 'category' ? 'categories' : undefined)}: ${ids.join(', ')}.`,
  );
}
