// Stores webhooks durably before they are acknowledged.
import { setTimeout as pause } from 'node:timers/promises';
import { aboutError, isDataError } from '../../platform/errors/about-error.ts';
import { withTimeout } from '../../platform/errors/external-error.ts';
import type { Logger } from '../../platform/logging/logger.ts';
import type { Database } from '../../platform/storage/database.ts';
import { createGroupCommit, type GroupCommitOptions } from './group-commit.ts';
import type { Delivery } from './read-delivery.ts';

export interface InboxDeps {
  pool: Database['$client'];
  /** Enqueues jobs for committed batches. May fail: the sweep finds batches without a job. */
  announce: (batches: readonly number[]) => Promise<void>;
  /** Called once per committed batch. */
  onCommit?: (commit: { rows: number; duplicates: number; milliseconds: number }) => void;
  /** Monotonic milliseconds, for measuring only. */
  stopwatch: () => number;
  logger: Logger;
  limits?: Partial<InboxLimits>;
}

/** @internal */
export type InboxLimits = Omit<GroupCommitOptions<Delivery>, 'commit' | 'sizeOf'> & {
  /** A commit that takes longer is abandoned, and its senders are asked to retry. */
  commitTimeoutMs: number;
};

/** Zendesk disconnects after 12 s (webhook delivery rules): an abandoned commit and a second one must fit into that. */
const LIMITS: InboxLimits = {
  lingerMs: 2,
  maxGroup: 500,
  maxGroupBytes: 4_000_000,
  maxWaiting: 10_000,
  maxWaitingBytes: 64_000_000,
  commitTimeoutMs: 5_000,
};

/**
 * Milliseconds between two calls to the queue: each makes a job, and a job costs some twenty-five statements, however many events it is for. Events
 * that follow one another more quickly wait up to this long; the first after a pause does not.
 */
const ANNOUNCE_REST = 200;
/** Until a commit that was under way has probably ended. Milliseconds. */
const COMMIT_REST = 5;

export interface Inbox {
  /**
   * Resolves once the delivery is durable (or was already known). Rejects with `OverloadedError`, with
   * `UnstorableError` when PostgreSQL refuses this body, or with the database's error: then it may or may not be stored.
   */
  receive: (delivery: Delivery) => Promise<void>;
  isFull: () => boolean;
  waiting: () => number;
  /** Resolves when everything received is durable and enqueued. */
  drained: () => Promise<void>;
}

/** PostgreSQL can never store this body; retrying would not help. */
export class UnstorableError extends Error {
  override name = 'UnstorableError';
}

export function createInbox(deps: InboxDeps): Inbox {
  const limits = { ...LIMITS, ...deps.limits };
  /** Batches with rows that no job was made for, and how many commits into each are under way. */
  const unannounced = new Map<number, number>();
  /** What is committed until the next call to the queue goes into one batch, since each batch costs a job. Null: into a new one. */
  let open: number | null = null;
  let announcing: Promise<void> | null = null;
  let draining = false;

  async function commit(group: Delivery[]): Promise<void> {
    const started = deps.stopwatch();
    const { batch, stored } = await storeInto(open, group);
    deps.onCommit?.({
      rows: group.length,
      duplicates: group.length - stored,
      milliseconds: deps.stopwatch() - started,
    });
    if (stored === 0) return;
    if (!unannounced.has(batch)) unannounced.set(batch, 0);
    open ??= batch;
    announcing ??= announceAll();
  }

  /** A commit that was given up may still come through: the sweeper finds its rows. */
  async function storeInto(into: number | null, group: readonly Delivery[]): Promise<StoredBatch> {
    if (into !== null) count(into, 1);
    try {
      return await withTimeout(
        storeBatch(deps.pool, group, into),
        limits.commitTimeoutMs,
        'The database did not commit',
      );
    } finally {
      if (into !== null) count(into, -1);
    }
  }

  const count = (batch: number, by: number) => unannounced.set(batch, (unannounced.get(batch) ?? 0) + by);

  /**
   * Nobody waits for this: committed events are safe. One call at a time with a pause in between, because a call costs PostgreSQL about as
   * much as fifty rows; the first after an idle time is made at once.
   */
  async function announceAll(): Promise<void> {
    while (unannounced.size > 0) {
      open = null;
      // A job for the others might end before their commit does.
      const batches = [...unannounced].flatMap(([batch, underWay]) => (underWay === 0 ? batch : []));
      for (const batch of batches) unannounced.delete(batch);
      try {
        if (batches.length > 0) await deps.announce(batches);
      } catch (error) {
        deps.logger.warn(
          { batches: batches.length, ...aboutError(error) },
          'Events are stored but not enqueued; the sweep will find them',
        );
      }
      if (batches.length === 0) await pause(COMMIT_REST);
      else if (!draining) await pause(ANNOUNCE_REST);
    }
    announcing = null;
  }

  const group = createGroupCommit<Delivery>({ ...limits, commit, sizeOf: (delivery) => delivery.body.length });

  return {
    receive: (delivery) => group.add(delivery).catch((error: unknown) => alone(error, delivery)),
    isFull: group.isFull,
    waiting: group.waiting,
    drained: async () => {
      draining = true;
      await group.drained();
      await announcing;
      draining = false;
    },
  };

  /** One body that PostgreSQL cannot store must not affect the others of its group: each is stored by itself. */
  async function alone(error: unknown, delivery: Delivery): Promise<void> {
    if (!isDataError(error)) throw error;
    try {
      await commit([delivery]);
    } catch (again) {
      if (!isDataError(again)) throw again;
      throw new UnstorableError('PostgreSQL cannot store this body', { cause: again });
    }
  }
}

interface StoredBatch {
  /** Number shared by the rows of all groups that are announced together: what their one job is about. */
  batch: number;
  /** How many were new; the others had been received before, or twice within the group. */
  stored: number;
}

/**
 * One statement, so one round trip and one commit. The bodies are sent unchanged, in one text separated by U+001E, as in
 * RFC 7464: no JSON text contains that character unescaped, so nothing needs escaping. Both unique indexes apply: no conflict target
 * is named.
 */
const STORE = `
  WITH batch AS MATERIALIZED (SELECT coalesce($7::bigint, nextval('inbox_batch')) AS number),
  stored AS (
    INSERT INTO inbox (batch, invocation_id, envelope_id, type, ticket_id, occurred_at, body)
    SELECT batch.number, delivery.invocation, delivery.envelope, delivery.type, delivery.ticket, delivery.time, delivery.body::jsonb
    FROM batch, unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::timestamptz[], string_to_array($6::text, chr(30)))
      AS delivery(invocation, envelope, type, ticket, time, body)
    ON CONFLICT DO NOTHING
    RETURNING 1
  )
  SELECT batch.number AS batch, (SELECT count(*) FROM stored) AS stored FROM batch`;

/** Stores a group of deliveries, all or none, in the batch `into` or in a new one. Throws what PostgreSQL says. @internal */
export async function storeBatch(
  pool: Database['$client'],
  deliveries: readonly Delivery[],
  into: number | null = null,
): Promise<StoredBatch> {
  const { rows } = await pool.query<{ batch: string; stored: string }>({
    name: 'inbox-store-batch',
    text: STORE,
    values: [
      deliveries.map((delivery) => delivery.invocationId),
      deliveries.map((delivery) => delivery.envelopeId),
      deliveries.map((delivery) => delivery.type),
      deliveries.map((delivery) => delivery.ticketId),
      deliveries.map((delivery) => delivery.occurredAt?.toISOString() ?? null),
      deliveries.map((delivery) => delivery.body).join('\u001e'),
      into,
    ],
  });
  return { batch: Number(rows[0]?.batch), stored: Number(rows[0]?.stored) };
}
