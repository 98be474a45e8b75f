// Creates and hashes the unguessable token of a survey link.
import { createHash } from 'node:crypto';

/** 256 random bits. Base64url, so that no mail client breaks the link. */
export function encodeSurveyToken(random: Buffer): string {
  if (random.length < 16) throw new RangeError('a survey token needs at least 128 random bits');
  return random.toString('base64url');
}

/** What is stored. A plain hash is enough: nobody can try out 256 random bits. */
export function hashSurveyToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
