// Declares what an agent may give as goodwill, and what was given on a ticket.

import type { Money } from './refund-card.ts';
import type { Instant } from './values.ts';

export type GoodwillKind = 'credit' | 'discount' | 'free_account';

export interface GoodwillCard {
  /** The agent's budget of a day, and what is left of it today (in the policy's time zone). */
  readonly perDay: Money;
  readonly leftToday: Money;
  /** What this agent may give, in the policy's order. Empty: nothing, or the ticket is closed. */
  readonly items: readonly GoodwillItem[];
  /** When to be generous, in the policy's words. */
  readonly examples: readonly string[];
  /** On this ticket, newest first. */
  readonly given: readonly GivenGoodwill[];
}

export interface GoodwillItem {
  readonly id: string;
  readonly name: string;
  readonly kind: GoodwillKind;
  readonly value: Money;
  /** How many more in this month; null: any number. */
  readonly leftThisMonth: number | null;
  /** Whether budget and month allow it now. */
  readonly isLeft: boolean;
}

export interface GivenGoodwill {
  readonly id: number;
  /** Its id where the policy no longer has it. */
  readonly name: string;
  readonly value: Money;
  /** What the customer is told. Null: nothing, it was taken back, or the policy no longer has it. */
  readonly give: string | null;
  readonly by: string;
  readonly at: Instant;
  readonly takenBackAt: Instant | null;
  /** Whether this agent may take it back now: their own, on the same day. */
  readonly mayTakeBack: boolean;
}

/** `POST /api/tickets/:id/goodwill` */
export interface GiveGoodwill {
  readonly item: string;
  /** What the page showed. If the policy says something else by now, nothing is given (`conflict`). */
  readonly value: Money;
  readonly reason: string;
  /** The same was given to this customer before, and once more is meant. */
  readonly isConfirmed?: boolean | undefined;
  /** Created by the page once for each filled-in form, so that sending it twice gives once. */
  readonly requestId: string;
}
