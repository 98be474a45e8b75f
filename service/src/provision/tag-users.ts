// Finds other ticket fields that use our tags: Zendesk does not check that a tag is in one field only, and fails later.

import type { AccountState } from './find-objects.ts';
import { idOf } from './plan.ts';

/** One sentence for each other field that uses one of `tags`. */
export function findTagUsers(
  tags: readonly string[],
  { ticket_field: fields }: AccountState,
  ownId: string | null,
): string[] {
  const ours = new Set(tags);
  return fields.flatMap((field) => {
    if (idOf(field) === ownId) return [];
    const options = (field['custom_field_options'] ?? []) as { value: string }[];
    const used = [...options.map(({ value }) => value), field['tag']].filter((tag) => ours.has(String(tag)));
    return used.length === 0 ? [] : [`the field "${String(field['title'])}" (${idOf(field)}) uses ${used.join(', ')}`];
  });
}
