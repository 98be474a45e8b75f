// Declares what the sidebar's API is built from.
import type { NewTicketGuidance, TicketCard } from '@deskwright/shared/contract';
import type { Live } from '../../platform/live/create-live.ts';
import type { Logger } from '../../platform/logging/logger.ts';
import type { Database } from '../../platform/storage/database.ts';
import { MAX_WAIT_MS } from '../../zendesk/with-time-limit.ts';
import type { Zendesk, ZendeskTicket } from '../../zendesk/zendesk.ts';
import type { AgentAction, OnTicket } from '../actions/action.ts';
import type { ActionResult } from '../actions/action-result.ts';
import type { FoundTicket } from '../card/read-ticket.ts';
import type { Agent } from '../identity/agent.ts';
import type { FindAgent } from '../identity/create-find-agent.ts';
import type { Sessions } from '../identity/create-sessions.ts';

export interface ApiDeps {
  db: Database;
  zendesk: Pick<Zendesk, 'showTicket'>;
  sessions: Sessions;
  findAgent: FindAgent;
  /** Null: the projection does not have the ticket. `found`: what was just read of it. */
  readCard: (on: OnTicket, found?: FoundTicket) => Promise<TicketCard | null>;
  /** Takes a ticket that Zendesk has into the projection, where that is possible now. */
  learnTicket: (ticket: ZendeskTicket) => Promise<void>;
  /** Each gets a route. */
  actions: readonly AgentAction[];
  /** `input` is what the action's schemas gave. */
  performAction: (action: AgentAction, on: OnTicket, input: object) => Promise<ActionResult>;
  newTicketGuidance: (agent: Agent) => NewTicketGuidance;
  /** Called when an action or a decision is durable: its effects may be performed. A failure is logged; the sweeper catches up. */
  onAct: () => unknown;
  live: Live;
  /** Epoch milliseconds. */
  clock: () => number;
  logger: Pick<Logger, 'error' | 'warn' | 'info'>;
  /** Aborted when the service winds down: open streams end. */
  stopping: AbortSignal;
  limits?: Partial<ApiLimits> | undefined;
}

export interface ApiLimits {
  /** Calls of one agent a minute. */
  perAgent: number;
  /** Calls without an access token a minute and address; a whole company may sit behind one. */
  perIp: number;
  /** Open streams of one agent: as many tabs as anybody keeps. */
  streamsPerAgent: number;
  /** Between two signs of life on a stream. */
  heartbeatMs: number;
  /** How long a call waits for one answer of Zendesk, in milliseconds. */
  maxWaitMs: number;
}

export const API_LIMITS: ApiLimits = {
  perAgent: 300,
  perIp: 600,
  streamsPerAgent: 30,
  heartbeatMs: 20_000,
  maxWaitMs: MAX_WAIT_MS,
};
