// Passes to features what was learnt about tickets, so that they can record it.
import type { Queryable } from '../platform/storage/database.ts';
import type { TicketHook, TicketNews, TicketRecord } from './hooks.ts';
import { runInBatch, type StatementBatch } from './process/statement-batch.ts';

type RecordHooks = readonly Pick<TicketHook, 'onRecord'>[];

/** About one ticket of a batch. */
export async function callRecordHooks(hooks: RecordHooks, batch: StatementBatch, record: TicketRecord): Promise<void> {
  for (const { onRecord } of hooks) await onRecord?.(batch, record);
}

/** About several tickets, of which nothing was decided. The news of one ticket stand in their order. */
export async function recordNews(tx: Queryable, hooks: RecordHooks, all: readonly TicketNews[]): Promise<void> {
  const byTicket = new Map<number, TicketNews[]>();
  for (const news of all) byTicket.set(news.ticketId, [...(byTicket.get(news.ticketId) ?? []), news]);
  await runInBatch(tx, [...byTicket.values()], (batch, news) => callRecordHooks(hooks, batch, { news, decided: null }));
}
