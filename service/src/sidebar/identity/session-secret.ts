// Stores the secret that signs the sidebar's tokens, shared by all processes.
import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Database } from '../../platform/storage/database.ts';
import { settings } from '../../platform/storage/tables.ts';

const KEY = 'session_secret';
const BYTES = 32;

/**
 * Reads the secret, or creates it if missing; the first process wins, and the others read its secret. Deleting the row
 * ends every session: pages then ask to open the ticket again.
 */
export async function readSessionSecret(db: Database): Promise<Uint8Array> {
  const made = randomBytes(BYTES).toString('base64');
  await db.insert(settings).values({ key: KEY, value: made }).onConflictDoNothing();
  const [row] = await db.select({ value: settings.value }).from(settings).where(eq(settings.key, KEY));
  const secret = Buffer.from(typeof row?.value === 'string' ? row.value : '', 'base64');
  if (secret.length !== BYTES)
    throw new Error(
      'The row session_secret of the table settings is not valid. Delete it to create a new one; agents then sign in again.',
    );
  return secret;
}
