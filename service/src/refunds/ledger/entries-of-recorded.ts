// Makes the entries of a refund that an agent recorded and a person paid.
import type { refunds } from '../tables.ts';
import type { NewEntry } from './entry.ts';

type Recorded = Pick<
  typeof refunds.$inferSelect,
  'id' | 'requestId' | 'ticketId' | 'agentId' | 'amountMinor' | 'currency' | 'grantedAt'
>;

/** The request that the entries of a recorded refund have; the oldest rows have no request of their own. */
export const requestOf = ({ id, requestId }: Pick<Recorded, 'id' | 'requestId'>): string =>
  requestId ?? `recorded:${id}`;

/** What was paid is not known of it, so the books know a payment of the same amount, which it uses up. */
export function entriesOfRecorded(
  row: Recorded,
  about: Pick<NewEntry, 'day' | 'customer' | 'rule' | 'policyHash'>,
): readonly NewEntry[] {
  const entry = {
    amountMinor: row.amountMinor,
    currency: row.currency,
    payment: `recorded:${row.id}`,
    requestId: requestOf(row),
    ticketId: row.ticketId,
    agentId: row.agentId,
    approvedBy: null,
    providerRef: null,
    at: row.grantedAt,
    ...about,
  };
  return [
    { ...entry, kind: 'payment', requestId: null, agentId: null, rule: null },
    { ...entry, kind: 'reserved' },
    { ...entry, kind: 'confirmed' },
  ];
}
