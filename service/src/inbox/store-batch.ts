// How do the deliveries of one group become rows?
import type { Database } from '../storage/database.ts';
import type { Delivery } from './delivery.ts';

export interface StoredBatch {
  /** Number shared by the rows of this group: what their one job is about. */
  batch: number;
  /** How many were new; the rest had been received before, or twice within the group. */
  stored: number;
}

/**
 * One statement, and so one round trip and one commit. The bodies travel as they came, inside one JSON array, because escaping
 * each into an array of text costs more than PostgreSQL's parsing. Both unique indexes count: no conflict target is named.
 */
const STORE = `
  WITH batch AS MATERIALIZED (SELECT nextval('inbox_batch') AS number),
  stored AS (
    INSERT INTO inbox (batch, invocation_id, envelope_id, type, ticket_id, occurred_at, body)
    SELECT batch.number, row.i, row.e, row.t, row.k, row.o, row.b
    FROM batch, json_to_recordset($1::json) AS row(i text, e text, t text, k bigint, o timestamptz, b jsonb)
    ON CONFLICT DO NOTHING
    RETURNING 1
  )
  SELECT batch.number AS batch, (SELECT count(*) FROM stored) AS stored FROM batch`;

/** Stores a group of deliveries, all or none. Throws what PostgreSQL says. */
export async function storeBatch(pool: Database['$client'], deliveries: readonly Delivery[]): Promise<StoredBatch> {
  const { rows } = await pool.query<{ batch: string; stored: string }>({
    name: 'inbox-store-batch',
    text: STORE,
    values: [`[${deliveries.map(toJson).join(',')}]`],
  });
  return { batch: Number(rows[0]?.batch), stored: Number(rows[0]?.stored) };
}

function toJson({ invocationId, envelopeId, type, ticketId, occurredAt, body }: Delivery): string {
  const head = JSON.stringify({ i: invocationId, e: envelopeId, t: type, k: ticketId, o: occurredAt });
  return `${head.slice(0, -1)},"b":${body}}`;
}
