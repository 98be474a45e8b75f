// Checks that departments are distinct and are not tiers.
import { errorAt, type Finding } from '../finding.ts';
import { entriesAt, textsAt } from '../value-at.ts';

/** A group belongs to either a tier or a department, so that it says who has the ticket. Unique names are checked with references. */
export function checkDepartments(policy: unknown): Finding[] {
  const tierOf = new Map(entriesAt(policy, ['tiers']).map(({ entry }) => [entry['group'], entry['id']]));
  const groups = new Set(textsAt(policy, ['tiers'], 'group'));
  return entriesAt(policy, ['departments']).flatMap(({ entry: { group }, path }) =>
    typeof group === 'string' && groups.has(group)
      ? [
          errorAt(
            [...path, 'group'],
            `the group "${group}" is that of tier "${String(tierOf.get(group))}"; a department needs its own group`,
          ),
        ]
      : [],
  );
}
