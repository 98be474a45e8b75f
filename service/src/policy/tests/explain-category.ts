// Explains why a test's ticket got its category, and what kept other triggers from firing.
import type { Decision } from '@deskwright/shared';
import type { CompiledPolicy } from '../../decide/compile-policy.ts';
import type { CompiledTrigger } from '../../decide/compile-trigger.ts';
import { describeUnmet } from '../../decide/describe-unmet.ts';
import { explainReason } from '../../decide/explain-sentence.ts';
import { blockersOf } from '../../decide/rules/condition-tree.ts';
import { givenFacts, type PolicyTest } from './given-facts.ts';

interface Explained {
  readonly compiled: CompiledPolicy;
  readonly test: PolicyTest;
  readonly decision: Decision;
}

/** Further triggers that would have done it are not mentioned. */
const MOST_TRIGGERS = 3;

/**
 * `the text says "order" (trigger "Is about an order"); trigger refund-wording did not fire: text includes_any "refund", "money back"`.
 * @param wasExpected the triggers that would have decided as the test expects
 */
export function explainCategory(
  { compiled, test, decision }: Explained,
  wasExpected: (trigger: CompiledTrigger) => boolean,
): string {
  const { reason } = decision.category;
  const above = reason.by === 'trigger' ? `, and ${reason.triggerId} is above it` : ', and sets no category';
  return [explainReason(reason), ...explainOthers({ compiled, test }, wasExpected, ` fired too${above}`)].join('; ');
}

/**
 * One part for each of the triggers that came nearest, with the conditions that were not met.
 * @param fired what is said of one that fired all the same
 */
export function explainOthers(
  { compiled, test }: Pick<Explained, 'compiled' | 'test'>,
  wasExpected: (trigger: CompiledTrigger) => boolean,
  fired = ' fired',
): string[] {
  const { rules, answer } = compiled.rules;
  const { distances, met, trace } = answer(givenFacts(test.given));
  return compiled.triggers
    .flatMap((trigger, place) =>
      wasExpected(trigger) ? [{ id: trigger.id, place, distance: distances[place] ?? 0 }] : [],
    )
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, MOST_TRIGGERS)
    .map(({ id, place, distance }) => {
      if (distance === 0) return `trigger ${id}${fired}`;
      const tree = rules[place]?.tree;
      const missing = tree ? blockersOf(tree, met).map(trace).map(describeUnmet) : [];
      return `trigger ${id} did not fire: ${missing.join('; ')}`;
    });
}
