// Lists a customer's refunds and goodwill for the timeline, by the books.
import { and, desc, eq, inArray } from 'drizzle-orm';
import type { TimelineSource } from '../sidebar/index.ts';
import { nameOfItem } from './goodwill/give-goodwill.ts';
import { goodwillEntries } from './goodwill/tables.ts';
import { REASON_CODE } from './ledger/ledger.ts';
import { nameOfReasonCode } from './refund-reason.ts';
import { ledgerCustomers, ledgerEntries } from './tables.ts';

const REFUND_KINDS = { confirmed: 'refunded', reversed: 'refund_reversed', outside: 'refunded_outside' } as const;

/** Lists a customer's refunds for the timeline, by the books. */
export const refundsTimeline: TimelineSource = {
  name: 'refunds',
  read: async (db, { requesterId, policy, limit }) => {
    const { kind, ticketId, at, amountMinor, currency, customer, seq } = ledgerEntries;
    const rows = await db
      .select({ kind, ticketId, at, amountMinor, currency, reasonCode: REASON_CODE })
      .from(ledgerEntries)
      .innerJoin(ledgerCustomers, eq(ledgerCustomers.customer, customer))
      .where(
        and(eq(ledgerCustomers.requesterId, requesterId), inArray(kind, ['confirmed', 'reversed', 'outside'] as const)),
      )
      .orderBy(desc(seq))
      .limit(limit);
    return rows.map((row) => ({
      kind: REFUND_KINDS[row.kind as keyof typeof REFUND_KINDS],
      at: row.at,
      ticketId: row.ticketId,
      amount: { minor: row.amountMinor, currency: row.currency },
      reasonCode: nameOfReasonCode(policy, row.reasonCode),
    }));
  },
};

const GOODWILL_KINDS = { given: 'goodwill_given', taken_back: 'goodwill_taken_back' } as const;

/** Tells of a customer's past what they were given as goodwill. */
export const goodwillTimeline: TimelineSource = {
  name: 'goodwill',
  read: async (db, { requesterId, policy, limit }) => {
    const { id, kind, item, ticketId, at, valueMinor, currency, customer } = goodwillEntries;
    const rows = await db
      .select({ kind, item, ticketId, at, valueMinor, currency })
      .from(goodwillEntries)
      .innerJoin(ledgerCustomers, eq(ledgerCustomers.customer, customer))
      .where(eq(ledgerCustomers.requesterId, requesterId))
      .orderBy(desc(id))
      .limit(limit);
    return rows.map((row) => ({
      kind: GOODWILL_KINDS[row.kind],
      at: row.at,
      ticketId: row.ticketId,
      item: nameOfItem(row.item, policy.refunds?.goodwill?.catalogue),
      value: { minor: row.valueMinor, currency: row.currency },
    }));
  },
};
