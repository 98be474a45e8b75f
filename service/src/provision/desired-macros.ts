// Computes the macros that offer the canned replies of the guidance in Zendesk. Pure.
import type { Policy } from '@deskwright/shared';
import { cannedReplies } from '../policy/guidance/canned-replies.ts';
import type { GuidanceByCategory } from '../policy/guidance/guidance.ts';
import type { DesiredObject } from './desired-object.ts';
import { markOf } from './kinds.ts';

/**
 * One for each canned reply, named after its category and the heading above it, for the groups of the category's tier and of those it is
 * escalated to. Its key follows from the same words, so a changed text changes the macro, and a changed heading makes another.
 * @param groupIdOf the id of a group in Zendesk by its name; null: the account will not have it
 */
export function desiredMacros(
  policy: Policy,
  guidance: GuidanceByCategory,
  groupIdOf: (name: string) => string | null,
): DesiredObject[] {
  const seen = new Map<string, number>();
  return cannedReplies(guidance, policy.company).flatMap(({ categoryId, heading, text }): DesiredObject[] => {
    const category = policy.categories.find(({ id }) => id === categoryId);
    if (!category) return [];
    const plain = `macro/${categoryId}/${slug(heading ?? 'Reply')}`;
    const count = (seen.get(plain) ?? 0) + 1;
    seen.set(plain, count);
    const [key, nth] = count === 1 ? [plain, ''] : [`${plain}-${count}`, ` ${count}`];
    // Zendesk shows what stands before `::` as a folder.
    const title = `${category.name}::${heading ?? 'Reply'}${nth}`;
    const ids = groupsOf(category.tier, policy.tiers).flatMap((group) => groupIdOf(group) ?? []);
    return [
      {
        key,
        kind: 'macro',
        name: title,
        how: 'own',
        want: () => ({
          title,
          description: `From the guidance of ${category.name} in Deskwright's policy. ${markOf(key)}`,
          active: true,
          actions: [
            { field: 'comment_value', value: text },
            { field: 'comment_mode_is_public', value: 'true' },
          ],
          restriction: ids.length > 0 ? { type: 'Group', ids } : null,
        }),
        matches: (raw) => raw['title'] === title,
        enforce: true,
      },
    ];
  });
}

const slug = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');

/** Of the tier, and up the chain of escalation. */
function groupsOf(tierId: string, tiers: Policy['tiers']): string[] {
  const groups: string[] = [];
  for (let id: string | undefined = tierId; id !== undefined; ) {
    const tier: Policy['tiers'][number] | undefined = tiers.find((each) => each.id === id);
    if (!tier || groups.includes(tier.group)) break;
    groups.push(tier.group);
    id = tier.escalates_to;
  }
  return groups;
}
