// Finds out who is not written to any more.
import { type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../platform/storage/database.ts';
import type { Contact } from './contact-ledger.ts';
import { hashedAddress } from './hash-address.ts';
import { invitations, unsubscribed } from './tables.ts';

/**
 * For `WHERE`: nothing is sent to the address, or the person has unsubscribed or complained at another address of theirs. A bounce is about its
 * address alone.
 * @param requesterId the id of the Zendesk user
 * @param address lower case, without spaces around it
 */
export function isSuppressed(requesterId: SQL, address: SQL): SQL {
  return sql`(EXISTS (SELECT FROM ${unsubscribed} u WHERE u.email IN (${address}, ${hashedAddress(address)}))
    OR ${hasRefused(requesterId)})`;
}

/** For `WHERE`: the person has unsubscribed or complained, at any address of theirs. */
export function hasRefused(requesterId: SQL): SQL {
  return sql`(EXISTS (SELECT FROM ${unsubscribed} u WHERE u.refused_by = ${requesterId})
    OR EXISTS (SELECT FROM ${invitations} earlier
      JOIN ${unsubscribed} u ON u.email IN (earlier.recipient, ${hashedAddress(sql`earlier.recipient`)})
      WHERE earlier.requester_id = ${requesterId} AND (u.by_customer OR u.refused_by IS NOT NULL OR earlier.reason = 'complained')))`;
}

/** Whether the person is written to no more, at this address or at any. */
export async function isUnsubscribed(tx: Queryable, { requesterId, email }: Contact): Promise<boolean> {
  const { rows } = await tx.execute<{ is: boolean }>(
    sql`SELECT ${isSuppressed(sql`${requesterId}::bigint`, sql`${email}::text`)} AS "is"`,
  );
  return rows[0]?.is === true;
}
