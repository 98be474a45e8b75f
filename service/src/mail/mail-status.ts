// Stores whether mail can be sent, for all processes and commands.
import { eq, sql } from 'drizzle-orm';
import type { Database, Queryable } from '../platform/storage/database.ts';
import { settings } from '../platform/storage/tables.ts';
import type { MailServerProblemKind } from './explain-smtp-failure.ts';

export interface MailProblem {
  /** `not_set`: SMTP_URL is not set. */
  kind: MailServerProblemKind | 'not_set';
  /** One line, without password. */
  message: string;
}

export interface MailStatus {
  /** Null: mail can be sent. */
  problem: MailProblem | null;
  /** Since when it can, or cannot. */
  since: Date;
}

const KEY = 'mail';

/** Null: no process that sends mail has found out yet, or none needs to. */
export async function readMailStatus(db: Queryable): Promise<MailStatus | null> {
  const [row] = await db.select({ value: settings.value }).from(settings).where(eq(settings.key, KEY));
  if (!row) return null;
  const { problem, sinceMs } = row.value as { problem: MailProblem | null; sinceMs: number };
  return { problem, since: new Date(sinceMs) };
}

/** `since` stays while the answer to "can mail be sent" stays, whatever the cause. `now`: epoch milliseconds; `isSent`: a mail was just sent. */
export async function keepMailStatus(
  db: Database,
  { problem, now, isSent }: { problem: MailProblem | null; now: number; isSent: boolean },
): Promise<void> {
  const value = JSON.stringify({ problem, sinceMs: now, ...(isSent ? { sentAtMs: now } : {}) });
  await db.execute(sql`
    INSERT INTO settings (key, value) VALUES (${KEY}, ${value}::jsonb)
    ON CONFLICT (key) DO UPDATE SET changed_at = now(), value = settings.value || excluded.value ||
      CASE WHEN (settings.value->'problem' = 'null') = (excluded.value->'problem' = 'null')
        THEN jsonb_build_object('sinceMs', settings.value->'sinceMs') ELSE '{}' END`);
}

/** Nothing is to be sent, so nothing needs to work. */
export async function forgetMailStatus(db: Database): Promise<void> {
  await db.delete(settings).where(eq(settings.key, KEY));
}
