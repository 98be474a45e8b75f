// Opens the cached past tickets, and erases tickets and customers from them.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Chunk, PastTicketChunks } from '../chunks.ts';
import {
  FOLDER,
  listAccounts,
  listPages,
  readForgotten,
  readPageText,
  removeTickets,
  writeForgotten,
} from './pages.ts';

/** Rows of a page begin at a multiple of this; a page has at most 1,000 tickets. */
const ROWS = 10_000;

/**
 * Null: nothing is cached. Tickets created before `oldest` (epoch milliseconds) are removed first, for which all pages are read; left out:
 * none is removed.
 */
export async function openCache(
  folder: string,
  { oldest, limit }: { oldest?: number | undefined; limit?: number | undefined },
): Promise<PastTicketChunks | null> {
  const pages = await listPages(folder);
  if (pages.length === 0) return null;
  if (oldest !== undefined) await removeTickets(folder, (ticket) => Date.parse(ticket.created_at) < oldest);
  let read = 0;
  async function* chunks(): AsyncGenerator<Chunk> {
    let left = limit ?? Number.POSITIVE_INFINITY;
    for (const page of pages) {
      if (left <= 0) return;
      const lines = (await readPageText(folder, page))
        .split('\n')
        .filter((line) => line !== '')
        .slice(0, left);
      left -= lines.length;
      read++;
      yield { kind: 'lines', file: `cached page ${page}`, text: lines.join('\n'), firstLine: page * ROWS + 1 };
    }
  }
  return { chunks: chunks(), size: pages.length, read: () => read };
}

export interface ToForget {
  readonly tickets: readonly number[];
  readonly users: readonly number[];
}

/**
 * Erases from the cache of every account, and keeps the numbers, so that nothing is cached again, not even by a fetch that is running.
 * @returns how many tickets were erased, or would be
 */
export async function forgetCached(
  dataDir: string,
  { tickets, users }: ToForget,
  { dryRun }: { dryRun: boolean },
): Promise<number> {
  // Nothing can be cached where there is no data folder.
  if (!existsSync(dataDir)) return 0;
  const all = join(dataDir, FOLDER);
  if (!dryRun) {
    const before = await readForgotten(all);
    await writeForgotten(all, {
      tickets: [...new Set([...before.tickets, ...tickets])],
      users: [...new Set([...before.users, ...users])],
    });
  }
  let removed = 0;
  const [ids, people] = [new Set(tickets), new Set(users)];
  for (const folder of await listAccounts(all)) {
    const isMeant = (ticket: { id: number; requester_id: number | null }) =>
      ids.has(ticket.id) || (ticket.requester_id !== null && people.has(ticket.requester_id));
    let found = 0;
    const gone = await removeTickets(folder, (ticket) => {
      if (!isMeant(ticket)) return false;
      found++;
      return !dryRun;
    });
    removed += dryRun ? found : gone;
  }
  return removed;
}
