// Checks that departments are distinct and are not tiers.
import { errorAt, type Finding } from '../finding.ts';
import { entriesAt, textsAt } from '../value-at.ts';

/** A group is either a tier's or a department's: where a ticket is must say who has it. That names are unique is told with references. */
export function checkDepartments(policy: unknown): Finding[] {
  const tierOf = new Map(entriesAt(policy, ['tiers']).map(({ entry }) => [entry['group'], entry['id']]));
  const groups = new Set(textsAt(policy, ['tiers'], 'group'));
  return entriesAt(policy, ['departments']).flatMap(({ entry: { group }, path }) =>
    typeof group === 'string' && groups.has(group)
      ? [
          errorAt(
            [...path, 'group'],
            `the group "${group}" is that of tier "${String(tierOf.get(group))}"; a department has its own`,
          ),
        ]
      : [],
  );
}
