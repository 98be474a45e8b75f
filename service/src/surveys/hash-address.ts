// Hashes a customer's address, so that it can be recognised without being stored.
import { createHash } from 'node:crypto';

/**
 * Whoever said "no more surveys" must not be asked again because their address was erased, so a hash of it stays (GDPR, 17(3)(b) with
 * 21(3)). It names nobody to who does not have the address already.
 */
export function hashAddress(email: string): string {
  return `sha256:${createHash('sha256').update(email.trim().toLowerCase()).digest('hex')}`;
}

/** The address was erased. */
export const isHashed = (address: string): boolean => address.startsWith('sha256:');
