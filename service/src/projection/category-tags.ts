// Which tags of a ticket are ours?
const CATEGORY = 'category__';
const TIER = 'tier__';

export const categoryTag = (categoryId: string): string => CATEGORY + categoryId;
export const tierTag = (tierId: string): string => TIER + tierId;

/** True for tags of which a ticket may carry only one. */
export const isPlacementTag = (tag: string): boolean => tag.startsWith(CATEGORY) || tag.startsWith(TIER);

/** Category ids that a ticket's tags name. */
export function categoriesOf(tags: readonly string[]): string[] {
  return tags.filter((tag) => tag.startsWith(CATEGORY)).map((tag) => tag.slice(CATEGORY.length));
}
