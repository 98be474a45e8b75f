// Declares the dependencies of the sidebar's API.
import type { NewTicketGuidance, ReplyCheck, TicketCard } from '@deskwright/shared/contract';
import type { Live } from '../../platform/live/live.ts';
import type { Logger } from '../../platform/logging/logger.ts';
import type { Database } from '../../platform/storage/database.ts';
import { MAX_WAIT_MS } from '../../zendesk/with-time-limit.ts';
import type { Zendesk, ZendeskTicket } from '../../zendesk/zendesk.ts';
import type { ActionResult, AgentAction, OnTicket } from '../actions/action.ts';
import type { FoundTicket } from '../card/read-ticket.ts';
import type { Agent } from '../identity/agent.ts';
import type { FindAgent } from '../identity/create-find-agent.ts';
import type { Sessions } from '../identity/create-sessions.ts';
import type { TicketCall } from './ticket-call.ts';

export interface ApiDeps {
  db: Database;
  zendesk: Pick<Zendesk, 'showTicket'>;
  sessions: Sessions;
  findAgent: FindAgent;
  /** Null: the projection does not have the ticket. `found`: what was just read of it. */
  readCard: (on: OnTicket, found?: FoundTicket) => Promise<TicketCard | null>;
  /** Adds a ticket from Zendesk to the projection, if that is possible now. */
  addTicket: (ticket: ZendeskTicket) => Promise<void>;
  /** One route is added per action. */
  actions: readonly AgentAction[];
  /** One route is added per call. */
  calls?: readonly TicketCall[];
  /** `input` is the output of the action's schemas. */
  performAction: (action: AgentAction, on: OnTicket, input: object) => Promise<ActionResult>;
  newTicketGuidance: (agent: Agent) => NewTicketGuidance;
  checkReply: (text: string) => ReplyCheck;
  /** Called after an action or a decision is committed, to enqueue its effects. A failure is logged; the sweep enqueues them later. */
  onAct: () => unknown;
  live: Live;
  /** Epoch milliseconds. */
  clock: () => number;
  logger: Pick<Logger, 'error' | 'warn' | 'info'>;
  /** Aborted when the service is stopping: open streams end. */
  stopping: AbortSignal;
  limits?: Partial<ApiLimits> | undefined;
}

export interface ApiLimits {
  /** Calls per agent and minute. */
  perAgent: number;
  /** Calls without an access token per minute and address; a whole company may share one. */
  perIp: number;
  /** Open streams per agent, one per browser tab. */
  streamsPerAgent: number;
  /** Between two heartbeats on a stream. */
  heartbeatMs: number;
  /**
   * How long an agent counts as having a ticket open after their page last said so. Longer than two calls (`VIEWING_MS`), so that a lost
   * one changes nothing; together with a heartbeat, which tells the other pages, less than a minute.
   */
  viewedForMs: number;
  /** How long a call waits for one answer of Zendesk, in milliseconds. */
  maxWaitMs: number;
}

export const API_LIMITS: ApiLimits = {
  perAgent: 300,
  perIp: 600,
  streamsPerAgent: 30,
  heartbeatMs: 20_000,
  viewedForMs: 30_000,
  maxWaitMs: MAX_WAIT_MS,
};
