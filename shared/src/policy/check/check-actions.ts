// Checks that a trigger's actions are effective and allowed.
import { errorAt, type Finding } from '../finding.ts';
import { isBlock } from '../value-at.ts';

/** Deskwright sets and removes these itself; one added by a trigger would look like a person's override. */
const OWN_TAGS = /^(category|tier|csat|ces|nps)__/i;

/** A trigger without actions would never be noticed. */
export function checkActions(actions: unknown): Finding[] {
  if (!isBlock(actions) || Object.keys(actions).length > 0) return [];
  return [errorAt([], 'does nothing; write at least one of category, priority, add_tags')];
}

/** What is wrong with one tag of `add_tags`. */
export function checkAddTag(tag: unknown): Finding[] {
  if (typeof tag !== 'string') return [];
  if (tag === '') return [errorAt([], 'is an empty tag')];
  // Zendesk splits tags at spaces and commas and converts them to lower case.
  if (/[\s,]/.test(tag))
    return [errorAt([], `"${tag}" contains a space or comma, which Zendesk would split into two tags; use _`)];
  if (tag !== tag.toLowerCase()) {
    return [
      errorAt([], `"${tag}" contains capital letters, which Zendesk changes to lowercase; use lowercase`, {
        didYouMean: tag.toLowerCase(),
      }),
    ];
  }
  if (tag.length > 255) return [errorAt([], 'is longer than the 255 characters Zendesk keeps; shorten it')];
  const own = OWN_TAGS.exec(tag)?.[1];
  if (own) return [errorAt([], `"${tag}" is a tag that Deskwright sets itself; tags must not begin with ${own}__`)];
  return [];
}
