// Declares what the sidebar shows about the customer.
import type { SolveSurvey, SurveyKind } from '../words/survey-kinds.ts';
import type { Status } from '../words/ticket-words.ts';
import type { Instant, NameByLanguage } from './values.ts';

export interface CustomerCard {
  /** Null: Zendesk no longer knows them. */
  readonly name: string | null;
  /** Newest first, at most five. */
  readonly answers: readonly SurveyAnswer[];
  /** There are older ones, which `AnswersPage` has. */
  readonly hasMoreAnswers: boolean;
  /** What the customer is asked if an agent asks for feedback on this ticket. Null: nothing can be asked, or this agent may not ask. */
  readonly feedback: {
    readonly survey: SolveSurvey;
    /** When an agent asked; null: none did. */
    readonly requestedAt: Instant | null;
  } | null;
  /** Other unsolved tickets that this agent may see, oldest first, at most five. */
  readonly open: readonly CustomerTicket[];
  readonly openCount: number;
  /** Solved and closed tickets, newest first, at most five. */
  readonly recent: readonly CustomerTicket[];
  /** What an agent promised in a public reply, with no public reply since. */
  readonly promises: readonly {
    readonly text: string;
    readonly by: string | null;
    readonly at: Instant;
    readonly ticketId: number;
  }[];
}

export interface SurveyAnswer {
  readonly survey: SurveyKind;
  readonly score: number;
  /** Best possible score. */
  readonly outOf: number;
  readonly good: boolean;
  readonly at: Instant;
  /** Null: about no ticket, as NPS is. */
  readonly ticketId: number | null;
  /** The ticked reasons. */
  readonly drivers: readonly NameByLanguage[];
  /** The customer's words; empty: none. */
  readonly comment: string;
  /** Null: not asked. */
  readonly mayContact: boolean | null;
  /** It may be that of a program that checks mail. */
  readonly doubtful: boolean;
  /** The other survey tool that it was imported from; null: it was given to Deskwright. */
  readonly importedFrom: 'typeform' | 'simplesat' | 'other' | null;
}

/** `GET /api/tickets/:id/answers/:page`, the newest on page 1. */
export interface AnswersPage {
  readonly answers: readonly SurveyAnswer[];
  /** There is another page. */
  readonly hasMore: boolean;
}

export interface CustomerTicket {
  readonly id: number;
  readonly subject: string;
  readonly status: Status;
  readonly categoryName: string | null;
  readonly openedAt: Instant;
  /** Since when the customer has been waiting for a reply; null: they are not. */
  readonly waitingSince: Instant | null;
  /** When it was solved or closed, not counting later automatic changes. Null: it is neither. */
  readonly finishedAt: Instant | null;
}
