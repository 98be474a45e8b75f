// Defines what a ticket adds to the figures.
import type { MeasureId } from '@deskwright/shared';

/** One reply, solve, answer and so on. It counts for the period in which `at` lies. */
export interface Measure {
  readonly figure: MeasureId;
  readonly at: Date;
  /** Elapsed seconds, of a duration. */
  readonly seconds: number | null;
  /** Seconds within the business hours. */
  readonly businessSeconds: number | null;
  /** Of a survey's answer. */
  readonly score: number | null;
  /** Whether the target was met; null: it had none. Of other measures: see `MEASURES`. */
  readonly met: boolean | null;
  /** The ticket's present category: a correction restates earlier measures. */
  readonly category: string | null;
  /** Those at `at`; at the solve, who was responsible then. */
  readonly tier: string | null;
  readonly groupId: number | null;
  readonly agentId: number | null;
  readonly channel: string | null;
  readonly detail: string | null;
  /** Zendesk measured it, before the installation. */
  readonly fromZendesk: boolean;
}

/** A stretch in which the customer waited for an answer. */
export interface Wait {
  readonly since: Date;
  /** Null: the customer still waits. */
  readonly until: Date | null;
  readonly endedBy: 'reply' | 'solve' | 'gone' | null;
  /** Who ended it. */
  readonly agentId: number | null;
  /** As they were when it ended, or are now. */
  readonly tier: string | null;
  readonly groupId: number | null;
  readonly priority: string | null;
  /** Where the ticket stood meanwhile, from `since` on, oldest first: who could have answered it when another was answered. */
  readonly placements: readonly Placement[];
}

/** From `at` until the next one. */
export interface Placement {
  readonly at: Date;
  readonly tier: string | null;
  readonly groupId: number | null;
  readonly assigneeId: number | null;
  readonly priority: string | null;
}

/** What Zendesk measured of a ticket from before the installation: its metric set. Durations in minutes. */
export interface ZendeskFigures {
  readonly createdAt: Date;
  readonly solvedAt: Date | null;
  readonly channel: string | null;
  readonly category: string | null;
  readonly tier: string | null;
  readonly groupId: number | null;
  readonly assigneeId: number | null;
  readonly firstReply: number | null;
  readonly firstReplyBusiness: number | null;
  readonly firstResolution: number | null;
  readonly firstResolutionBusiness: number | null;
  readonly fullResolution: number | null;
  readonly fullResolutionBusiness: number | null;
  readonly requesterWait: number | null;
  readonly requesterWaitBusiness: number | null;
  readonly replies: number;
  readonly reopens: number;
}

/** From when on all tickets are known. Before, only some are, such as those that were still open: they would pass for all. */
export interface KnownSince {
  /** What happened to each: since the installation. */
  readonly seen: Date;
  /** What Zendesk's metric sets tell of each: since then or earlier. */
  readonly told: Date;
}

export interface TicketMeasures {
  readonly measures: readonly Measure[];
  readonly waits: readonly Wait[];
}
