// Describes the decision of a policy for one past ticket, and the differences between two policies.
import type { Decision, Policy, Priority, Reason, SolveSurvey } from '@deskwright/shared';
import { formatMoney } from '@deskwright/shared/money';
import { refundLimit } from '../decide/refund-limit.ts';

export interface Outcome {
  readonly category: string;
  readonly tier: string;
  /** Null: the ticket keeps its own. */
  readonly priority: Priority | null;
  /** Those that triggers add, in alphabetical order. */
  readonly tags: readonly string[];
  /** Null: none. */
  readonly survey: SolveSurvey | null;
  /** The most that an agent of the tier may refund at once: `$50`. Null: the policy has no refunds. */
  readonly refund: string | null;
  /** The trigger that set the category; null: none did. */
  readonly decidedBy: string | null;
}

/** What can change for a ticket, in the order in which people are told. */
export const PARTS = ['category', 'tier', 'priority', 'tags', 'survey', 'refund'] as const;
export type Part = (typeof PARTS)[number];

/** Reads outcomes from the decisions of one policy. */
export function outcomeReader({ tiers, refunds }: Policy): (decision: Decision) => Outcome {
  const limits = new Map(
    tiers.map(({ id }) => {
      const limit = refunds && refundLimit(refunds, { email: null, tiers: [id], usedToday: 0 });
      return [id, limit ? formatMoney('en-US', { minor: limit.perRefund, currency: refunds.currency }) : null];
    }),
  );
  return ({ category, tier, priority, tags, survey }) => ({
    category: category.value,
    tier: tier.value,
    priority: priority.value,
    tags: tags.length === 0 ? NO_TAGS : tags.map(({ value }) => value).toSorted(),
    survey: survey.value,
    refund: limits.get(tier.value) ?? null,
    decidedBy: triggerOf(category.reason),
  });
}

const NO_TAGS: readonly string[] = [];

/** Null: it was no trigger. */
export const triggerOf = (reason: Reason | undefined): string | null =>
  reason?.by === 'trigger' ? reason.triggerId : null;

/** The parts in which two outcomes differ. */
export function differences(before: Outcome, after: Outcome): readonly Part[] {
  if (isSame(before, after)) return NOTHING;
  return PARTS.filter((part) =>
    part === 'tags' ? before.tags.join() !== after.tags.join() : before[part] !== after[part],
  );
}

const NOTHING: readonly Part[] = [];

const isSame = (a: Outcome, b: Outcome): boolean =>
  a.category === b.category &&
  a.tier === b.tier &&
  a.priority === b.priority &&
  a.survey === b.survey &&
  a.refund === b.refund &&
  a.tags.length === b.tags.length &&
  a.tags.every((tag, at) => tag === b.tags[at]);
