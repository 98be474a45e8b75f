// Checks that escalation ends and that every tier is used.
import { errorAt, type Finding, warningAt } from '../finding.ts';
import { entriesAt, textsAt } from '../value-at.ts';

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
