// Which tier of support does a category lead to?
import type { Policy, Reasoned } from '@deskwright/shared';

/**
 * The tier named by the category.
 * @throws Error for a category that the policy does not have; the policy loader lets no such name through.
 */
export function tierOf(categoryId: string, categories: Policy['categories']): Reasoned<string> {
  const category = categories.find((one) => one.id === categoryId);
  if (category === undefined) throw new Error(`The policy has no category "${categoryId}"`);
  return { value: category.tier, reason: { by: 'category', categoryId } };
}
