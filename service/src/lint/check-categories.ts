// Finds categories that no trigger sets, or that have no guidance.
import type { Policy } from '@deskwright/shared';
import type { LintFinding } from './finding.ts';

export function checkCategories({ categories, triggers, default_category: byDefault }: Policy): readonly LintFinding[] {
  const reachedBy = (some: Policy['triggers']) => new Set([byDefault, ...some.map(({ actions }) => actions.category)]);
  const reached = reachedBy(triggers);
  const reachedNow = reachedBy(triggers.filter(({ mode }) => mode !== 'shadow'));
  // A policy without any guidance is one whose agents do without.
  const hasGuidance = categories.some(({ guidance }) => guidance !== undefined);
  return categories.flatMap(({ id, guidance }, place): LintFinding[] => [
    ...(reachedNow.has(id)
      ? []
      : [
          {
            code: 'category-never-reached' as const,
            severity: reached.has(id) ? ('note' as const) : ('warning' as const),
            path: ['categories', place, 'id'],
            at: 'value' as const,
            message: reached.has(id)
              ? `only triggers in shadow set category "${id}", so for now only people can choose it`
              : `no trigger sets category "${id}", and it is not the default, so only people can choose it`,
            proof: [],
          },
        ]),
    ...(guidance !== undefined || !hasGuidance
      ? []
      : [
          {
            code: 'category-without-guidance' as const,
            severity: 'warning' as const,
            path: ['categories', place],
            at: 'block' as const,
            message: `category "${id}" has no guidance, unlike others: agents see no steps beside its tickets`,
            proof: [],
          },
        ]),
  ]);
}
