// Declares the dashboard's requests and answers.
import type { FigureId, FigureUnit } from '../figures/figure-ids.ts';
import type { Named } from './ticket-card.ts';
import type { Instant } from './values.ts';

/**
 * What the service writes into the page of a wall link, as JSON in `<script type="application/json" id="deskwright-wall">`. An agent's page has a
 * `PageSession` in `deskwright-session` instead, like the sidebar. A link that was revoked is answered with 401.
 */
export interface WallPage {
  readonly token: string;
  readonly version: string;
  /** Of the account: `en-US`. */
  readonly locale: string;
}

/**
 * HTTP, JSON out, `authorization: Bearer <access token>` of an agent or `Wall <token>` of a wall link. All but `team`, `at-risk` and `links` are also
 * answered to a wall link, without names and tickets.
 *
 * | call | answer |
 * | --- | --- |
 * | `GET /api/dashboard?<DashboardQuery>` | `Dashboard`: the first screen |
 * | `GET /api/dashboard/live?<DashboardQuery>` | `text/event-stream`: event `dashboard` with a `Dashboard` at the start and when it changed, `problem` with `ApiRefusal` when it cannot be computed (`error` is what EventSource calls a lost connection) |
 * | `GET /api/dashboard/trends?<DashboardQuery>` | `Trends` |
 * | `GET /api/dashboard/queues?<DashboardQuery>` | `Queues` |
 * | `GET /api/dashboard/rules?<DashboardQuery>` | `Rules` |
 * | `GET /api/dashboard/team?<DashboardQuery>` | `Team`; admins and the leads of tiers see agents, everybody sees themselves |
 * | `GET /api/dashboard/at-risk` | `AtRiskCustomers`: those whose newest answer to a survey is bad, and whom nobody has reached |
 * | `GET /api/dashboard/tickets?figure=<FigureId>&<DashboardQuery>&<TicketsQuery>[&page=n]` | `FigureTickets`: the tickets behind a number |
 * | `GET /api/dashboard/export.csv?section=<overview\|trends\|goals\|queues\|rules\|team\|links\|tickets>&...` | `text/csv` of what is seen |
 * | `GET POST DELETE /api/dashboard/links` | `WallLinks`; admins only |
 */
export interface DashboardQuery {
  /** `today`, `7d`, `28d`, `90d`, `365d`, or `2026-11-01..2026-11-28`, days of the policy's time zone, both included. Default `today`. */
  readonly range?: string;
  /** `1`: with the period of the same length before. Default `1`. */
  readonly compare?: '0' | '1';
  /** Ids; a group is its Zendesk id. Each at most once. */
  readonly tier?: string;
  readonly category?: string;
  readonly channel?: string;
  readonly group?: string;
}

/** Median, 90th percentile and mean, in seconds; of at least one value. */
export interface Spread {
  readonly median: number;
  readonly p90: number;
  readonly mean: number;
}

export interface FigureValue {
  readonly id: FigureId;
  readonly unit: FigureUnit;
  /** Of durations: the calendar median. Null: nothing to count. */
  readonly value: number | null;
  /** What it was computed from: replies, tickets, answers. */
  readonly n: number;
  readonly calendar?: Spread | undefined;
  readonly business?: Spread | undefined;
  /** Share within target, from 0 to 1; of what had one. */
  readonly within?: { readonly share: number; readonly of: number } | undefined;
  /** 95 %; of surveys and forecasts. */
  readonly interval?: readonly [low: number, high: number] | undefined;
  /** Of the period before; null: nothing to count. */
  readonly before?: { readonly value: number | null; readonly n: number } | undefined;
  /** Against the period before. `unclear`: chance alone may explain it. */
  readonly change?: 'better' | 'worse' | 'same' | 'unclear' | undefined;
  /** Below the minimum: too few to judge. */
  readonly tooFew?: boolean | undefined;
  /** From sums of bins: percentiles are within 5 %. */
  readonly isApproximate?: boolean | undefined;
  /** How many of `n` Zendesk measured, before the installation. */
  readonly fromZendesk?: number | undefined;
}

export interface Count extends Named {
  readonly n: number;
}

/** One bar of the ages: from `from` to `to` hours; `to` null: and more. */
export interface AgeBand {
  readonly from: number;
  readonly to: number | null;
  readonly n: number;
}

export interface AttentionItem {
  readonly kind:
    | 'overdue'
    | 'due_soon'
    | 'promise_due'
    | 'approvals_waiting'
    | 'bounced'
    | 'unhappy_and_open'
    | 'follow_up_overdue'
    | 'failed_effects'
    | 'overruled_views'
    | 'drifted_objects'
    | 'category_rise'
    | 'other_share'
    | 'oldest_wait'
    | 'new_requesters'
    | 'webhooks_silent'
    | 'driver_named'
    | 'score_fall'
    | 'agent_refunds'
    | 'customer_refunds'
    | 'refund_differences'
    | 'refunds_not_compared'
    | 'outside_refunds'
    | 'mail_failing';
  /** Of `refunds_not_compared` days. */
  readonly n: number;
  /** Since when; null: unknown. */
  readonly since: Instant | null;
  /**
   * What it is about: the name of a category, view, driver or survey, of `oldest_wait` the limit as the policy writes it (`8bh`), of `refund_differences`
   * which (`not_in_books`, `not_at_provider`, `other_amount`, `made_although_given_back`, `not_compared`); null: nothing in particular.
   */
  readonly about: string | null;
  /** Of an alarm: its number, for `POST /api/dashboard/alarms/:id/acknowledge`. Left out for who may not: only admins and leads may. */
  readonly alarm?: number | undefined;
  /** In tickets; empty for a wall link. */
  readonly tickets: readonly TicketLink[];
}

export interface TicketLink {
  readonly id: number;
  /** In Zendesk. */
  readonly url: string;
}

export interface Forecast {
  /** Open tickets now, and the means per day that it was computed from. */
  readonly open: number;
  readonly arrivalsPerDay: number;
  readonly solvesPerDay: number;
  /** Days that a ticket which arrives now waits, the oldest first: open tickets by solves a day (Little's law). Null: nothing is solved. */
  readonly waitDays?: number | null | undefined;
  /** Calendar days until it is clear, the middle and the 80 % interval; null: it grows, or would take longer than a year. */
  readonly days: number | null;
  readonly interval: readonly [low: number, high: number | null] | null;
  /** Days of history that it was computed from. */
  readonly from: number;
}

export interface GoalStatus {
  readonly id: string;
  readonly name: string;
  readonly figure: FigureId;
  readonly unit: FigureUnit;
  readonly target: number;
  /** `at_most` or `at_least` the target. */
  readonly is: 'at_most' | 'at_least';
  readonly value: number | null;
  readonly n: number;
  readonly state: 'on_track' | 'off_track' | 'unknown';
  readonly from: Instant;
  readonly to: Instant;
  /** Of durations: `business` if the median of business time is judged, otherwise that of elapsed time. */
  readonly clock?: 'calendar' | 'business' | undefined;
  /** What it is limited to, if anything. */
  readonly tier?: string | undefined;
  readonly category?: string | undefined;
  readonly owner: string;
  readonly benchmark: { readonly text: string; readonly source: string } | null;
}

export interface Dashboard {
  readonly company: string;
  readonly asOf: Instant;
  /** IANA; days are its days. */
  readonly timeZone: string;
  readonly range: { readonly id: string; readonly from: Instant; readonly to: Instant };
  readonly before: { readonly from: Instant; readonly to: Instant } | null;
  readonly choices: {
    readonly tiers: readonly Named[];
    readonly categories: readonly Named[];
    readonly channels: readonly Named[];
    readonly groups: readonly Named[];
  };
  readonly waiting: {
    readonly n: number;
    readonly open: number;
    readonly unassigned: number;
    readonly oldest: { readonly since: Instant; readonly ticket: TicketLink | null } | null;
    readonly byTier: readonly (Count & { readonly oldest: Instant | null })[];
    readonly ages: readonly AgeBand[];
  };
  /** first_reply_time, next_reply_time, replies_within_target, arrivals, solves, one_touch_rate, reopen_rate, csat, csat_mean, ces, ces_mean, response_rate, in this order. */
  readonly figures: readonly FigureValue[];
  /** Arrivals and solves of each hour (`today`) or day of the range. */
  readonly flow: readonly { readonly at: Instant; readonly arrivals: number; readonly solves: number }[];
  /** What customers write about, the most first; `share` of the arrivals, `trend` against the period before (0.2: a fifth more), null without one. */
  readonly topics: readonly (Count & { readonly share: number; readonly trend: number | null })[];
  readonly attention: readonly AttentionItem[];
  readonly forecast: Forecast | null;
  readonly goals: readonly GoalStatus[];
  /** The newest restatement within the range: late data changed days that had ended. */
  readonly restated: { readonly at: Instant; readonly days: number } | null;
  /** The first import is not over: figures of the range are of some tickets only. */
  readonly isPartial: boolean;
  /** What this viewer may do. */
  readonly may: { readonly seeAgents: boolean; readonly makeLinks: boolean; readonly openTickets: boolean };
}
