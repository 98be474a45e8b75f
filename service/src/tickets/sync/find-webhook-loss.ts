// Detects that Zendesk sends only some webhooks, as it does when it throttles them after a mass change.
import { CATCHING_UP_MS, type WebhookSilenceDeps } from './find-webhook-silence.ts';

/** Webhooks arrive, but many changes are only in the export. */
export interface WebhookLoss {
  /** Changes of the last fifteen minutes that no webhook reported; at most 10,000 are counted. */
  missed: number;
  /** Changes of that time that webhooks reported; counted likewise. */
  told: number;
  /** From the newest change reported by an event to the newest in the export; 0 if the event is newer. */
  behindMs: number;
}

/** A mass change was throttled for about ten minutes: 514 of 617 webhooks were never sent (recorded from a live account). */
const WINDOW_MS = 900_000;
/** Zendesk always loses some: fewer, or a share below one in five, are repaired without a warning. */
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

/** Null: few are missing, or too little happened to decide. Throws database errors. */
export async function findWebhookLoss(deps: WebhookSilenceDeps): Promise<WebhookLoss | null> {
  const from = new Date(Math.max(deps.listeningSince + CATCHING_UP_MS, deps.clock() - WINDOW_MS)).toISOString();
  const { rows } = await deps.db.$client.query<{ missed: number; told: number; behind: number }>(QUERY, [from]);
  const { missed = 0, told = 0, behind = 0 } = rows[0] ?? {};
  const isMuch = missed >= SOME && missed >= SHARE * (missed + told);
  return isMuch ? { missed, told, behindMs: Math.round(behind) } : null;
}
