// Listens in a web process for changes of tickets (PostgreSQL LISTEN).
import { setTimeout as pause } from 'node:timers/promises';
import { aboutError } from '../errors/about-error.ts';
import type { Logger } from '../logging/logger.ts';
import type { Database } from '../storage/database.ts';
import type { Live } from './create-live.ts';

/** Database triggers notify this channel; the payload is a ticket's id. */
const CHANNEL = 'deskwright_live';

export interface ListenDeps {
  /** One of its connections is used permanently. */
  db: Database;
  live: Pick<Live, 'ticketChanged' | 'anythingMayHaveChanged'>;
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
    client.on('notification', ({ payload }) => live.ticketChanged(Number(payload)));
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
