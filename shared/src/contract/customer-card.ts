// What does the sidebar show of the customer?
import type { Status, SurveyKind } from '../words/ticket-words.ts';
import type { Instant } from './instant.ts';

export interface CustomerCard {
  /** Null: Zendesk does not know them any more. */
  readonly name: string | null;
  /** Newest first, at most five. */
  readonly answers: readonly {
    readonly survey: SurveyKind;
    readonly score: number;
    /** Best possible score. */
    readonly outOf: number;
    readonly good: boolean;
    readonly at: Instant;
    readonly ticketId: number;
  }[];
  /** Other tickets that are not finished, oldest first, at most five; those this agent may see. */
  readonly open: readonly CustomerTicket[];
  readonly openCount: number;
  /** Finished ones, newest first, at most five. */
  readonly recent: readonly CustomerTicket[];
  /** What an agent promised in public and nobody has come back to since. */
  readonly promises: readonly {
    readonly text: string;
    readonly by: string | null;
    readonly at: Instant;
    readonly ticketId: number;
  }[];
}

export interface CustomerTicket {
  readonly id: number;
  readonly subject: string;
  readonly status: Status;
  readonly categoryName: string | null;
  /** What somebody did: never the moment of a tag or another change that nobody made by hand. */
  readonly openedAt: Instant;
  /** Since when the customer waits for us there; null: they do not. */
  readonly waitingSince: Instant | null;
  /** Null: it is not finished. */
  readonly finishedAt: Instant | null;
}
