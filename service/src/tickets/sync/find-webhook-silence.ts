// Detects that webhooks do not arrive and the export brings everything.
import type { Database } from '../../platform/storage/database.ts';

/** Changes came, and no webhook told of them. */
export interface WebhookSilence {
  /** When a webhook was last received; null: never, as far as we remember (30 days). */
  lastHeardAt: Date | null;
  /** Changes that only the export brought since then; at most 10,000 are counted. */
  missed: number;
  firstMissedAt: Date;
}

export interface WebhookSilenceDeps {
  db: Database;
  /** Epoch milliseconds. */
  clock: () => number;
  /** Epoch milliseconds: since when this process could have heard. */
  listeningSince: number;
}

/** The export leaves out the last minute and is read once a minute: what a later reading brings happened while we listened. */
export const CATCHING_UP_MS = 120_000;
/** Zendesk itself loses some webhooks, and at night several may follow one another with nothing between. */
const SOME = 3;
const FOR_LONG_MS = 300_000;
/** Older ones say nothing of today. */
const RECENT_MS = 86_400_000;

/** So many at most are looked at: five minutes' worth of an account in which 2,000 tickets a minute change. */
const MOST = 10_000;

/**
 * Reads only what was decided after the last change that a webhook told, at the ends of three indexes: few rows while webhooks come,
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
 * Null: all is well, or too little happened to tell. Where no webhook was ever received, one change that the export brought is
 * enough; else three since the last webhook, found over five minutes or more. Throws what the database throws.
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
