// Lists a customer's refunds for the timeline, by the books.
import { and, desc, eq, inArray } from 'drizzle-orm';
import type { TimelineSource } from '../sidebar/index.ts';
import { REASON_CODE } from './ledger/reason-code.ts';
import { nameOfReasonCode } from './refund-reason.ts';
import { ledgerCustomers, ledgerEntries } from './tables.ts';

const KINDS = { confirmed: 'refunded', reversed: 'refund_reversed', outside: 'refunded_outside' } as const;

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
      kind: KINDS[row.kind as keyof typeof KINDS],
      at: row.at,
      ticketId: row.ticketId,
      amount: { minor: row.amountMinor, currency: row.currency },
      reasonCode: nameOfReasonCode(policy, row.reasonCode),
    }));
  },
};
