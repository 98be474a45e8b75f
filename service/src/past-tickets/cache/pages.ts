// Keeps past tickets of the account on this machine: one compressed file for each page of the export.
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';

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

/** Replaces the page if there is one; after a crash there is the old or the new one. Only this user can read it. */
export async function writePage(folder: string, page: number, { tickets, ...head }: Page): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const text = [head, ...tickets].map((one) => `${JSON.stringify(one)}\n`).join('');
  await replaceFile(fileOf(folder, page), await pack(text));
}

/** Customers and tickets that were erased by request, which are not cached again, of whatever account. */
export interface Forgotten {
  readonly tickets: readonly number[];
  readonly users: readonly number[];
}

/** @param all the folder of all accounts */
export async function readForgotten(all: string): Promise<Forgotten> {
  const text = await readFile(join(all, FORGOTTEN), 'utf8').catch(ifMissing(null));
  return text === null ? { tickets: [], users: [] } : (JSON.parse(text) as Forgotten);
}

export async function writeForgotten(all: string, forgotten: Forgotten): Promise<void> {
  await mkdir(all, { recursive: true, mode: 0o700 });
  await replaceFile(join(all, FORGOTTEN), Buffer.from(JSON.stringify(forgotten)));
}

const FORGOTTEN = 'forgotten.json';

/** Rewrites the pages that have tickets which must go, and removes what a killed process had half written. @returns how many went */
export async function removeTickets(folder: string, mustGo: (ticket: KeptTicket) => boolean): Promise<number> {
  for (const name of await readdir(folder).catch(ifMissing([])))
    if (name.endsWith(HALF)) await rm(join(folder, name), { force: true });
  let removed = 0;
  for (const page of await listPages(folder)) {
    const kept = await readPage(folder, page);
    const tickets = kept.tickets.filter((ticket) => !mustGo(ticket));
    if (tickets.length === kept.tickets.length) continue;
    await writePage(folder, page, { ...kept, tickets });
    removed += kept.tickets.length - tickets.length;
  }
  return removed;
}

const fileOf = (folder: string, page: number): string => join(folder, `${String(page).padStart(6, '0')}.jsonl.gz`);

const HALF = '.tmp';

async function replaceFile(file: string, bytes: Buffer): Promise<void> {
  const half = `${file}.${process.pid}${HALF}`;
  await writeFile(half, bytes, { mode: 0o600 });
  await rename(half, file);
}

const ifMissing =
  <T>(value: T) =>
  (error: unknown): T => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return value;
    throw error;
  };
