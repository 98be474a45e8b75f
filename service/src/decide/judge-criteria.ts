// Which of the policy's reasons to escalate hold for a ticket?
import type { TicketFacts } from '@deskwright/shared';
import type { Criterion } from '@deskwright/shared/contract';
import type { CompiledCriteria } from './compile-criteria.ts';

/**
 * The criteria of a tier, in the policy's order, with what they come to for a ticket.
 * @param unknown names of fields whose values are not known, which is not the same as empty: what asks them, people judge.
 */
export function judgeCriteria(
  facts: TicketFacts,
  { byTier, rules }: CompiledCriteria,
  tierId: string,
  unknown: ReadonlySet<string>,
): Criterion[] {
  const criteria = byTier.get(tierId) ?? [];
  if (criteria.every(({ rule }) => rule === null)) return criteria.map(({ text }) => ({ text, holds: null }));
  const { distances, trace } = rules.answer(facts);
  const asksUnknown = (rule: number): boolean =>
    (rules.rules[rule]?.leaves ?? []).some((leaf) => {
      const { field } = trace(leaf);
      return unknown.has(field) || (field.startsWith('custom_field:') && unknown.has('custom_field'));
    });
  return criteria.map(({ text, rule }) => ({
    text,
    holds: rule === null || asksUnknown(rule) ? null : distances[rule] === 0,
  }));
}
