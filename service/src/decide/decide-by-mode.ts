// Decides one ticket by the modes of its policy: what acts, and what the whole policy would do.
import type { Decision, TicketFacts } from '@deskwright/shared';
import type { CompiledModes, CompiledPolicy } from './compile-policy.ts';
import { decide, decideFrom } from './decide.ts';
import { NEVER_HOLDS } from './rules/measure-all.ts';
import type { Answers } from './rules/rule-set.ts';
import { actsFor, isInShare } from './share.ts';

export interface DecisionByMode {
  /** What acts. If nothing of the policy acts for the ticket, what the whole policy would do. */
  readonly decision: Decision;
  /** False: by the mode of the file, nothing of the policy acts for the ticket. */
  readonly acts: boolean;
  /** What the whole policy would do, where it differs from what acts. Null: in nothing. */
  readonly shadow: Decision | null;
}

/**
 * Decides one ticket. Pure, as `decide`. What acts is what the policy decides without the triggers that are in shadow for this ticket. (Of a
 * policy with misspellings, `refund~`, the words of a trigger with a share stay known for the tickets outside it.)
 * @throws Error as `decide`
 */
export function decideByMode(facts: TicketFacts, compiled: CompiledPolicy): DecisionByMode {
  const { modes, policy } = compiled;
  if (modes === null) return { decision: decide(facts, compiled), acts: true, shadow: null };
  if (!actsFor(policy, facts.ticketId)) {
    const decision = decide(facts, compiled);
    return { decision, acts: false, shadow: decision };
  }
  const decision = decideFrom(facts, { ...compiled, ...modes }, answersOf(facts, modes));
  const whole = decide(facts, compiled);
  return { decision, acts: true, shadow: isSame(decision, whole) ? null : whole };
}

/** Those of the acting triggers; one whose share the ticket is not in never fires. */
function answersOf(facts: TicketFacts, { rules, shared }: CompiledModes): Answers {
  const answers = rules.answer(facts);
  const outside = shared.filter(({ percent, name }) => !isInShare(percent, name, facts.ticketId));
  if (outside.length === 0) return answers;
  const distances = answers.distances.slice();
  for (const { place } of outside) distances[place] = NEVER_HOLDS;
  return { ...answers, distances };
}

/** Whether both do the same, for whatever reasons. */
function isSame(a: Decision, b: Decision): boolean {
  return (
    a.category.value === b.category.value &&
    a.priority.value === b.priority.value &&
    a.tags.length === b.tags.length &&
    a.tags.every(({ value }) => b.tags.some((tag) => tag.value === value))
  );
}
