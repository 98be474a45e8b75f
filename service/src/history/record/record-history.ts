// Records what happens to tickets, what features did for them, and which version of the policy was in force, in the ticket's transaction.
import { desc, sql } from 'drizzle-orm';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import type { TicketHook, TicketRow } from '../../tickets/index.ts';
import { policyVersions } from '../tables.ts';
import { appendHistories, appendHistory, type NewEntry } from './append.ts';
import { entriesOf } from './entries-of.ts';

/** What Deskwright did, or an agent or customer in it. `at` is the service's time. */
export type NewHistoryEntry = Omit<NewEntry, 'source' | 'position'>;

/** Records what happens to tickets, and what features did for them, in the ticket's transaction. */
export function recordHistory(tx: Queryable, entries: readonly NewHistoryEntry[]): Promise<void> {
  return appendHistory(
    tx,
    entries.map((entry) => ({ ...entry, source: 'deskwright' })),
  );
}

type Placed = Pick<TicketRow, 'category' | 'tier'>;

/** What an agent changed of category and tier. */
export function placementEntries(
  before: Placed & Pick<TicketRow, 'id'>,
  after: Placed,
  { at, agentId }: { at: Date; agentId: number },
): NewHistoryEntry[] {
  return (['category', 'tier'] as const)
    .filter((kind) => before[kind] !== after[kind])
    .map((kind) => ({
      ticketId: before.id,
      at,
      kind,
      value: after[kind],
      actor: 'agent',
      actorId: agentId,
      check: 'last',
    }));
}

/** Records what happens to tickets in their history, in the ticket's transaction. */
export function historyTicketHook({ clock }: { clock: () => number }): TicketHook {
  return {
    // Queried without any entries too, so that tickets with and without them share their statements.
    onRecord: ({ query }, record) => query(appendHistories, entriesOf(record)),
    onGone: (tx, ticketId) => appendHistory(tx, [{ ticketId, at: new Date(clock()), kind: 'deleted', source: 'read' }]),
  };
}

/** Any fixed number, the same in every process. */
const LOCK = 4_600_460_025;

/** Call it when a policy takes effect. Does nothing if it is the one that took effect last: each process that loads it calls. */
export async function recordPolicyVersion(db: Database, hash: string, since: Date): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`SELECT pg_advisory_xact_lock(${LOCK})`);
    const [last] = await tx.select().from(policyVersions).orderBy(desc(policyVersions.id)).limit(1);
    if (last?.hash !== hash) await tx.insert(policyVersions).values({ hash, since });
  });
}
