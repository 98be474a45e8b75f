// Defines the table of evidence that agents have collected for disputed payments.
import { pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Tables } from '../../platform/feature.ts';
import { id, time } from '../../platform/storage/tables.ts';

export const evidenceTicks = pgTable(
  'evidence_ticks',
  {
    ticketId: id('ticket_id').notNull(),
    /** As in the ledger: `stripe:ch_1`. */
    payment: text('payment').notNull(),
    /** Its id in the policy. */
    evidence: text('evidence').notNull(),
    /** The provider's id of the dispute that it was collected for. Null: of whichever was open, whose id was not known. */
    dispute: text('dispute'),
    agentId: id('agent_id').notNull(),
    doneAt: time('done_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.ticketId, table.payment, table.evidence] })],
);

export const DISPUTE_TABLES: Tables = { evidence_ticks: { keptFor: 'actions' } };
