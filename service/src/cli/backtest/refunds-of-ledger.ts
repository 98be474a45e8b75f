// Reads past refunds from the ledger, with what the service knows of agents and tickets.
import { inArray } from 'drizzle-orm';
import type { PastEvent, PastRefund } from '../../backtest/index.ts';
import { readGroups } from '../../directory/directory.ts';
import type { Database } from '../../platform/storage/database.ts';
import { customersByName, type Entry, readLedger, tiersOf } from '../../refunds/index.ts';
import { listAgents } from '../../sidebar/index.ts';
import { tickets } from '../../tickets/index.ts';
import { isVerified } from '../../tools/index.ts';

/** Tickets looked up at a time. */
const CHUNK = 1_000;

/**
 * Category, groups and role are those of today, and a dispute of that time is not known: the books do not keep them.
 * What the books do keep (sums, days, payments, who approved) is as it was.
 */
export async function refundsOfLedger(db: Database): Promise<PastEvent[]> {
  const entries: Entry[] = [];
  for await (const entry of readLedger(db)) entries.push(entry);
  const agents = new Map((await listAgents(db)).map((agent) => [agent.id, agent]));
  const groups = await readGroups(db);
  const directory = { groupId: (name: string) => groups.get(name) ?? null };
  const customers = await customersByName(db);
  const categories = await readCategories(db, entries);
  const payments = new Map(entries.filter(({ kind }) => kind === 'payment').map((entry) => [entry.payment, entry]));
  const toRefund = async (entry: Entry, requestId: string): Promise<PastRefund> => {
    const { agentId, ticketId, payment, amountMinor, currency, customer, approvedBy } = entry;
    const known = agents.get(agentId ?? 0);
    const groupIds = known?.groupIds ?? [];
    const paid = payment.startsWith('recorded:') ? undefined : payments.get(payment);
    return {
      kind: 'refund',
      id: requestId,
      day: entry.day,
      at: entry.at.getTime(),
      amount: amountMinor,
      currency,
      agent: {
        key: String(agentId),
        name: known?.name ?? `agent ${agentId}`,
        email: known?.email ?? null,
        role: known?.role ?? 'agent',
        tiersIn: (policy) => tiersOf(policy, directory, { groupIds }),
      },
      approvedBy: approvedBy === null ? null : String(approvedBy),
      category: ticketId === null ? null : (categories.get(ticketId) ?? null),
      ticket: ticketId === null ? null : String(ticketId),
      customer: customer === null ? null : (customers.get(customer) ?? customer),
      payment: paid
        ? { name: payment, paid: paid.amountMinor, refundedBefore: 0, currency: paid.currency, paidOn: paid.day }
        : null,
      isVerified: ticketId !== null && (await isVerified(db, ticketId, entry.at)),
    };
  };
  const events: PastEvent[] = [];
  for (const entry of entries) {
    const { kind, requestId, payment, amountMinor } = entry;
    if (kind === 'outside') events.push({ kind: 'outside', payment, amount: amountMinor });
    else if (requestId === null && kind === 'reversed') events.push({ kind: 'outside', payment, amount: -amountMinor });
    else if (requestId !== null && kind === 'reserved') events.push(await toRefund(entry, requestId));
    else if (requestId !== null && (kind === 'released' || kind === 'reversed'))
      events.push({ kind: 'back', id: requestId });
  }
  return events;
}

async function readCategories(db: Database, entries: readonly Entry[]): Promise<Map<number, string | null>> {
  const ids = [...new Set(entries.flatMap(({ ticketId }) => ticketId ?? []))];
  const found = new Map<number, string | null>();
  for (let from = 0; from < ids.length; from += CHUNK) {
    const rows = await db
      .select({ id: tickets.id, category: tickets.category })
      .from(tickets)
      .where(inArray(tickets.id, ids.slice(from, from + CHUNK)));
    for (const { id, category } of rows) found.set(id, category);
  }
  return found;
}
