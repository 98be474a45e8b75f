// Defines the tables of sweeps: decisions of open tickets again by a changed policy.
import type { Priority } from '@deskwright/shared';
import { boolean, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { id, identity, time } from '../../platform/storage/tables.ts';
import type { WantedTicket } from '../tables.ts';
import type { TicketChange } from '../write/ticket-change.ts';

/** Open tickets that a sweep concerns; what is left out limits nothing. */
export interface SweepFilter {
  readonly ticketIds?: readonly number[];
  /** Ids of the policy, as the tickets have them before the sweep. */
  readonly category?: string;
  readonly tier?: string;
  /** The id of a group in Zendesk. */
  readonly groupId?: number;
}

/** Where a ticket is, by the policy and in Zendesk. */
export interface TicketPlace {
  readonly category: string | null;
  readonly tier: string | null;
  readonly priority: Priority | null;
  readonly groupId: number | null;
}

/** What an undo restores beside the place. */
export interface PlaceBefore extends TicketPlace {
  readonly wanted?: WantedTicket | null;
  /** ISO 8601. */
  readonly decidedAt?: string | null;
  readonly policyHash?: string | null;
}

export const sweeps = pgTable('sweeps', {
  id: identity(),
  /** `reload`: the service counts, after it has loaded a changed policy, and changes nothing. */
  origin: text('origin', { enum: ['operator', 'reload'] }).notNull(),
  state: text('state', {
    enum: ['planning', 'planned', 'running', 'done', 'undoing', 'undone', 'cancelled'],
  }).notNull(),
  paused: boolean('paused').notNull().default(false),
  /** Null: a person paused it. */
  pausedBecause: text('paused_because'),
  filter: jsonb('filter').$type<SweepFilter>().notNull(),
  who: text('who').notNull(),
  why: text('why'),
  /** By which it was planned; null: not begun. */
  policyHash: text('policy_hash'),
  /** Every ticket up to this id was planned. */
  plannedAfter: id('planned_after').notNull().default(0),
  open: integer('open').notNull().default(0),
  /** Placed by people: these are left alone. */
  byPeople: integer('by_people').notNull().default(0),
  /** Could not be decided. */
  undecided: integer('undecided').notNull().default(0),
  createdAt: time('created_at').notNull().defaultNow(),
  begunAt: time('begun_at'),
  finishedAt: time('finished_at'),
});

export type SweepRow = typeof sweeps.$inferSelect;

/** Tickets that a sweep changes. */
export const sweepTickets = pgTable(
  'sweep_tickets',
  {
    sweepId: id('sweep_id').notNull(),
    ticketId: id('ticket_id').notNull(),
    /**
     * `unchanged`: nothing was left to change. `left`: a person placed it, or it was solved, meanwhile. `restored`, `kept`: by an undo, which keeps
     * what somebody changed since.
     */
    state: text('state', {
      enum: ['planned', 'changed', 'unchanged', 'left', 'failed', 'restored', 'kept'],
    }).notNull(),
    trigger: text('trigger'),
    before: jsonb('before').$type<PlaceBefore>().notNull(),
    after: jsonb('after').$type<TicketPlace>().notNull(),
    change: jsonb('change').$type<TicketChange>().notNull(),
    error: text('error'),
  },
  ({ sweepId, ticketId }) => [primaryKey({ columns: [sweepId, ticketId] })],
);
