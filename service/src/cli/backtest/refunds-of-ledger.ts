// Reads past refunds from the ledger, with what the service knows of agents and tickets.
import { inArray } from 'drizzle-orm';
import type { MadeOutside, PastEvent, PastRefund } from '../../backtest/index.ts';
import { readGroups } from '../../directory/directory.ts';
import type { Database } from '../../platform/storage/database.ts';
import { customersByName, type Entry, readLedger, tiersOf } from '../../refunds/index.ts';
import { listAgents } from '../../sidebar/index.ts';
import { tickets } from '../../tickets/index.ts';
import { verifiedTimes } from '../../tools/index.ts';

/** Entries whose tickets and customers are looked up at once. */
const CHUNK = 1_000;

/**
 * In the order of the books, a part at a time. Category, groups and role are those of today, and a dispute of that time is not known: the books
 * do not keep them. What the books do keep (sums, days, payments, who approved) is as it was.
 */
export async function* refundsOfLedger(db: Database, chunk = CHUNK): AsyncGenerator<PastEvent> {
  const agents = new Map((await listAgents(db)).map((agent) => [agent.id, agent]));
  const groups = await readGroups(db);
  const directory = { groupId: (name: string) => groups.get(name) ?? null };
  /** Entered before the first refund of it. */
  const payments = new Map<string, Pick<Entry, 'amountMinor' | 'currency' | 'day'>>();

  const toRefund = (entry: Entry, requestId: string, known: Known): PastRefund => {
    const { agentId, ticketId, payment, amountMinor, currency, approvedBy } = entry;
    const agent = agents.get(agentId ?? 0);
    const groupIds = agent?.groupIds ?? [];
    const paid = payment.startsWith('recorded:') ? undefined : payments.get(payment);
    const isWithin = ({ from, until }: { from: Date; until: Date }) => from <= entry.at && entry.at < until;
    return {
      kind: 'refund',
      id: requestId,
      day: entry.day,
      at: entry.at.getTime(),
      amount: amountMinor,
      currency,
      agent: {
        key: String(agentId),
        name: agent?.name ?? `agent ${agentId}`,
        email: agent?.email ?? null,
        role: agent?.role ?? 'agent',
        tiersIn: (policy) => tiersOf(policy, directory, { groupIds }),
      },
      approvedBy: approvedBy === null ? null : String(approvedBy),
      category: ticketId === null ? null : (known.categories.get(ticketId) ?? null),
      ...whose(entry, known),
      payment: paid
        ? { name: payment, paid: paid.amountMinor, refundedBefore: 0, currency: paid.currency, paidOn: paid.day }
        : null,
      isVerified: ticketId !== null && (known.verified.get(ticketId) ?? []).some(isWithin),
    };
  };

  for await (const entries of inChunks(readLedger(db), chunk)) {
    const known = await readKnown(db, entries);
    for (const entry of entries) {
      const { kind, requestId, payment, amountMinor, currency, day } = entry;
      if (kind === 'payment') payments.set(payment, { amountMinor, currency, day });
      else if (kind === 'outside') yield toOutside(entry, amountMinor, known);
      else if (requestId === null && kind === 'reversed') yield toOutside(entry, -amountMinor, known);
      else if (requestId !== null && kind === 'reserved') yield toRefund(entry, requestId, known);
      else if (requestId !== null && (kind === 'released' || kind === 'reversed'))
        yield { kind: 'back', id: requestId };
    }
  }
}

function toOutside(entry: Entry, amount: number, known: Known): MadeOutside {
  const { payment, currency, day } = entry;
  return { kind: 'outside', payment, amount, currency, day, ...whose(entry, known) };
}

const whose = ({ ticketId, customer }: Entry, known: Known) => ({
  ticket: ticketId === null ? null : String(ticketId),
  customer: customer === null ? null : (known.customers.get(customer) ?? customer),
});

type Known = Awaited<ReturnType<typeof readKnown>>;

/** Of the tickets and customers of these entries. */
async function readKnown(db: Database, entries: readonly Entry[]) {
  const ids = [...new Set(entries.flatMap(({ ticketId }) => ticketId ?? []))];
  const names = [...new Set(entries.flatMap(({ customer }) => customer ?? []))];
  const [categories, customers, verified] = await Promise.all([
    db.select({ id: tickets.id, category: tickets.category }).from(tickets).where(inArray(tickets.id, ids)),
    customersByName(db, names),
    verifiedTimes(db, ids),
  ]);
  return { categories: new Map(categories.map(({ id, category }) => [id, category])), customers, verified };
}

async function* inChunks<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let chunk: T[] = [];
  for await (const item of items) {
    chunk.push(item);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
