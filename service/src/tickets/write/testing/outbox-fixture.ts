// Builds what a test of ticket writes needs: database, outbox, clock and a fake Zendesk.
import { eq, sql } from 'drizzle-orm';
import { createOutbox, type OutboxDeps, type RunSummary } from '../../../platform/outbox/outbox.ts';
import { outbox } from '../../../platform/outbox/tables.ts';
import type { Database } from '../../../platform/storage/database.ts';
import { createFakeZendesk, type FakeZendesk } from '../../../zendesk/create-fake-zendesk.ts';
import { aZendeskTicket } from '../../../zendesk/testing/a-zendesk-ticket.ts';
import type { ZendeskTicket } from '../../../zendesk/zendesk.ts';
import { tickets } from '../../tables.ts';
import { ticketChanges } from '../perform-effects.ts';
import type { TicketWriteDeps } from '../run.ts';
import { type Cause, recordTicketChange, type TicketChange } from '../ticket-change.ts';

type OutboxRow = typeof outbox.$inferSelect;

/** What a run of the outbox with only ticket changes needs. */
export type PerformDeps = Omit<OutboxDeps, 'kinds'> &
  TicketWriteDeps & { limits?: Parameters<typeof ticketChanges>[1] };

/** Runs the outbox with ticket changes as its only kind. */
export async function performEffects({ limits, ...deps }: PerformDeps): Promise<RunSummary> {
  return createOutbox({ ...deps, kinds: [ticketChanges(deps, limits)] }).perform();
}

export interface OutboxFixture {
  zendesk: FakeZendesk;
  /** Ticket ids that were read again after a collision. */
  reread: number[];
  deps: PerformDeps;
  /** Adds a ticket to Zendesk and, identically, to the projection. */
  aTicket(id: number, values?: Partial<ZendeskTicket>): Promise<ZendeskTicket>;
  want(ticketId: number, change: TicketChange, options?: { key?: string; cause?: Cause }): Promise<void>;
  rows(): Promise<OutboxRow[]>;
  states(): Promise<string[]>;
  /** Makes everything that waits or is in flight due at once. */
  letTimePass(): Promise<void>;
}

const LOGGER = { debug() {}, info() {}, warn() {}, error() {}, child: () => LOGGER } as PerformDeps['logger'];

/** `clock`: Zendesk's, epoch milliseconds. */
export function createOutboxFixture(db: Database, clock = createSecondsClock()): OutboxFixture {
  const zendesk = createFakeZendesk(clock);
  const reread: number[] = [];
  let keys = 0;
  const world: OutboxFixture = {
    zendesk,
    reread,
    deps: {
      db,
      zendesk,
      reread: async (ticketId) => {
        reread.push(ticketId);
        const ticket = zendesk.account.tickets.get(ticketId);
        if (ticket) await project(db, ticket);
      },
      writesPerMinute: () => 60_000,
      logger: LOGGER,
      random: () => 0.5,
      // Waits end only when a test ends them (`letTimePass`).
      limits: { workMs: 10_000, backoffMs: 60_000 },
    },
    async aTicket(id, values = {}) {
      const ticket = aZendeskTicket({ id, tags: ['tents'], ...values });
      zendesk.account.tickets.set(id, ticket);
      await project(db, ticket);
      return ticket;
    },
    async want(ticketId, change, { key = `effect:${++keys}`, cause = 'decision' } = {}) {
      await recordTicketChange(db, { key, ticketId, cause, change });
    },
    rows: () => db.select().from(outbox).orderBy(outbox.id),
    states: async () => (await world.rows()).map((row) => row.state),
    async letTimePass() {
      const past = sql`now() - interval '1 second'`;
      await db.update(outbox).set({ dueAt: past }).where(eq(outbox.state, 'waiting'));
      await db.update(outbox).set({ claimedUntil: past }).where(eq(outbox.state, 'in_flight'));
      await db.execute(sql`UPDATE write_budget SET blocked_until = NULL`);
    },
  };
  return world;
}

/** Each call returns a time one second later, so that every write gets a different timestamp. */
export function createSecondsClock(): () => number {
  let seconds = 0;
  return () => Date.UTC(2026, 10, 23, 9, 0, seconds++);
}

async function project(db: Database, ticket: ZendeskTicket): Promise<void> {
  const updatedAt = new Date(ticket.updated_at);
  const row = {
    id: ticket.id,
    subject: ticket.subject ?? '',
    description: ticket.description ?? '',
    status: ticket.status,
    priority: ticket.priority,
    tags: ticket.tags,
    groupId: ticket.group_id,
    createdAt: new Date(ticket.created_at),
    updatedAt,
    snapshotAt: updatedAt,
  };
  await db.insert(tickets).values(row).onConflictDoUpdate({ target: tickets.id, set: row });
}
