// Explains why a test's ticket got its category, and what kept other triggers from firing.
import type { ConditionTrace, Decision } from '@deskwright/shared';
import type { CompiledPolicy } from '../../decide/compile-policy.ts';
import type { CompiledTrigger } from '../../decide/compile-trigger.ts';
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
  const above = reason.by === 'trigger' ? `, and ${reason.triggerId} stands above it` : ', and sets no category';
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

/** Words that a long list has beyond these are left out. */
const MOST_WORDS = 4;

/** Of these the message would repeat what the test gives, which may be a customer's words, and messages go to the log. */
const TEXTS: ReadonlySet<string> = new Set(['subject', 'description', 'text', 'full_text', 'comment']);

/** `tags includes_none "spam" (saw ["spam"])`. */
function describeUnmet({ field, operator, wanted, saw }: ConditionTrace): string {
  const words = (Array.isArray(wanted) ? wanted : wanted === null ? [] : [wanted]).map((one) =>
    typeof one === 'string' ? `"${one}"` : String(one),
  );
  const shown = words.length > MOST_WORDS ? `${words.slice(0, MOST_WORDS).join(', ')} …` : words.join(', ');
  const isLeftOut = TEXTS.has(field) || saw === null || saw === '' || (Array.isArray(saw) && saw.length === 0);
  return `${field} ${operator}${shown === '' ? '' : ` ${shown}`}${isLeftOut ? '' : ` (saw ${JSON.stringify(saw)})`}`;
}
