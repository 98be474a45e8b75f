// Answers with the timeline of a ticket's customer: the entries of all features in one order. A feature that fails never hides the others.
import type { Policy } from '@deskwright/shared';
import type { Timeline, TimelineEvent, TimelineSourceName } from '@deskwright/shared/contract';
import { and, desc, eq, inArray, isNull } from 'drizzle-orm';
import { aboutError } from '../../platform/errors/about-error.ts';
import type { Logger } from '../../platform/logging/logger.ts';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import type { PolicyWithGuidance } from '../../policy/policy-in-force.ts';
import { tickets } from '../../tickets/index.ts';
import { defineTicketCall, type TicketCall } from '../api/ticket-call.ts';
import { type Agent, maySee } from '../identity/agent.ts';

const MOST = 100;

export interface TimelineDeps {
  db: Database;
  policy: { current: () => Pick<PolicyWithGuidance, 'policy'> };
  directory: { current: () => { groupId: (name: string) => number | null } | null };
  /** Of other features. */
  sources: readonly TimelineSource[];
  logger: Pick<Logger, 'error'>;
}

/** `GET /api/tickets/:id/timeline` */
export function timelineCall({ db, policy, directory, sources, logger }: TimelineDeps): TicketCall {
  return defineTicketCall({
    name: 'timeline',
    method: 'get',
    path: '/timeline',
    answer: async ({ ticket, agent }) => {
      const { requesterId } = ticket;
      const none: Timeline = { entries: [], hasMore: false, missing: [] };
      if (requesterId === null) return { kind: 'answer', body: none };
      const missing: Timeline['missing'][number][] = [];
      const groups = directory.current() ?? { groupId: () => null };
      const asked = { requesterId, policy: policy.current().policy, agent, directory: groups, limit: MOST + 1 };
      const read = async (source: TimelineSource): Promise<readonly PastEvent[]> => {
        try {
          return await source.read(db, asked);
        } catch (error) {
          missing.push(source.name);
          const about = { source: source.name, ticketId: ticket.id, ...aboutError(error) };
          logger.error(about, 'A part of the timeline could not be read; it is shown without it');
          return [];
        }
      };
      const all = (await Promise.all([ticketsSource, ...sources].map(read))).flat();
      const seen = await onlySeen(db, agent, all);
      // What happened in the same moment keeps the order of the sources.
      const ordered = seen.toSorted((a, b) => b.at.getTime() - a.at.getTime());
      const entries = ordered.slice(0, MOST).map(({ at, ...event }) => ({ ...event, at: at.toISOString() }));
      const body: Timeline = { entries, hasMore: ordered.length > MOST, missing };
      return { kind: 'answer', body };
    },
  });
}

async function onlySeen(db: Database, agent: Agent, events: readonly PastEvent[]): Promise<readonly PastEvent[]> {
  if (agent.sees === 'all') return events;
  const ids = [...new Set(events.flatMap(({ ticketId }) => ticketId ?? []))];
  const { id, groupId, assigneeId, organizationId, requesterId } = tickets;
  const rows = await db
    .select({ id, groupId, assigneeId, organizationId, requesterId })
    .from(tickets)
    .where(inArray(id, ids));
  const seen = new Set(rows.filter((row) => maySee(agent, row)).map((row) => row.id));
  return events.filter(({ ticketId }) => ticketId === null || seen.has(ticketId));
}

/** Lists when a customer's tickets were opened and solved, for the timeline. */
const ticketsSource: TimelineSource = {
  name: 'tickets',
  read: async (db, { requesterId, limit }) => {
    const { id, subject, createdAt, solvedAt } = tickets;
    const rows = await db
      .select({ id, subject, createdAt, solvedAt })
      .from(tickets)
      .where(and(eq(tickets.requesterId, requesterId), isNull(tickets.gone)))
      .orderBy(desc(createdAt), desc(id))
      .limit(limit);
    return rows.flatMap((row) => [
      ...(row.solvedAt === null
        ? []
        : [{ kind: 'solved', at: row.solvedAt, ticketId: row.id, subject: row.subject } as const]),
      { kind: 'opened', at: row.createdAt, ticketId: row.id, subject: row.subject } as const,
    ]);
  },
};

export interface TimelineSource {
  readonly name: TimelineSourceName;
  /** The newest `limit` of the customer, on whatever ticket: who asks is shown only those of tickets that they may see. */
  read(db: Queryable, asked: TimelineAsked): Promise<readonly PastEvent[]>;
}

interface TimelineAsked {
  readonly requesterId: number;
  readonly policy: Policy;
  /** Who asks, and the groups by which the policy says what they may see. */
  readonly agent: Agent;
  readonly directory: { groupId: (name: string) => number | null };
  readonly limit: number;
}

type PastEvent = TimelineEvent & { readonly at: Date; readonly ticketId: number | null };
