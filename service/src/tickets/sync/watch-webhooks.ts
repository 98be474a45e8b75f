// Detects that webhooks do not arrive, or only some of them, and reports it.
import { type SQL, sql } from 'drizzle-orm';
import type { Check } from '../../platform/http/health.ts';
import type { Logger } from '../../platform/logging/logger.ts';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import { readExportPosition } from './export-position.ts';

/** There were changes that no webhook reported. */
export interface WebhookSilence {
  /** When a webhook was last received; null: never, as far as stored (30 days). */
  lastArrivedAt: Date | null;
  /** Changes since then that were only in the export; at most 10,000 are counted. */
  missed: number;
  firstMissedAt: Date;
}

interface WebhookSilenceDeps {
  db: Database;
  /** Epoch milliseconds. */
  clock: () => number;
  /** Epoch milliseconds: since when this process could receive webhooks. */
  listeningSince: number;
}

/** The export leaves out the last minute and is read once a minute: what a later read contains happened while we could receive. */
const CATCHING_UP_MS = 120_000;
/** Zendesk itself loses some webhooks, and at night several in a row. */
const SOME_MISSED = 3;
const FOR_LONG_MS = 300_000;
/** Older ones are irrelevant. */
const RECENT_MS = 86_400_000;

/** At most this many are read: five minutes of an account in which 2,000 tickets change per minute. */
const MOST = 10_000;

/**
 * Reads only what was decided after the last change reported by a webhook, at the ends of three indexes: few rows while webhooks arrive,
 * however large the log is.
 */
const silenceQuery = (from: number): SQL => sql`
  WITH arrived AS (SELECT max(received_at) AS at FROM (SELECT received_at FROM inbox ORDER BY id DESC LIMIT 1) AS newest),
  reported AS (SELECT max(id) AS id FROM
    (SELECT id FROM decisions WHERE inbox_id IS NOT NULL ORDER BY inbox_id DESC LIMIT 1) AS newest),
  unreported AS (SELECT trigger, decided_at FROM decisions
    WHERE id > coalesce((SELECT id FROM reported), 0) ORDER BY id DESC LIMIT ${sql.raw(String(MOST))})
  SELECT arrived.at AS arrived_at, count(decided_at)::int AS missed, min(decided_at) AS first_at, max(decided_at) AS last_at
  FROM arrived LEFT JOIN unreported
    ON trigger = 'repair' AND decided_at > ${new Date(from).toISOString()}::timestamptz AND decided_at > coalesce(arrived.at, '-infinity')
  GROUP BY arrived.at`;

interface SilenceRow extends Record<string, unknown> {
  arrived_at: string | null;
  missed: number;
  first_at: string | null;
  last_at: string | null;
}

/**
 * Null: webhooks arrive, or too little happened to decide. If no webhook was ever received, one change from the export is
 * enough; otherwise three since the last webhook, over five minutes or more. Throws database errors.
 */
export async function findWebhookSilence(deps: WebhookSilenceDeps): Promise<WebhookSilence | null> {
  const from = Math.max(deps.listeningSince + CATCHING_UP_MS, deps.clock() - RECENT_MS);
  const { rows } = await deps.db.execute<SilenceRow>(silenceQuery(from));
  const [row] = rows;
  if (!row?.first_at || !row.last_at) return null;
  const { missed } = row;
  const lastArrivedAt = row.arrived_at === null ? null : new Date(row.arrived_at);
  const [firstMissedAt, lastMissedAt] = [new Date(row.first_at), new Date(row.last_at)];
  const isLong = missed >= SOME_MISSED && lastMissedAt.getTime() - firstMissedAt.getTime() >= FOR_LONG_MS;
  return lastArrivedAt === null || isLong ? { lastArrivedAt, missed, firstMissedAt } : null;
}

/** Webhooks arrive, but many changes are only in the export. */
export interface WebhookLoss {
  /** Changes of the last fifteen minutes that no webhook reported; at most 10,000 are counted. */
  missed: number;
  /** Changes of that time that webhooks reported; counted likewise. */
  reported: number;
  /** From the newest change reported by an event to the newest in the export; 0 if the event is newer. */
  behindMs: number;
}

/** A mass change was throttled for about ten minutes: 514 of 617 webhooks were never sent (recorded from a live account). */
const LOSS_WINDOW_MS = 900_000;
/** Zendesk always loses some: fewer, or a share below one in five, are repaired without a warning. */
const MANY_MISSED = 10;
const MANY_SHARE = 0.2;

/** Reads the ends of two indexes: the newest decisions and the newest events. */
const LOSS_QUERY = `
  WITH newest AS (SELECT trigger, inbox_id, decided_at, ticket_id FROM decisions ORDER BY id DESC LIMIT 10000),
  recent AS (SELECT * FROM newest WHERE decided_at > $1::timestamptz),
  repaired AS (SELECT max(t.updated_at) AS at FROM recent r JOIN tickets t ON t.id = r.ticket_id WHERE r.trigger = 'repair'),
  arrived AS (SELECT max(occurred_at) AS at FROM (SELECT occurred_at FROM inbox ORDER BY id DESC LIMIT 100) AS last)
  SELECT count(*) FILTER (WHERE trigger = 'repair')::int AS missed, count(*) FILTER (WHERE inbox_id IS NOT NULL)::int AS reported,
    coalesce(greatest(extract(epoch FROM (SELECT at FROM repaired) - (SELECT at FROM arrived)) * 1000, 0), 0)::float8 AS behind
  FROM recent`;

/** Null: few are missing, or too little happened to decide. Throws database errors. */
export async function findWebhookLoss(deps: WebhookSilenceDeps): Promise<WebhookLoss | null> {
  const from = new Date(Math.max(deps.listeningSince + CATCHING_UP_MS, deps.clock() - LOSS_WINDOW_MS)).toISOString();
  const { rows } = await deps.db.$client.query<{ missed: number; reported: number; behind: number }>(LOSS_QUERY, [
    from,
  ]);
  const { missed = 0, reported = 0, behind = 0 } = rows[0] ?? {};
  const isMuch = missed >= MANY_MISSED && missed >= MANY_SHARE * (missed + reported);
  return isMuch ? { missed, reported, behindMs: Math.round(behind) } : null;
}

/** What the export has shown of changes since the last webhook. */
export interface ExportFindings {
  /** When the export was last read, in epoch milliseconds; null: it is still being imported, or never was read. */
  readonly readAt: number | null;
  /** Changes of the last 24 hours that were only in the export, after the last that a webhook reported; at most 10,000 are counted. */
  readonly missed: number;
}

/** Throws database errors. */
export async function readExportFindings(db: Queryable, now: number): Promise<ExportFindings> {
  const { imported, readAt } = await readExportPosition(db);
  const { rows } = await db.execute<SilenceRow>(silenceQuery(now - RECENT_MS));
  return { readAt: imported ? readAt : null, missed: rows[0]?.missed ?? 0 };
}

interface WebhookWatchDeps {
  find: () => Promise<WebhookSilence | null>;
  /** Called if webhooks arrive. */
  findLoss: () => Promise<WebhookLoss | null>;
  /** How many requests with a wrong signature this process received; null: it receives no webhooks. */
  wrongSignatures: (() => Promise<number>) | null;
  /** The address that Zendesk should send to. */
  endpoint: string;
  logger: Logger;
}

export interface WebhookWatch {
  /** For `/readyz`: a warning, because work continues with a delay. */
  check: () => Promise<Check>;
  /** Logs when the silence starts and ends; called after each read of the export. */
  report: () => Promise<void>;
}

/** Reads the database each time, so that web and worker processes report the same. */
export function watchWebhooks({ find, findLoss, wrongSignatures, endpoint, logger }: WebhookWatchDeps): WebhookWatch {
  let isReported = false;
  let isLossReported = false;
  return {
    check: async () => {
      const silence = await find();
      if (silence) return { ok: true, warning: describeSilence(silence, (await wrongSignatures?.()) ?? 0, endpoint) };
      const loss = await findLoss();
      return loss ? { ok: true, warning: describeLoss(loss) } : { ok: true };
    },
    report: async () => {
      const silence = await find();
      if (silence && !isReported) {
        logger.warn(
          { ...silence, ...(wrongSignatures && { wrongSignatures: await wrongSignatures() }), endpoint },
          "Zendesk's webhook does not reach this service; changes are found late, in the export. See /readyz for what to check",
        );
      }
      if (!silence && isReported) logger.info({ endpoint }, "Zendesk's webhook reaches this service again");
      isReported = silence !== null;
      const loss = silence ? null : await findLoss();
      if (loss && !isLossReported) {
        logger.warn(
          { ...loss },
          'Zendesk sends only some of its webhooks, as when it throttles them; other changes are found late, in the export',
        );
      }
      if (!loss && !silence && isLossReported) logger.info({}, 'Zendesk sends all of its webhooks again');
      isLossReported = loss !== null;
    },
  };
}

function describeLoss({ missed, reported, behindMs }: WebhookLoss): string {
  return [
    `Zendesk sends only some of its webhooks: in the last 15 minutes they reported ${reported} changes, and another ${missed} were found only in the export, one to two minutes late.`,
    ...(behindMs > 0
      ? [`The newest event is ${Math.ceil(behindMs / 1000)} s older than the newest change in the export.`]
      : []),
    'No changes are lost. Zendesk throttles webhooks after a mass change, or when this service answered slowly or with errors; Admin Center > Webhooks > the webhook > Activity lists those as "throttled" or "circuit broken".',
  ].join(' ');
}

function describeSilence(
  { lastArrivedAt, missed, firstMissedAt }: WebhookSilence,
  wrong: number,
  endpoint: string,
): string {
  const arrived = lastArrivedAt ? `the last one arrived at ${lastArrivedAt.toISOString()}` : 'none has ever arrived';
  const changes = missed === 1 ? 'a change' : `${missed} changes`;
  const requests = wrong === 1 ? 'One request' : `${wrong} requests`;
  return [
    `Zendesk's webhook does not reach this service: ${arrived}, and since ${firstMissedAt.toISOString()} ${changes} ${missed === 1 ? 'was' : 'were'} found only in the export, one to two minutes late.`,
    `Check in Zendesk's Admin Center that the webhook is active, that its endpoint is ${endpoint} and can be reached from outside, that it subscribes to the event types listed by \`npx deskwright webhook --events\`, and that ZENDESK_WEBHOOK_SECRET is its secret.`,
    ...(wrong > 0 ? [`${requests} signed with another secret arrived since this process started.`] : []),
    '`npx deskwright webhook` repairs the webhook and prints its secret.',
  ].join(' ');
}
