// Keeps past tickets of the account on this machine: one compressed file for each page of the export.
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { isAmong, readForgotten } from './forgotten.ts';
import { ifMissing, isLeftOver, replaceFile } from './replace-file.ts';

const [pack, unpack] = [promisify(gzip), promisify(gunzip)];

/** What is kept of a ticket: what decides it, and who asked, so that a customer can be erased. */
export interface KeptTicket {
  readonly id: number;
  readonly requester_id: number | null;
  readonly subject: string | null;
  readonly description: string | null;
  readonly status: string;
  readonly priority: string | null;
  readonly type: string | null;
  readonly via: { readonly channel: string } | null;
  readonly tags: readonly string[];
  readonly custom_fields: readonly object[];
  readonly created_at: string;
  readonly group_id: number | null;
  readonly assignee_id: number | null;
  readonly organization_id: number | null;
  readonly brand_id: number | null;
  readonly ticket_form_id: number | null;
  /** Who asked, as when the ticket was read; left out: no policy has asked for it. Goes with the ticket. */
  readonly requester?: { readonly name: string | null; readonly email: string | null };
  readonly language?: string | null;
}

export interface Page {
  /** Where the export continues. */
  readonly cursor: string;
  /** ISO 8601. */
  readonly readAt: string;
  readonly tickets: readonly KeptTicket[];
}

/** One folder for each account: `https://acme.zendesk.com` is `acme.zendesk.com`. */
export const cacheFolder = (dataDir: string, zendeskUrl: string): string =>
  join(dataDir, FOLDER, new URL(zendeskUrl).host.replaceAll(':', '_'));

/** In the data folder. */
export const FOLDER = 'past-tickets';

const NAME = /^(\d{6})\.jsonl\.gz$/;

/** The folders of the accounts. @param all the folder that has them */
export async function listAccounts(all: string): Promise<string[]> {
  const entries = await readdir(all, { withFileTypes: true }).catch(ifMissing([]));
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(all, name));
}

/** Their numbers, in order. Empty: nothing is cached. */
export async function listPages(folder: string): Promise<number[]> {
  const names = await readdir(folder).catch(ifMissing([]));
  return names
    .flatMap((name) => NAME.exec(name)?.[1] ?? [])
    .map(Number)
    .toSorted((a, b) => a - b);
}

/** The page's tickets as JSON, one a line. */
export async function readPageText(folder: string, page: number): Promise<string> {
  const text = (await unpack(await readFile(fileOf(folder, page)))).toString('utf8');
  return text.slice(text.indexOf('\n') + 1);
}

export async function readPage(folder: string, page: number): Promise<Page> {
  const [head = '', ...lines] = (await unpack(await readFile(fileOf(folder, page)))).toString('utf8').split('\n');
  const tickets = lines.flatMap((line) => (line === '' ? [] : [JSON.parse(line) as KeptTicket]));
  return { ...(JSON.parse(head) as Omit<Page, 'tickets'>), tickets };
}

/** Writes a page that is not there yet, without what was forgotten, also by another process meanwhile. */
export async function writePage(folder: string, page: number, { tickets, ...head }: Page): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const isForgotten = isAmong(await readForgotten(dirname(folder)));
  await replaceFile(
    fileOf(folder, page),
    await packed(
      head,
      tickets.filter((ticket) => !isForgotten(ticket)),
    ),
  );
  // Whoever forgets notes it first, then looks for it in the pages there are: this one may have come in between.
  const isForgottenNow = isAmong(await readForgotten(dirname(folder)));
  await changePage(folder, page, (all) => all.filter((ticket) => !isForgottenNow(ticket)));
}

/**
 * Changes the tickets of a page. Begins again when another process has changed it meanwhile, so that nothing erased comes back; after a crash
 * there is the old or the new page. @returns how many tickets went
 */
export async function changePage(
  folder: string,
  page: number,
  change: (tickets: readonly KeptTicket[]) => readonly KeptTicket[],
): Promise<number> {
  const file = fileOf(folder, page);
  for (;;) {
    const before = await stamp(file);
    const { tickets, ...head } = await readPage(folder, page);
    const changed = change(tickets);
    if (changed.length === tickets.length && changed.every((ticket, at) => ticket === tickets[at])) return 0;
    const isUnchanged = async () => (await stamp(file)) === before;
    if (await replaceFile(file, await packed(head, changed), isUnchanged)) return tickets.length - changed.length;
  }
}

const packed = (head: Omit<Page, 'tickets'>, tickets: readonly KeptTicket[]): Promise<Buffer> =>
  pack([head, ...tickets].map((one) => `${JSON.stringify(one)}\n`).join(''));

/** Another one for each version of a file. */
async function stamp(file: string): Promise<string> {
  const { ino, mtimeMs, size } = await stat(file);
  return [ino, mtimeMs, size].join();
}

/** Removes from all pages the tickets that must go, and what a killed process had half written. @returns how many went */
export async function removeTickets(folder: string, mustGo: (ticket: KeptTicket) => boolean): Promise<number> {
  for (const name of await readdir(folder).catch(ifMissing([])))
    if (isLeftOver(name)) await rm(join(folder, name), { force: true });
  let removed = 0;
  for (const page of await listPages(folder))
    removed += await changePage(folder, page, (tickets) => tickets.filter((ticket) => !mustGo(ticket)));
  return removed;
}

const fileOf = (folder: string, page: number): string => join(folder, `${String(page).padStart(6, '0')}.jsonl.gz`);
