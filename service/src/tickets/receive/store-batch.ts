// Stores a group of deliveries as rows.
import type { Database } from '../../platform/storage/database.ts';
import type { Delivery } from './read-delivery.ts';

export interface StoredBatch {
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

/** Stores a group of deliveries, all or none, in the batch `into` or in a new one. Throws what PostgreSQL says. */
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
