// Fetches past tickets of the account into the cache.
import { setTimeout as pause } from 'node:timers/promises';
import { type Zendesk, ZendeskError, type ZendeskTicket, type ZendeskUser } from '../../zendesk/zendesk.ts';
import { asksForPeople, readAccountNames, readNames, writeNames } from './names.ts';
import { changePage, type KeptTicket, listPages, readPage, removeTickets, writePage } from './pages.ts';

export interface FetchDeps {
  readonly folder: string;
  readonly zendesk: Pick<Zendesk, 'exportTickets' | 'listNames' | 'listAgents' | 'showUsers'>;
  /** Names of the fields that conditions read: the names of those, and who asked, are read too. */
  readonly asks: ReadonlySet<string>;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly signal: AbortSignal;
  /** Tickets created earlier are neither fetched nor kept. Milliseconds. */
  readonly keepMs: number;
  /** Tickets read so far, and the newest change among them in epoch milliseconds. */
  readonly onProgress?: (tickets: number, newest: number) => void;
  /** Between two pages once the first ones are read. Milliseconds. */
  readonly paceMs?: number;
}

interface Fetched {
  /** False: interrupted; the same call continues. */
  readonly done: boolean;
  /** Tickets read. */
  readonly tickets: number;
  readonly pages: number;
}

/** Zendesk allows ten calls a minute; half are left to the service's repairs. */
const PACE_MS = 12_000;
/** At first, that many without a pause. */
const AT_ONCE = 5;
/** Zendesk refuses a start within the last minute. */
const NEWEST_START_MS = 120_000;

/**
 * Reads what changed since the last call, or all of the last `keepMs`. After each page it can be interrupted, killed even: the next call
 * continues there. A ticket stands in the cache once, as it was read last; deleted and forgotten ones and those that are too old are removed.
 * What the conditions name (groups, organizations, brands, forms, agents, who asked) is read as it is now.
 * @throws ZendeskError
 */
export async function fetchPastTickets(deps: FetchDeps): Promise<Fetched> {
  const { folder, zendesk, asks, signal, paceMs: waitMs = PACE_MS } = deps;
  const waiting = { signal, waitMs };
  const before = await readNames(folder);
  const names = await readWhenAllowed(waiting, () => readAccountNames(zendesk, asks));
  if (names === null) return { done: false, tickets: 0, pages: 0 };
  await writeNames(folder, { names: { ...before.names, ...names }, hasRequesters: false });
  const fetched = await fetchTickets(deps);
  if (!fetched.done || !asksForPeople(asks)) return fetched;
  const done = await addRequesters(folder, { zendesk, ...waiting });
  if (done) await writeNames(folder, { ...(await readNames(folder)), hasRequesters: true });
  return { ...fetched, done };
}

async function fetchTickets(deps: FetchDeps): Promise<Fetched> {
  const { folder, zendesk, clock, signal, keepMs, onProgress, paceMs = PACE_MS } = deps;
  const oldest = clock() - keepMs;
  const isOld = ({ created_at: at }: { readonly created_at: string }): boolean => Date.parse(at) < oldest;
  await removeTickets(folder, isOld);
  const places = await findPlaces(folder);
  let last = (await listPages(folder)).at(-1) ?? 0;
  let cursor = last === 0 ? null : (await readPage(folder, last)).cursor;
  let [tickets, pages] = [0, 0];
  for (;;) {
    if (pages >= AT_ONCE) await pause(paceMs, undefined, { signal }).catch(() => undefined);
    const startTime = Math.floor(Math.max(0, Math.min(oldest, clock() - NEWEST_START_MS)) / 1_000);
    const page = await readWhenAllowed({ signal, waitMs: paceMs }, () =>
      zendesk.exportTickets(cursor === null ? { startTime } : { cursor }),
    );
    if (page === null) return { done: false, tickets, pages };
    pages++;
    tickets += page.tickets.length;
    // The last page of the export is given again with the same cursor when nothing has changed.
    if (page.tickets.length > 0 && page.cursor !== null) {
      const newest = new Map(page.tickets.map((ticket) => [ticket.id, ticket]));
      const kept = [...newest.values()].filter((one) => one.status !== 'deleted' && !isOld(one));
      last++;
      await writePage(folder, last, {
        cursor: page.cursor,
        readAt: new Date(clock()).toISOString(),
        tickets: kept.map(toKept),
      });
      await dropOlder(folder, places, newest.keys(), last);
    }
    onProgress?.(tickets, Math.max(0, ...page.tickets.map((ticket) => Date.parse(ticket.updated_at))));
    cursor = page.cursor ?? cursor;
    if (page.endOfStream || page.cursor === null) return { done: true, tickets, pages };
    if (signal.aborted) return { done: false, tickets, pages };
  }
}

/** In which page each ticket stands. If a crash left one twice, the older is removed. */
async function findPlaces(folder: string): Promise<Map<number, number>> {
  const places = new Map<number, number>();
  for (const page of await listPages(folder))
    await dropOlder(
      folder,
      places,
      (await readPage(folder, page)).tickets.map(({ id }) => id),
      page,
    );
  return places;
}

async function dropOlder(
  folder: string,
  places: Map<number, number>,
  ids: Iterable<number>,
  page: number,
): Promise<void> {
  const older = new Map<number, Set<number>>();
  for (const id of ids) {
    const before = places.get(id);
    if (before !== undefined) older.set(before, (older.get(before) ?? new Set()).add(id));
    places.set(id, page);
  }
  for (const [number, gone] of older)
    await changePage(folder, number, (tickets) => tickets.filter(({ id }) => !gone.has(id)));
}

function toKept(ticket: ZendeskTicket): KeptTicket {
  const { id, requester_id, subject, description, status, priority, type, via, tags, custom_fields, created_at } =
    ticket;
  const { group_id, assignee_id, organization_id, brand_id, ticket_form_id } = ticket;
  return {
    id,
    requester_id,
    subject,
    description,
    status,
    priority,
    type,
    via,
    tags,
    custom_fields,
    created_at,
    group_id,
    assignee_id,
    organization_id,
    brand_id,
    ticket_form_id,
  };
}

/** Zendesk shows so many users in a call. */
const USERS = 100;

/**
 * Page by page, so that it can be interrupted; those that have it are not read again.
 * @returns false: aborted
 * @throws ZendeskError
 */
async function addRequesters(
  folder: string,
  { zendesk, ...waiting }: { zendesk: Pick<Zendesk, 'showUsers'>; signal: AbortSignal; waitMs: number },
): Promise<boolean> {
  for (const page of await listPages(folder)) {
    const isMissing = ({ requester }: KeptTicket): boolean => requester === undefined;
    const { tickets } = await readPage(folder, page);
    const asked = [...new Set(tickets.filter(isMissing).flatMap((one) => one.requester_id ?? []))];
    const known = new Map<number, ZendeskUser>();
    for (let at = 0; at < asked.length; at += USERS) {
      const users = await readWhenAllowed(waiting, () => zendesk.showUsers(asked.slice(at, at + USERS)));
      if (users === null) return false;
      for (const user of users) if (user.id !== null) known.set(user.id, user);
    }
    await changePage(folder, page, (all) =>
      all.map((one) => {
        if (!isMissing(one)) return one;
        const { name = null, email = null, locale = null } = known.get(one.requester_id ?? 0) ?? {};
        return { ...one, requester: { name, email }, language: locale };
      }),
    );
  }
  return true;
}

/** @param waitMs where Zendesk does not say how long. Null: aborted meanwhile. @throws ZendeskError */
async function readWhenAllowed<P>(
  { signal, waitMs }: { readonly signal: AbortSignal; readonly waitMs: number },
  call: () => Promise<P>,
): Promise<P | null> {
  while (!signal.aborted) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof ZendeskError) || error.kind !== 'busy') throw error;
      await pause(error.retryAfterMs ?? waitMs, undefined, { signal }).catch(() => undefined);
    }
  }
  return null;
}
