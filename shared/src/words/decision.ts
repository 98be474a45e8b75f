// Declares a decision and its reasons.
import type { Priority, SurveyKind } from './ticket-words.ts';

/** One leaf condition with what the policy wanted and what the ticket had. */
export interface ConditionTrace {
  readonly field: string;
  /** One of `OPERATOR_NAMES` or `NEGATED_OPERATORS`. */
  readonly operator: string;
  readonly wanted: unknown;
  /** The value seen; for word operators the words that were found. Long texts are cut. */
  readonly saw: unknown;
  readonly held: boolean;
  /** Of a trigger that fired: it held, but it stands in a group that did not, so the trigger fired without it. */
  readonly inVain?: true;
}

/** The trigger that came nearest to firing without doing so, and the conditions that kept it from firing. */
export interface NearestMiss {
  readonly triggerId: string;
  readonly title: string;
  readonly missedBy: readonly ConditionTrace[];
}

/** Why one part of the decision is what it is. */
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
  /** A person placed the ticket by hand; the policy steps back. */
  | { readonly by: 'human'; readonly what: string }
  /** Nothing in the policy speaks about it. */
  | { readonly by: 'nothing' };

export interface Reasoned<T> {
  readonly value: T;
  readonly reason: Reason;
}

/** What the policy wants for one ticket. Pure data; deciding touches nothing. */
export interface Decision {
  readonly category: Reasoned<string>;
  readonly tier: Reasoned<string>;
  /** Null: leave the ticket's priority alone. */
  readonly priority: Reasoned<Priority | null>;
  /** Tags that triggers add, beside `category__<id>` and `tier__<id>`. */
  readonly tags: readonly Reasoned<string>[];
  /** Sort key of the service's own queue: waiting since, then id. Null: nobody waits. */
  readonly order: { readonly waitingSince: number | null; readonly ticketId: number };
  /** Null: ask nothing. */
  readonly survey: Reasoned<SurveyKind | null>;
  /** For the category: the nearest trigger that missed. */
  readonly nearestMiss: NearestMiss | null;
}
