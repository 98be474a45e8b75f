// Declares what the sidebar shows of the follow-up of a customer's bad answers, and what an agent records about it.
import type { SurveyKind } from '../words/survey-kinds.ts';
import type { Instant, NameByLanguage } from './values.ts';

export interface FollowUpCard {
  readonly id: number;
  /** The ticket on which somebody speaks to the customer; null: it is about to be opened. */
  readonly ticketId: number | null;
  readonly state: 'open' | 'contacted' | 'closed' | 'expired';
  readonly dueAt: Instant;
  /** Why it is there, the first answer first. Empty beside other tickets of the customer. */
  readonly answers: readonly FollowedAnswer[];
  /** Null: this agent may record nothing here, or it is beside another ticket. */
  readonly choices: FollowUpChoices | null;
  /** Null: nothing was recorded yet. */
  readonly recorded: RecordedOutcome | null;
}

interface FollowedAnswer {
  readonly survey: SurveyKind;
  readonly score: number;
  readonly outOf: number;
  readonly drivers: readonly NameByLanguage[];
  readonly comment: string;
}

/** `name` null: one of ours, which the sidebar has in every language. */
export interface Choice {
  readonly id: string;
  readonly name: string | null;
}

interface FollowUpChoices {
  /** `needsCause`: a root cause goes with it. */
  readonly outcomes: readonly (Choice & { readonly needsCause: boolean })[];
  readonly rootCauses: readonly Choice[];
}

interface RecordedOutcome {
  readonly outcome: Choice;
  readonly rootCause: Choice | null;
  readonly note: string;
  /** Null: unknown. */
  readonly by: string | null;
  readonly at: Instant;
}

export interface RecordOutcome {
  readonly outcome: string;
  readonly rootCause: string | null;
  readonly note: string;
  /** Created by the page once for each filled-in form, so that sending it twice records once. */
  readonly requestId: string;
}
