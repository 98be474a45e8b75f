// Declares a decision and its reasons.
import type { SolveSurvey } from './survey-kinds.ts';
import type { Priority } from './ticket-words.ts';

/** One leaf condition with what the policy wanted and what the ticket had. */
export interface ConditionTrace {
  readonly field: string;
  /** One of `OPERATOR_NAMES` or `NEGATED_OPERATORS`. */
  readonly operator: string;
  readonly wanted: unknown;
  /** The value seen; for word operators the words found. Long texts are shortened. */
  readonly saw: unknown;
  readonly held: boolean;
  /** For a trigger that fired: it held, but its group did not, so the trigger fired without it. */
  readonly inVain?: true;
}

/** The trigger that came closest to firing, and the conditions that kept it from firing. */
export interface NearestMiss {
  readonly triggerId: string;
  readonly title: string;
  readonly missedBy: readonly ConditionTrace[];
}

/** The reason for one part of the decision. */
export type Reason =
  | {
      readonly by: 'trigger';
      readonly triggerId: string;
      readonly title: string;
      readonly conditions: readonly ConditionTrace[];
    }
  /** Follows from the category (tier, survey) or from the policy's default. */
  | { readonly by: 'category'; readonly categoryId: string }
  | { readonly by: 'default'; readonly key: string }
  /** A person overrode the policy. */
  | { readonly by: 'human'; readonly what: string }
  /** The policy does not set it. */
  | { readonly by: 'nothing' };

export interface Reasoned<T> {
  readonly value: T;
  readonly reason: Reason;
}

/** What the policy wants for one ticket. Pure data; deciding has no side effects. */
export interface Decision {
  readonly category: Reasoned<string>;
  readonly tier: Reasoned<string>;
  /** Null: leave the ticket's priority unchanged. */
  readonly priority: Reasoned<Priority | null>;
  /** Tags that triggers add, in addition to `category__<id>` and `tier__<id>`. */
  readonly tags: readonly Reasoned<string>[];
  /** Sort key of the service's queue: waiting since, then id. Null: no customer is waiting. */
  readonly order: { readonly waitingSince: number | null; readonly ticketId: number };
  /** Null: no survey. */
  readonly survey: Reasoned<SolveSurvey | null>;
  /** For the category: the nearest trigger that did not fire. */
  readonly nearestMiss: NearestMiss | null;
}
