// Opens the cached past tickets, and erases tickets and customers from them.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Chunk, PastTicketChunks } from '../chunks.ts';
import { addForgotten, isAmong, type ToForget } from './forgotten.ts';
import { namesOfPage, readNames, unknownInCache } from './names.ts';
import { FOLDER, listAccounts, listPages, readPage, readPageText, removeTickets } from './pages.ts';

/** Rows of a page begin at a multiple of this; a page has at most 1,000 tickets. */
const ROWS = 10_000;

/**
 * Null: nothing is cached. Tickets created before `oldest` (epoch milliseconds) are removed first, for which all pages are read; left out:
 * none is removed.
 * @param asks names of the fields that conditions read, for `unknown`
 */
export async function openCache(
  folder: string,
  {
    oldest,
    limit,
    asks = new Set(),
  }: { oldest?: number | undefined; limit?: number | undefined; asks?: ReadonlySet<string> | undefined },
): Promise<PastTicketChunks | null> {
  const pages = await listPages(folder);
  if (pages.length === 0) return null;
  if (oldest !== undefined) await removeTickets(folder, (ticket) => Date.parse(ticket.created_at) < oldest);
  const names = await readNames(folder);
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
      const text = lines.join('\n');
      const firstLine = page * ROWS + 1;
      yield { kind: 'lines', file: `cached page ${page}`, text, firstLine, names: namesOfPage(text, names) };
    }
  }
  return { chunks: chunks(), size: pages.length, read: () => read, unknown: unknownInCache(names, asks) };
}

/**
 * Erases from the cache of every account, and keeps the numbers, so that nothing is cached again, not even by a fetch that is running.
 * @returns how many tickets were erased, or would be
 */
export async function forgetCached(
  dataDir: string,
  toForget: ToForget,
  { dryRun }: { dryRun: boolean },
): Promise<number> {
  // Nothing can be cached where there is no data folder.
  if (!existsSync(dataDir)) return 0;
  const all = join(dataDir, FOLDER);
  if (!dryRun) await addForgotten(all, toForget);
  const isMeant = isAmong(toForget);
  let removed = 0;
  for (const folder of await listAccounts(all)) {
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

/** The numbers of customers who have this address in the cache of some account, in any case. */
export async function findCachedPeople(dataDir: string, address: string): Promise<number[]> {
  const found = new Set<number>();
  for (const folder of await listAccounts(join(dataDir, FOLDER)))
    for (const page of await listPages(folder))
      for (const { requester, requester_id: id } of (await readPage(folder, page)).tickets)
        if (id !== null && requester?.email?.toLowerCase() === address.toLowerCase()) found.add(id);
  return [...found];
}

/** Removes from the cache of every account the tickets created before `oldest`, in epoch milliseconds. @returns how many */
export async function removeOld(dataDir: string, oldest: number): Promise<number> {
  let removed = 0;
  for (const folder of await listAccounts(join(dataDir, FOLDER)))
    removed += await removeTickets(folder, (ticket) => Date.parse(ticket.created_at) < oldest);
  return removed;
}
