// Tells of a customer's past what they were given as goodwill.
import { desc, eq } from 'drizzle-orm';
import type { TimelineSource } from '../../sidebar/index.ts';
import { ledgerCustomers } from '../tables.ts';
import { nameOfItem } from './give-goodwill.ts';
import { goodwillEntries } from './tables.ts';

const KINDS = { given: 'goodwill_given', taken_back: 'goodwill_taken_back' } as const;

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
      kind: KINDS[row.kind],
      at: row.at,
      ticketId: row.ticketId,
      item: nameOfItem(row.item, policy.refunds?.goodwill?.catalogue),
      value: { minor: row.valueMinor, currency: row.currency },
    }));
  },
};
