// Builds entries of the ledger for tests.
import type { NewEntry } from '../entry.ts';

/** Of $10 and request `first`, unless given otherwise; a `payment` has no request. */
export const anEntry = (part: Partial<NewEntry> & Pick<NewEntry, 'kind'>): NewEntry => ({
  amountMinor: 1_000,
  currency: 'USD',
  payment: 'stripe:ch_1',
  requestId: part.kind === 'payment' || part.kind === 'outside' ? null : 'first',
  ticketId: 42,
  agentId: 7,
  customer: 'c-1',
  day: '2026-03-01',
  rule: 'tier t1',
  policyHash: null,
  approvedBy: null,
  providerRef: null,
  at: new Date('2026-03-01T10:00:00.123Z'),
  ...part,
});
