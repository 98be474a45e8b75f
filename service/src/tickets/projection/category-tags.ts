// Tells the policy's own tags from a ticket's other tags.
const CATEGORY = 'category__';
const TIER = 'tier__';

export const categoryTag = (categoryId: string): string => CATEGORY + categoryId;
export const tierTag = (tierId: string): string => TIER + tierId;

/** True for tags of which a ticket may carry only one. */
export const isPlacementTag = (tag: string): boolean => tag.startsWith(CATEGORY) || tag.startsWith(TIER);

/** Category ids that a ticket's tags name. */
export const categoriesOf = (tags: readonly string[]): string[] => idsIn(tags, CATEGORY);

/** Tier ids that a ticket's tags name. */
export const tiersOf = (tags: readonly string[]): string[] => idsIn(tags, TIER);

function idsIn(tags: readonly string[], prefix: string): string[] {
  return tags.filter((tag) => tag.startsWith(prefix)).map((tag) => tag.slice(prefix.length));
}
