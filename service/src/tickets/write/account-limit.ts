// Computes how many ticket updates per minute we may make within the account's limit.
import { sql } from 'drizzle-orm';
import { aboutError } from '../../platform/errors/about-error.ts';
import type { Logger } from '../../platform/logging/logger.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import type { UpdateLimit } from '../../zendesk/zendesk-call.ts';

const NAME = 'zendesk';

/** Zendesk's documented limit, which the policy's `writes_per_minute` assumes. */
const DOCUMENTED_PER_MINUTE = 100;
/** Whatever the policy says, a fifth is left to agents and other apps. */
const MOST_OF_ACCOUNT = 0.8;

/**
 * Updates per minute: the policy's number, or the same share of the account's own limit if that is lower than the documented one
 * (60 of 100 becomes 12 of 20), and never more than four fifths of it. `accountPerMinute` null: unknown.
 */
export function writesAllowed(policyPerMinute: number, accountPerMinute: number | null): number {
  if (accountPerMinute === null) return policyPerMinute;
  const share = Math.min(policyPerMinute / DOCUMENTED_PER_MINUTE, MOST_OF_ACCOUNT);
  return Math.min(policyPerMinute, accountPerMinute * share);
}

/**
 * Stores the account's limit from an answer. When others have used most of it, only agents' actions are written until it is
 * full again.
 * @internal
 */
export async function noteAccountLimit(db: Queryable, { total, remaining, resetMs }: UpdateLimit): Promise<void> {
  await db.execute(sql`
    INSERT INTO write_budget AS b (name, tokens, refilled_at, account_per_minute, account_seen_at)
    VALUES (${NAME}, 0, clock_timestamp(), ${total}::float8, clock_timestamp())
    ON CONFLICT (name) DO UPDATE SET account_per_minute = excluded.account_per_minute, account_seen_at = excluded.account_seen_at
    WHERE b.account_per_minute IS DISTINCT FROM excluded.account_per_minute
      OR b.account_seen_at < clock_timestamp() - interval '1 minute'`);
  if (remaining > total * (1 - MOST_OF_ACCOUNT)) return;
  await db.execute(sql`
    UPDATE write_budget SET tokens = least(tokens, 0),
      refilled_at = greatest(refilled_at, clock_timestamp() + ${resetMs}::float8 * interval '1 millisecond')
    WHERE name = ${NAME}`);
}

/** For the client's `onCall`: stores what each answer says, without delaying the call. */
export function keepAccountLimit(db: Queryable, logger: Logger): (limit: UpdateLimit) => void {
  return (limit) =>
    void noteAccountLimit(db, limit).catch((error: unknown) =>
      logger.warn(aboutError(error), 'Could not store how many ticket updates Zendesk allows'),
    );
}
