// Detects that webhooks do not arrive, so that changes are found only in the export.
import type { Database } from '../../platform/storage/database.ts';

/** There were changes that no webhook reported. */
export interface WebhookSilence {
  /** When a webhook was last received; null: never, as far as stored (30 days). */
  lastHeardAt: Date | null;
  /** Changes since then that were only in the export; at most 10,000 are counted. */
  missed: number;
  firstMissedAt: Date;
}

export interface WebhookSilenceDeps {
  db: Database;
  /** Epoch milliseconds. */
  clock: () => number;
  /** Epoch milliseconds: since when this process could receive webhooks. */
  listeningSince: number;
}

/** The export leaves out the last minute and is read once a minute: what a later read contains happened while we could receive. */
export const CATCHING_UP_MS = 120_000;
/** Zendesk itself loses some webhooks, and at night several in a row. */
const SOME = 3;
const FOR_LONG_MS = 300_000;
/** Older ones are irrelevant. */
const RECENT_MS = 86_400_000;

/** At most this many are read: five minutes of an account in which 2,000 tickets change per minute. */
const MOST = 10_000;

/**
 * Reads only what was decided after the last change reported by a webhook, at the ends of three indexes: few rows while webhooks arrive,
 * however large the log is.
 */
const QUERY = `
  WITH heard AS (SELECT max(received_at) AS at FROM (SELECT received_at FROM inbox ORDER BY id DESC LIMIT 1) AS newest),
  told AS (SELECT max(id) AS id FROM
    (SELECT id FROM decisions WHERE inbox_id IS NOT NULL ORDER BY inbox_id DESC LIMIT 1) AS newest),
  untold AS (SELECT trigger, decided_at FROM decisions
    WHERE id > coalesce((SELECT id FROM told), 0) ORDER BY id DESC LIMIT ${MOST})
  SELECT heard.at AS heard_at, count(decided_at)::int AS missed, min(decided_at) AS first_at, max(decided_at) AS last_at
  FROM heard LEFT JOIN untold
    ON trigger = 'repair' AND decided_at > $1::timestamptz AND decided_at > coalesce(heard.at, '-infinity')
  GROUP BY heard.at`;

interface Row {
  heard_at: Date | null;
  missed: number;
  first_at: Date | null;
  last_at: Date | null;
}

/**
 * Null: webhooks arrive, or too little happened to decide. If no webhook was ever received, one change from the export is
 * enough; otherwise three since the last webhook, over five minutes or more. Throws database errors.
 */
export async function findWebhookSilence(deps: WebhookSilenceDeps): Promise<WebhookSilence | null> {
  const from = Math.max(deps.listeningSince + CATCHING_UP_MS, deps.clock() - RECENT_MS);
  const { rows } = await deps.db.$client.query<Row>(QUERY, [new Date(from).toISOString()]);
  const [row] = rows;
  if (!row?.first_at || !row.last_at) return null;
  const { heard_at: lastHeardAt, missed, first_at: firstMissedAt, last_at: lastMissedAt } = row;
  const isLong = missed >= SOME && lastMissedAt.getTime() - firstMissedAt.getTime() >= FOR_LONG_MS;
  return lastHeardAt === null || isLong ? { lastHeardAt, missed, firstMissedAt } : null;
}
