// Declares what the dashboard's other sections answer.
import type { FigureId, FigureUnit } from '../figures/figure-ids.ts';
import type { Count, FigureValue, TicketLink } from './dashboard.ts';
import type { NotSurveyed } from './not-surveyed.ts';
import type { Named } from './ticket-card.ts';
import type { Instant } from './values.ts';

export interface Trend {
  readonly figure: FigureId;
  readonly unit: FigureUnit;
  /** A point a day (an hour, of a single day; a week, of more than 120 days), null where nothing was counted; `business` of durations. */
  readonly points: readonly {
    readonly at: Instant;
    readonly value: number | null;
    readonly business?: number | null;
    readonly n: number;
    readonly interval?: readonly [low: number, high: number];
  }[];
  readonly goal: number | null;
}

export interface Annotation {
  readonly id: number;
  readonly at: Instant;
  readonly kind: 'mark' | 'policy' | 'installed';
  /** Empty for a mark on a wall. */
  readonly text: string;
  /** Arrivals a day in the days before and after, by category, the largest change first; of marks. */
  readonly effect: readonly (Named & { readonly before: number; readonly after: number })[];
}

export interface Trends {
  readonly trends: readonly Trend[];
  readonly annotations: readonly Annotation[];
  /** Tickets open at the end of each day. */
  readonly backlog: readonly { readonly at: Instant; readonly open: number }[];
}

export interface QueueRow extends Named {
  readonly waiting: number;
  readonly oldest: Instant | null;
  /** overtake_rate, clock_flips, first_reply_time, next_reply_time, escalation_rate, bounce_rate; of departments: department_answer_time. */
  readonly figures: readonly FigureValue[];
}

export interface Queues {
  readonly tiers: readonly QueueRow[];
  readonly departments: readonly QueueRow[];
  /** For admins, and for leads of the tickets of their tiers; left out for others. Null: Zendesk does not list skips. */
  readonly skips?: Skips | null;
}

/** Tickets that agents skipped in Zendesk's guided mode. */
export interface Skips {
  readonly n: number;
  /** In the agents' words, the most frequent first; reasons that were erased are missing. */
  readonly reasons: readonly { readonly reason: string; readonly n: number }[];
}

export interface RuleRow extends Named {
  /** Tickets it decided, how many of them a person changed, when it last did. */
  readonly decided: number;
  readonly overruled: number;
  readonly lastHit: Instant | null;
}

/** A trigger that acts for no ticket, or for a share of them. */
export interface ShadowRow extends Named {
  /** For how many percent of the tickets it acts, 0 to 100. */
  readonly share: number;
  /** Tickets decided meanwhile, and those of them that it would have decided otherwise. */
  readonly saw: number;
  readonly changed: number;
  /** Of those, tickets whose category or group an agent chose afterwards: how many, as it would have, and as it was decided. */
  readonly chosen: {
    readonly n: number;
    readonly asShadow: number;
    readonly asActing: number;
    /** Of `asShadow`, as a share at 95 %. Null: nothing was chosen. */
    readonly interval: readonly [low: number, high: number] | null;
    readonly tooFew: boolean;
  };
}

export interface Rules {
  readonly rules: readonly RuleRow[];
  /** Of all tickets: the filters do not apply. Left out by a former version of the service. */
  readonly shadow?: readonly ShadowRow[];
  /** automatic_rate, override_rate, other_share, guidance_coverage, steps_followed. */
  readonly figures: readonly FigureValue[];
  readonly withoutGuidance: readonly Count[];
}

export interface AgentRow {
  readonly agentId: number;
  readonly name: string;
  readonly isYou: boolean;
  /** solves, first_reply_time, next_reply_time, replies_within_target, one_touch_rate, reopen_rate, csat, overtake_rate. */
  readonly figures: readonly FigureValue[];
}

export interface Team {
  readonly agents: readonly AgentRow[];
  /** Why others are not listed, if they are not: by the right to see them. */
  readonly onlyYou: boolean;
}

/** Limits the tickets behind a number to those of one bar, row or cell; beside the `DashboardQuery`, of which a tier or category may be '': none. */
export interface TicketsQuery {
  /** In place of the range: what happened from `from` up to, and without, `to`. Both or neither. */
  readonly from?: Instant;
  readonly to?: Instant;
  /** Of any of these categories, with commas between their ids. */
  readonly categories?: string;
  /** Who replied or solved, or whom a waiting ticket is assigned to. Only for those who may see the agent's figures. */
  readonly agent?: string;
  /** With department_answer_time, and what is counted at the moment. */
  readonly department?: string;
  /** With automatic_rate: what it decided; with override_rate: where people changed that; with in_shadow: what it would have decided. `none`: no trigger. */
  readonly trigger?: string;
  /** With in_shadow: where an agent chose the category or group afterwards. */
  readonly chosen?: '1';
  /** With what is counted at the moment. */
  readonly unassigned?: '1';
  /** With waiting: for how many hours, `4..24`, `168..`. */
  readonly waited?: string;
}

export interface FigureTickets {
  readonly figure: FigureId;
  /** Of `value`: a ticket's CSAT is a `score`, where the figure is a share. */
  readonly unit: FigureUnit;
  readonly total: number;
  readonly page: number;
  readonly pages: number;
  /** The most telling first: the longest time, the lowest score, the newest. `value` in `unit`. */
  readonly tickets: readonly {
    readonly ticket: TicketLink;
    readonly at: Instant;
    readonly value: number | null;
    readonly tier: string | null;
    readonly category: string | null;
    readonly channel: string | null;
    /** Of csat and ces: the score last submitted, whoever sent it. */
    readonly raw?: number | null;
  }[];
  /** Of csat and ces, but not of one agent's: as submitted, also by programs that check mail. `value` in the figure's unit. */
  readonly raw?: { readonly value: number | null; readonly n: number };
  /** Of `overtake_rate`, on the first page, for those who are told of skips: the newest first. */
  readonly skips?: readonly SkippedTicket[];
  /** Of `response_rate`, on the first page of the whole figure without a channel or group: the most first, NPS included; not for a wall. */
  readonly notSurveyed?: readonly NotSurveyed[];
}

export interface SkippedTicket {
  readonly ticket: TicketLink;
  readonly at: Instant;
  /** The agent's name; null: unknown. */
  readonly agent: string | null;
  /** In the agent's words; empty: it was erased. */
  readonly reason: string;
}

export interface AtRiskCustomers {
  /** How many there are, also those not listed. */
  readonly n: number;
  /** The most pressing first, at most 50; those whose ticket the viewer may see. */
  readonly customers: readonly {
    /** In Zendesk. */
    readonly customerId: number;
    /** Where they are followed up, else what the answer is about; null: neither. */
    readonly ticket: TicketLink | null;
    readonly survey: 'csat' | 'ces' | 'nps';
    readonly score: number;
    readonly outOf: number;
    readonly at: Instant;
    /** Bad answers of the last 90 days. */
    readonly badAnswers: number;
    /** The answer before to the same survey was a good one. */
    readonly wasGood: boolean;
    /** `none`: the policy does not follow up. `ended`: without reaching the customer. */
    readonly followUp: 'none' | 'open' | 'overdue' | 'ended';
  }[];
}

export interface WallLink {
  readonly id: number;
  readonly name: string;
  /** The dashboard's first screen, or the company page about surveys. Left out by the former version, which had the first only. */
  readonly shows?: 'dashboard' | 'company';
  readonly createdAt: Instant;
  readonly createdBy: string;
  readonly lastUsedAt: Instant | null;
  /** Only in the answer that made it: it is stored hashed. */
  readonly url?: string;
}

export interface WallLinks {
  readonly links: readonly WallLink[];
}
