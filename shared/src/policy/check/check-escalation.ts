// Checks that escalation ends and uses every tier, that its criteria can be met, and that departments are distinct and are not tiers.
import { errorAt, type Finding, warningAt } from '../finding.ts';
import { entriesAt, isBlock, textsAt } from '../value-at.ts';
import { findImpossible } from './find-impossible.ts';

/** Cycles of `escalates_to`, each reported once, and tiers to which nothing leads. */
export function checkEscalation(policy: unknown): Finding[] {
  const tiers = entriesAt(policy, ['tiers']).flatMap(({ entry, path }) => {
    const { id, escalates_to: next } = entry;
    return typeof id === 'string' ? [{ id, next: typeof next === 'string' ? next : undefined, path }] : [];
  });
  const nextOf = new Map(tiers.map((tier) => [tier.id, tier.next]));
  const used = new Set([...textsAt(policy, ['categories'], 'tier'), ...textsAt(policy, ['tiers'], 'escalates_to')]);
  const reported = new Set<string>();
  return tiers.flatMap(({ id, path }): Finding[] => {
    const loop = findLoop(id, nextOf);
    if (loop.length > 0 && !reported.has(id)) {
      for (const tier of loop) reported.add(tier);
      return [
        errorAt(
          [...path, 'escalates_to'],
          `tiers escalate in a circle: ${[...loop, id].join(' -> ')}; remove escalates_to from the last tier`,
        ),
      ];
    }
    return used.has(id)
      ? []
      : [
          warningAt(
            [...path, 'id'],
            `no category or tier uses tier "${id}"; use it in a category or in escalates_to, or remove it`,
          ),
        ];
  });
}

/** The tiers of the cycle that starts and ends at `start`; empty if there is none. */
function findLoop(start: string, nextOf: ReadonlyMap<string, string | undefined>): string[] {
  const way = [start];
  for (let next = nextOf.get(start); next !== undefined && way.length <= nextOf.size; next = nextOf.get(next)) {
    if (next === start) return way;
    way.push(next);
  }
  return [];
}

/** Warnings about valid criteria that are never shown or never hold. */
export function checkCriteria(policy: unknown): Finding[] {
  const last = new Set(
    entriesAt(policy, ['tiers']).flatMap(({ entry }) => (entry['escalates_to'] === undefined ? [entry['id']] : [])),
  );
  return entriesAt(policy, ['escalation', 'criteria']).flatMap(({ entry: { tier }, path }) => [
    ...(typeof tier === 'string' && last.has(tier)
      ? [
          warningAt(
            [...path, 'tier'],
            `tier "${tier}" has no escalates_to, so these criteria have no effect; add escalates_to or remove them`,
          ),
        ]
      : []),
    ...checkWhen(policy, [...path, 'when']),
  ]);
}

function checkWhen(policy: unknown, list: readonly (string | number)[]): Finding[] {
  const seen = new Set<string>();
  return entriesAt(policy, list).flatMap(({ entry: { text, conditions }, path }) => {
    const twice = typeof text === 'string' && seen.has(text);
    if (typeof text === 'string') seen.add(text);
    return [
      ...(twice ? [warningAt([...path, 'text'], 'this criterion is a duplicate; remove one')] : []),
      ...(isBlock(conditions) ? findImpossible(conditions, [...path, 'conditions'], 'the criterion never holds') : []),
    ];
  });
}

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
