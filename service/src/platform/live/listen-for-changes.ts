// Listens in a web process for changes of tickets (PostgreSQL LISTEN).
import { setTimeout as pause } from 'node:timers/promises';
import { aboutError } from '../errors/about-error.ts';
import type { Logger } from '../logging/logger.ts';
import type { Database } from '../storage/database.ts';
import type { Live } from './create-live.ts';

/** Triggers of the tables notify here; the payload is a ticket's id. */
const CHANNEL = 'deskwright_live';

export interface ListenDeps {
  /** One of its connections is taken for good. */
  db: Database;
  live: Pick<Live, 'ticketChanged' | 'anythingMayHaveChanged'>;
  logger: Pick<Logger, 'warn'>;
  /** Ends the listening. */
  signal: AbortSignal;
  againMs?: number;
  aliveMs?: number;
}

/** While the database is away. */
const AGAIN_MS = 1_000;
/** A connection that was cut somewhere on its way says nothing: we ask over it this often, and wait as long for the answer. */
const ALIVE_MS = 20_000;

/** Listens until `signal` aborts; a lost connection is opened anew, and what was missed meanwhile is made up for. Never throws. */
export async function listenForChanges(deps: ListenDeps): Promise<void> {
  const { logger, signal, againMs = AGAIN_MS } = deps;
  while (!signal.aborted) {
    try {
      await listenOnce(deps);
    } catch (error) {
      if (!signal.aborted) logger.warn(aboutError(error), 'Changes of tickets cannot be heard; listening again soon');
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
    // Whoever is first decides; the others end unheard.
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
    // Closed, not given back: somebody else would hear of tickets.
    client.release(true);
  }
}
