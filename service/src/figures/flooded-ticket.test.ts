// Checks that a ticket flooded by a loop of programs is measured in work that grows with its history, not with the square of it.

import type { HistoryEntry, HistoryKind } from './history-entry.ts';
import { measureTicket } from './measure-ticket.ts';
import { anEntry, aPolicy, groupIdOf, LENA, OMAR } from './testing/builders.ts';

const EVENTS = 5_000;
const START = Date.parse('2026-11-02T15:00:00Z');

let reads = 0;
const entryAt = (time: number, kind: HistoryKind, parts: Partial<HistoryEntry>): HistoryEntry => ({
  ...anEntry('2026-11-02T10:00', kind, parts),
  get at() {
    reads += 1;
    return new Date(time);
  },
});

test('5,000 events: mail programs reopen the ticket, and rules assign it, while its customer waits', () => {
  const flood = Array.from({ length: EVENTS }, (_, n) => {
    const at = START + 1_500 * n;
    if (n % 5 === 0) return entryAt(at, 'status', { value: 'solved', actor: 'agent', actorId: LENA });
    if (n % 5 === 1) return entryAt(at, 'automatic_reply', { ref: n, actor: 'customer', public: true });
    if (n % 5 === 2) return entryAt(at, 'status', { value: 'open', actor: 'customer' });
    if (n % 5 === 3) return entryAt(at, 'group', { ref: 11 + (n % 2), actor: 'us' });
    return entryAt(at, 'assignee', { ref: n % 2 === 0 ? LENA : OMAR });
  });
  const opened = entryAt(START - 60_000, 'created', { value: 'email', ref: 900, actor: 'customer' });
  const { measures, waits } = measureTicket([opened, ...flood], null, { policy: aPolicy(), groupIdOf });
  expect(measures.filter(({ figure }) => figure === 'reopen')).toEqual([]);
  expect(waits).toHaveLength(1);
  // To sort them takes some thirty reads of each.
  expect(reads).toBeLessThan(200 * EVENTS);
});
