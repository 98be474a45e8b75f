// Declares the tools that an agent may use beside a ticket, and what they answer.
import type { Instant } from './values.ts';

export interface ToolsCard {
  /** In the policy's order, without those of `beside`. */
  readonly tools: readonly ToolCard[];
  /** Shown beside the ticket without being asked for, each with a request of its own. */
  readonly beside: readonly { readonly id: string; readonly name: string }[];
  /** What was done on this ticket, newest first, at most five. */
  readonly runs: readonly ToolRun[];
}

export interface ToolCard {
  readonly id: string;
  readonly name: string;
  readonly about: string | null;
  readonly kind: 'read' | 'write';
  readonly inputs: readonly {
    readonly id: string;
    readonly label: string;
    readonly hint: string | null;
    readonly required: boolean;
    /** What it is filled with at first; empty: nothing. */
    readonly value: string;
  }[];
  readonly needsVerification: boolean;
  /** Nothing is sent; the answer shows what would be. */
  readonly dryRun: boolean;
}

export interface ToolRun {
  readonly id: number;
  /** Its id, where the policy no longer has it. */
  readonly tool: string;
  /** `in_doubt`: it is unknown whether it was done, and it is not repeated. */
  readonly state: 'asked' | 'done' | 'failed' | 'in_doubt';
  readonly why: ToolFailure | null;
  /** Of HTTP; null: no answer came. */
  readonly status: number | null;
  readonly by: string;
  readonly at: Instant;
}

/** Why a tool did not give what it was asked for. */
export const TOOL_FAILURES = [
  /** Its secret is not in the environment. */
  'not_set_up',
  'unreachable',
  'timed_out',
  /** By the other system: `status`. */
  'refused',
  /** It answered with an error of its own: `status`. */
  'broken',
  'redirected',
  'too_large',
  'not_json',
  /** It had waited too long to be sent, the policy no longer has it, or the ticket has another customer now. */
  'outdated',
  /** When it was to be sent, the agent might not use it any more, or the customer was not verified any more. */
  'not_allowed',
] as const;
export type ToolFailure = (typeof TOOL_FAILURES)[number];

/** What a tool answers: `POST /api/tickets/:id/tools/:toolId/ask`, `GET /api/tickets/:id/tools/:toolId`. */
export type ToolAnswer =
  | {
      readonly kind: 'found';
      /** When the other system said it. */
      readonly asOf: Instant;
      /** Since when the other system has not answered; null: it did. */
      readonly staleSince: Instant | null;
      readonly fields: readonly { readonly label: string; readonly values: readonly string[] }[];
    }
  | { readonly kind: 'nothing'; readonly asOf: Instant }
  | { readonly kind: 'failed'; readonly why: ToolFailure; readonly status: number | null }
  | {
      readonly kind: 'dry_run';
      readonly method: string;
      readonly address: string;
      /** Names only. */
      readonly headers: readonly string[];
      /** JSON; null: none. */
      readonly body: string | null;
      /** What the agent is asked before it is sent; null: the policy says nothing. */
      readonly question: string | null;
    };

export interface AskTool {
  /** By the input's id. */
  readonly inputs: Readonly<Record<string, string>>;
  /** The answer shows what would be sent. A write can only be asked so; `POST /api/tickets/:id/tools/:toolId/runs` sends it. */
  readonly dryRun: boolean;
}

export interface RunTool {
  readonly inputs: Readonly<Record<string, string>>;
  /** Created by the page once for each filled-in form, so that sending it twice acts once. */
  readonly requestId: string;
}
