// Finds out whether Zendesk sends only some of its webhooks, as it does when it throttles them after a mass change.
import { CATCHING_UP_MS, type WebhookSilenceDeps } from './find-webhook-silence.ts';

/** Webhooks come, and yet the export alone brings many changes. */
export interface WebhookLoss {
  /** Changes of the last fifteen minutes that no webhook told of; at most 10,000 are counted. */
  missed: number;
  /** Changes of that time that webhooks told of; counted likewise. */
  told: number;
  /** From the newest change that an event told to the newest that the export brought; 0 when the event is newer. */
  behindMs: number;
}

/** A mass change was throttled for about ten minutes: 514 of 617 webhooks were never sent (recorded of a live account). */
const WINDOW_MS = 900_000;
/** Zendesk always loses some: fewer, or a smaller share than one in five, are repaired without a word. */
const SOME = 10;
const SHARE = 0.2;

/** Reads the ends of two indexes: the newest decisions and the newest events. */
const QUERY = `
  WITH newest AS (SELECT trigger, inbox_id, decided_at, ticket_id FROM decisions ORDER BY id DESC LIMIT 10000),
  recent AS (SELECT * FROM newest WHERE decided_at > $1::timestamptz),
  repaired AS (SELECT max(t.updated_at) AS at FROM recent r JOIN tickets t ON t.id = r.ticket_id WHERE r.trigger = 'repair'),
  heard AS (SELECT max(occurred_at) AS at FROM (SELECT occurred_at FROM inbox ORDER BY id DESC LIMIT 100) AS last)
  SELECT count(*) FILTER (WHERE trigger = 'repair')::int AS missed, count(*) FILTER (WHERE inbox_id IS NOT NULL)::int AS told,
    coalesce(greatest(extract(epoch FROM (SELECT at FROM repaired) - (SELECT at FROM heard)) * 1000, 0), 0)::float8 AS behind
  FROM recent`;

/** Null: what is missing is little, or too little happened to tell. Throws what the database throws. */
export async function findWebhookLoss(deps: WebhookSilenceDeps): Promise<WebhookLoss | null> {
  const from = new Date(Math.max(deps.listeningSince + CATCHING_UP_MS, deps.clock() - WINDOW_MS)).toISOString();
  const { rows } = await deps.db.$client.query<{ missed: number; told: number; behind: number }>(QUERY, [from]);
  const { missed = 0, told = 0, behind = 0 } = rows[0] ?? {};
  const isMuch = missed >= SOME && missed >= SHARE * (missed + told);
  return isMuch ? { missed, told, behindMs: Math.round(behind) } : null;
}
