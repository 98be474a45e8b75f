// Notifies the open pages of what has changed, as PostgreSQL announces it.

import { setTimeout as pause } from 'node:timers/promises';
import type { LiveEvent } from '@deskwright/shared/contract';
import { type SQL, sql } from 'drizzle-orm';
import { aboutError } from '../errors/about-error.ts';
import type { Logger } from '../logging/logger.ts';
import type { Database } from '../storage/database.ts';

/** `viewers`: other agents have the ticket open than before; who they are depends on who asks. */
type LiveChange = Exclude<LiveEvent, { event: 'viewers' }> | { readonly event: 'viewers' };

export interface Live {
  /** Subscribes to one ticket, and to policy changes, until the returned function is called. */
  subscribe(ticketId: number, listener: (event: LiveChange) => void): () => void;
  /** Called at every change that a dashboard may show, many times a second, until the returned function is called. */
  subscribeToAll(listener: () => void): () => void;
  ticketChanged(ticketId: number): void;
  viewersChanged(ticketId: number): void;
  policyChanged(): void;
  /** What dashboards show has changed, other than a ticket. */
  dashboardChanged(): void;
  /** Changes may have been missed: every open page reads again. */
  anythingMayHaveChanged(): void;
  /** Stops all notifications. */
  stop(): void;
}

/** One decision writes a ticket's row several times; pages are notified once. */
const GATHER_MS = 200;
/** Interval between two pages when all are notified: 500 open sidebars read their cards over five seconds, not at the same moment. */
const APART_MS = 10;

export function createLive({ gatherMs = GATHER_MS }: { gatherMs?: number } = {}): Live {
  const listeners = new Map<number, Set<(event: LiveChange) => void>>();
  const gathering = new Map<number, NodeJS.Timeout>();
  const later = new Set<NodeJS.Timeout>();
  const ofAll = new Set<() => void>();
  const notifyAll = (): void => {
    for (const tell of ofAll) tell();
  };

  /** The first at once, the others one after another. */
  function oneByOne(tasks: readonly (() => void)[]): void {
    const [first, ...others] = tasks;
    first?.();
    for (const [n, task] of others.entries()) {
      const timer = setTimeout(
        () => {
          later.delete(timer);
          task();
        },
        (n + 1) * APART_MS,
      );
      later.add(timer);
    }
  }

  function ticketChanged(ticketId: number): void {
    notifyAll();
    if (!listeners.has(ticketId) || gathering.has(ticketId)) return;
    const timer = setTimeout(() => {
      gathering.delete(ticketId);
      for (const tell of listeners.get(ticketId) ?? []) tell({ event: 'ticket', ticketId });
    }, gatherMs);
    gathering.set(ticketId, timer);
  }

  return {
    subscribe(ticketId, listener) {
      const others = listeners.get(ticketId) ?? new Set();
      listeners.set(ticketId, others.add(listener));
      return () => {
        others.delete(listener);
        if (others.size === 0 && listeners.get(ticketId) === others) listeners.delete(ticketId);
      };
    },
    subscribeToAll(listener) {
      ofAll.add(listener);
      return () => void ofAll.delete(listener);
    },
    ticketChanged,
    dashboardChanged: notifyAll,
    viewersChanged(ticketId) {
      for (const tell of listeners.get(ticketId) ?? []) tell({ event: 'viewers' });
    },
    policyChanged() {
      notifyAll();
      const pages = [...listeners.values()].flatMap((ofOneTicket) =>
        [...ofOneTicket].map((tell) => ({ tell, ofOneTicket })),
      );
      // Pages that were closed meanwhile are skipped.
      oneByOne(
        pages.map(
          ({ tell, ofOneTicket }) =>
            () =>
              void (ofOneTicket.has(tell) && tell({ event: 'policy' })),
        ),
      );
    },
    anythingMayHaveChanged() {
      notifyAll();
      oneByOne([...listeners.keys()].map((ticketId) => () => ticketChanged(ticketId)));
    },
    stop() {
      for (const timer of [...gathering.values(), ...later]) clearTimeout(timer);
      gathering.clear();
      later.clear();
      listeners.clear();
      ofAll.clear();
    },
  };
}

/** Database triggers notify this channel; the payload is a ticket's id. A former version takes any other payload for a ticket that nobody follows. */
const CHANNEL = 'deskwright_live';
const VIEWERS = 'viewers ';
const DASHBOARD = 'dashboard';

/** Tells all processes that other agents have the ticket open than before, as an expression of SQL. */
export const announceViewers = (ticketId: SQL): SQL => sql`pg_notify(${CHANNEL}, ${VIEWERS} || ${ticketId}::text)`;

interface ListenDeps {
  /** One of its connections is used permanently. */
  db: Database;
  live: Pick<Live, 'ticketChanged' | 'viewersChanged' | 'dashboardChanged' | 'anythingMayHaveChanged'>;
  logger: Pick<Logger, 'warn'>;
  /** Aborting it stops listening. */
  signal: AbortSignal;
  againMs?: number;
  aliveMs?: number;
}

/** Between attempts while the database is unavailable. */
const AGAIN_MS = 1_000;
/** A connection cut by the network reports no error: it is checked this often, with the same time limit for the answer. */
const ALIVE_MS = 20_000;

/** Listens until `signal` aborts; a lost connection is reopened, and then all pages read again. Never throws. */
export async function listenForChanges(deps: ListenDeps): Promise<void> {
  const { logger, signal, againMs = AGAIN_MS } = deps;
  while (!signal.aborted) {
    try {
      await listenOnce(deps);
    } catch (error) {
      if (!signal.aborted) logger.warn(aboutError(error), 'Cannot listen for ticket changes; listening again soon');
    }
    await pause(againMs, undefined, { signal }).catch(() => undefined);
  }
}

/** Returns when `signal` aborts, throws when the connection is lost. */
async function listenOnce({ db, live, signal, aliveMs = ALIVE_MS }: ListenDeps): Promise<void> {
  const client = await db.$client.connect();
  const done = new AbortController();
  try {
    const lost = new Promise<never>((_resolve, reject) => {
      client.once('error', reject);
      client.once('end', () => reject(new Error('The connection was closed')));
    });
    // The first to settle decides; later rejections are ignored.
    lost.catch(() => undefined);
    client.on('notification', ({ payload = '' }) => {
      if (payload === DASHBOARD) live.dashboardChanged();
      else if (payload.startsWith(VIEWERS)) live.viewersChanged(Number(payload.slice(VIEWERS.length)));
      else live.ticketChanged(Number(payload));
    });
    await Promise.race([client.query(`LISTEN ${CHANNEL}`), lost]);
    live.anythingMayHaveChanged();
    while (!signal.aborted) {
      const awake = pause(aliveMs, undefined, { signal: AbortSignal.any([signal, done.signal]) }).catch(
        () => undefined,
      );
      await Promise.race([awake, lost]);
      if (signal.aborted) return;
      const late = pause(aliveMs, 'late', { signal: done.signal, ref: false }).catch(() => 'done');
      const answer = await Promise.race([client.query('SELECT 1'), lost, late]);
      if (answer === 'late') throw new Error('The connection does not answer');
    }
  } finally {
    done.abort();
    // Closed, not released to the pool: its next user would receive notifications.
    client.release(true);
  }
}
