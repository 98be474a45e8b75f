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

interface About extends Pick<NewEntry, 'day' | 'customer' | 'rule' | 'policyHash'> {
  /** What the agent entered. Left out: what was paid is not known, so the books know a payment of the same amount, which it uses up. */
  readonly payment?: {
    readonly name: string;
    readonly paidMinor: number;
    readonly paidOn: string;
    readonly isKnown: boolean;
  };
  readonly approvedBy?: number | null;
}

export function entriesOfRecorded(row: Recorded, { payment, approvedBy = null, ...about }: About): readonly NewEntry[] {
  const entry = {
    amountMinor: row.amountMinor,
    currency: row.currency,
    payment: payment?.name ?? `recorded:${row.id}`,
    requestId: requestOf(row),
    ticketId: row.ticketId,
    agentId: row.agentId,
    approvedBy,
    providerRef: null,
    at: row.grantedAt,
    ...about,
  };
  const paid: NewEntry = {
    ...entry,
    kind: 'payment',
    amountMinor: payment?.paidMinor ?? row.amountMinor,
    day: payment?.paidOn ?? about.day,
    requestId: null,
    agentId: null,
    approvedBy: null,
    rule: null,
  };
  return [...(payment?.isKnown ? [] : [paid]), { ...entry, kind: 'reserved' }, { ...entry, kind: 'confirmed' }];
}
