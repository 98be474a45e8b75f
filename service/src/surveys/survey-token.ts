// Creates and hashes the unguessable token of a survey link.
import { createHash } from 'node:crypto';

/** 256 random bits as base64url, which no mail client breaks. */
export function encodeSurveyToken(random: Buffer): string {
  if (random.length < 16) throw new RangeError('a survey token needs at least 128 random bits');
  return random.toString('base64url');
}

/** The stored hash. A plain SHA-256 is enough: 256 random bits cannot be guessed. */
export function hashSurveyToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
