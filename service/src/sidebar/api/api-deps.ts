// What do the sidebar's calls need from the world?
import type { CorrectCategory, Escalate, NewTicketGuidance, TicketCard } from '@deskwright/shared/contract';
import type { Live } from '../../platform/live/create-live.ts';
import type { Logger } from '../../platform/logging/logger.ts';
import type { Database } from '../../platform/storage/database.ts';
import { PATIENCE_MS } from '../../zendesk/within-patience.ts';
import type { Zendesk, ZendeskTicket } from '../../zendesk/zendesk.ts';
import type { ActResult } from '../actions/act-result.ts';
import type { Agent } from '../identity/agent.ts';
import type { FindAgent } from '../identity/create-find-agent.ts';
import type { Sessions } from '../identity/create-sessions.ts';

/** Whose call it is, and about which ticket; the agent may see it. */
export interface OnTicket {
  ticketId: number;
  agent: Agent;
}

export interface ApiDeps {
  db: Database;
  zendesk: Pick<Zendesk, 'showTicket'>;
  sessions: Sessions;
  findAgent: FindAgent;
  /** Null: the projection does not have the ticket. */
  readCard: (on: OnTicket) => Promise<TicketCard | null>;
  /** Takes a ticket that Zendesk has into the projection, where that is possible now. */
  learnTicket: (ticket: ZendeskTicket) => Promise<void>;
  acts: AgentActs;
  newTicketGuidance: (agent: Agent) => NewTicketGuidance;
  /** Called when an act or a decision is durable: its effects may be carried out. A failure is logged; the sweeper catches up. */
  onAct: () => unknown;
  live: Live;
  /** Epoch milliseconds. */
  clock: () => number;
  logger: Pick<Logger, 'error' | 'warn'>;
  /** Aborted when the service winds down: open streams end. */
  stopping: AbortSignal;
  limits?: Partial<ApiLimits> | undefined;
}

/** What an agent may do from the sidebar. Each says itself what it refuses. */
export interface AgentActs {
  correctCategory: (act: OnTicket & CorrectCategory) => Promise<ActResult>;
  undoCorrection: (act: OnTicket & { correctionId: number }) => Promise<ActResult>;
  tickStep: (act: OnTicket & { stepId: string; done: boolean }) => Promise<ActResult>;
  escalateTicket: (act: OnTicket & Escalate) => Promise<ActResult>;
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
  patienceMs: number;
}

export const API_LIMITS: ApiLimits = {
  perAgent: 300,
  perIp: 600,
  streamsPerAgent: 30,
  heartbeatMs: 20_000,
  patienceMs: PATIENCE_MS,
};
