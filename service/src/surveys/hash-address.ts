// Hashes a customer's address, so that it can be recognised without being stored.
import { createHash } from 'node:crypto';
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';

/**
 * Whoever said "no more surveys" must not be asked again because their address was erased, so a hash of it stays (GDPR, 17(3)(b) with
 * 21(3)). It names nobody to who does not have the address already.
 */
export function hashAddress(email: string): string {
  return `sha256:${createHash('sha256').update(email.trim().toLowerCase()).digest('hex')}`;
}

/** The address was erased. */
export const isHashed = (address: string): boolean => address.startsWith('sha256:');

/** `hashAddress` in SQL; null stays null, and a hash stays as it is. */
export function hashedAddress(column: SQLWrapper): SQL<string | null> {
  return sql`CASE WHEN ${column} LIKE 'sha256:%' THEN ${column}
    ELSE 'sha256:' || encode(sha256(convert_to(lower(trim(${column})), 'UTF8')), 'hex') END`;
}
