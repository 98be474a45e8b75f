// Remembers and finds the first message of a thread.
import { and, eq, sql } from 'drizzle-orm';
import type { Queryable } from '../platform/storage/database.ts';
import type { SlackMessage } from './slack-message.ts';
import { slackThreads } from './tables.ts';

/** Those of the messages that begin a thread; all of a digest have the digest's. `ts`: Slack's id of what was posted. */
export async function rememberThreads(
  tx: Queryable,
  messages: readonly SlackMessage[],
  { ts, now }: { ts: string; now: Date },
): Promise<void> {
  const begun = messages.flatMap(({ channel, thread }) =>
    thread?.as === 'first' ? [{ channel, key: thread.key, ts, at: now }] : [],
  );
  if (begun.length === 0) return;
  await tx
    .insert(slackThreads)
    .values(begun)
    .onConflictDoUpdate({
      target: [slackThreads.channel, slackThreads.key],
      set: { ts: sql`excluded.ts`, at: sql`excluded.at` },
    });
}

/** Slack's id of the message that is answered; null: it begins a thread or belongs to none, or the first message has no id. */
export async function findThread(db: Queryable, { channel, thread }: SlackMessage): Promise<string | null> {
  if (thread === undefined || thread.as === 'first') return null;
  const [row] = await db
    .select({ ts: slackThreads.ts })
    .from(slackThreads)
    .where(and(eq(slackThreads.channel, channel), eq(slackThreads.key, thread.key)));
  return row?.ts ?? null;
}

/** Slack no longer has the thread. */
export async function forgetThread(db: Queryable, channel: string, ts: string): Promise<void> {
  await db.delete(slackThreads).where(and(eq(slackThreads.channel, channel), eq(slackThreads.ts, ts)));
}
