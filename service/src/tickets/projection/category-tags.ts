// Distinguishes the policy's tags from a ticket's other tags.
const CATEGORY = 'category__';
const TIER = 'tier__';

export const categoryTag = (categoryId: string): string => CATEGORY + categoryId;
export const tierTag = (tierId: string): string => TIER + tierId;

/** True for tags of which a ticket may have only one. */
export const isPlacementTag = (tag: string): boolean => tag.startsWith(CATEGORY) || tag.startsWith(TIER);

/** The category ids in a ticket's tags. */
export const categoriesOf = (tags: readonly string[]): string[] => idsIn(tags, CATEGORY);

/** The tier ids in a ticket's tags. */
export const tiersOf = (tags: readonly string[]): string[] => idsIn(tags, TIER);

function idsIn(tags: readonly string[], prefix: string): string[] {
  return tags.filter((tag) => tag.startsWith(prefix)).map((tag) => tag.slice(prefix.length));
}
