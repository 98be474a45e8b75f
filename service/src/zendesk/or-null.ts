// Turns a "not found" answer into null.
import { ZendeskError, type ZendeskErrorKind } from './zendesk.ts';

/** The value, or null if Zendesk refuses with one of `kinds`. */
export async function orNull<T>(
  asked: Promise<T>,
  kinds: readonly ZendeskErrorKind[] = ['not_found'],
): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ZendeskError && kinds.includes(error.kind)) return null;
    throw error;
  }
}
