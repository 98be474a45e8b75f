// Lets all queues, or all workers, of a process use one pool, and one connection of it to LISTEN.
import {
  type IQueueBackend,
  type PgPool,
  PostgresConnection,
  PostgresQueueBackend,
  type QueueBaseOptions,
} from 'bullmq';
import type { openDatabase } from '../storage/database.ts';

type Pool = ReturnType<typeof openDatabase>['$client'];
type PgListenClient = Awaited<ReturnType<PostgresConnection['getListenClient']>>;

interface SharedPostgres {
  open: (name: string, opts: QueueBaseOptions<unknown>) => IQueueBackend;
  /** Gives the connection that listens back to the pool, which ends only then. */
  close: () => Promise<void>;
}

/**
 * A factory for BullMQ in place of `createPostgresBackend`, which takes a connection out of the pool for every worker, only to LISTEN: a
 * process then needs one more connection for each job that the product has. BullMQ's notifications name their queue, so one is enough.
 */
export function sharePostgres(pool: Pool): SharedPostgres {
  let shared: PostgresConnection | null = null;

  /** BullMQ keeps the failure of a first connection and never retries: then the next worker gets another. */
  function connection(): PostgresConnection {
    if (shared) return shared;
    const opened = new SharedConnection(pool as unknown as PgPool);
    opened.setMaxListeners(0);
    opened.waitUntilReady().catch(() => {
      if (shared === opened) shared = null;
    });
    shared = opened;
    return opened;
  }

  // Every waiting worker has a listener at the connection.
  pool.on('connect', (client) => client.setMaxListeners(0));
  return {
    open: (name, opts) => new SharedBackend(connection(), name, opts),
    close: async () => {
      await shared?.close();
    },
  };
}

/** Sends LISTEN once, however many workers ask for it: a second query while one is under way is deprecated in `pg`. */
class SharedConnection extends PostgresConnection {
  readonly #views = new WeakMap<PgListenClient, PgListenClient>();

  override async getListenClient(): Promise<PgListenClient> {
    const client = await super.getListenClient();
    let view = this.#views.get(client);
    if (!view) {
      view = listeningOnce(client);
      this.#views.set(client, view);
    }
    return view;
  }
}

function listeningOnce(client: PgListenClient): PgListenClient {
  const asked = new Map<string, ReturnType<PgListenClient['query']>>();
  const bound = (name: 'on' | 'removeListener' | 'removeAllListeners') => client[name].bind(client) as never;
  return {
    query: ((text: string) => {
      const known = asked.get(text);
      if (known) return known;
      const answer = client.query(text);
      asked.set(text, answer);
      answer.catch(() => asked.delete(text));
      return answer;
    }) as PgListenClient['query'],
    on: bound('on'),
    removeListener: bound('removeListener'),
    removeAllListeners: bound('removeAllListeners'),
  };
}

/** Does what BullMQ's own does with a connection that is its own, except that closing leaves the connection to the others. */
class SharedBackend extends PostgresQueueBackend {
  readonly #forwardError = (error: Error) => void this.emit('error', error);
  /** The connection is another now: waits end, and the next one listens anew. */
  readonly #listenAnew = () => {
    if (this.closing) return;
    void this.disconnectBlocking().then(() => this.reconnectBlocking());
  };

  constructor(connection: PostgresConnection, name: string, opts: QueueBaseOptions<unknown>) {
    super(connection, name, opts as QueueBaseOptions<never>, false);
    connection.on('error', this.#forwardError);
    connection.on('listenerinvalidated', this.#listenAnew);
  }

  override async close(): Promise<void> {
    this.connection.off('error', this.#forwardError);
    this.connection.off('listenerinvalidated', this.#listenAnew);
    this.closing ??= this.disconnectBlocking();
    await this.closing;
  }

  override disconnect(): Promise<void> {
    return this.close();
  }
}
