// Finds criteria for escalation that no ticket meets, every ticket meets, or that equal another.
import type { ConditionGroup, Policy } from '@deskwright/shared';
import { disjoint, implies, proveNever } from '../decide/prove/index.ts';
import type { LintFinding, PolicyPath } from './finding.ts';
import { stepsOf, undecidedAt } from './triggers/describe.ts';

interface Criterion {
  readonly tier: string;
  readonly text: string;
  readonly conditions: ConditionGroup;
  readonly path: PolicyPath;
}

/** Criteria without conditions are left to people, and not examined. */
export function checkEscalation({ escalation }: Policy): readonly LintFinding[] {
  const all = escalation.criteria.flatMap(({ tier, when }, entry) =>
    when.flatMap(({ text, conditions }, at): Criterion[] =>
      conditions === undefined
        ? []
        : [{ tier, text, conditions, path: ['escalation', 'criteria', entry, 'when', at, 'conditions'] }],
    ),
  );
  const context = all.map(({ conditions }) => conditions);
  const sensible: Criterion[] = [];
  return all.flatMap((criterion) => {
    const found = checkAlone(criterion, context);
    if (found !== null) return [found];
    const earlier = sensible.filter(({ tier }) => tier === criterion.tier);
    sensible.push(criterion);
    return earlier.flatMap((other) => sameAs(criterion, other, context)).slice(0, 1);
  });
}

function checkAlone({ text, conditions, path }: Criterion, context: readonly ConditionGroup[]): LintFinding | null {
  const never = proveNever(conditions, context);
  if (never.outcome === 'proved')
    return {
      ...WARNING,
      code: 'criterion-never-holds',
      path,
      message: `the criterion "${text}" can never hold: no ticket can meet its conditions`,
      proof: stepsOf(never.because),
    };
  const always = proveNever({ none: [conditions] }, context);
  if (always.outcome === 'proved')
    return {
      ...WARNING,
      code: 'criterion-always-holds',
      path,
      message: `the criterion "${text}" is met by every ticket of its tier, so agents are advised to escalate all of them`,
      proof: stepsOf(always.because),
      ...(never.outcome === 'refuted' && { example: never.example.ticket }),
    };
  const undecided = [never, always].find(({ outcome }) => outcome === 'undecided');
  return undecided?.outcome === 'undecided'
    ? undecidedAt(
        path,
        `it could not be shown that the criterion "${text}" holds for some tickets only: ${undecided.why}`,
      )
    : null;
}

function sameAs(
  { text, conditions, path }: Criterion,
  other: Criterion,
  context: readonly ConditionGroup[],
): readonly LintFinding[] {
  const forward = implies(conditions, other.conditions, context);
  if (forward.outcome !== 'proved' || implies(other.conditions, conditions, context).outcome !== 'proved') return [];
  const both = disjoint(conditions, other.conditions, context);
  return [
    {
      ...WARNING,
      code: 'criteria-say-the-same',
      path,
      message: `the criterion "${text}" holds for exactly the same tickets as "${other.text}"`,
      proof: stepsOf(forward.because),
      ...(both.outcome === 'refuted' && { example: both.example.ticket }),
    },
  ];
}

const WARNING = { severity: 'warning', at: 'key' } as const;
