// Builds the links of a survey mail and their unguessable tokens.
import { createHash } from 'node:crypto';

export interface SurveyLinks {
  page: string;
  /** The page with an answer preselected; opening it records nothing. */
  score: (score: number) => string;
  unsubscribe: string;
}

/** `publicUrl` may have a path (`https://example.com/support`). */
export function surveyLinks(publicUrl: string, token: string): SurveyLinks {
  const base = publicUrl.replace(/\/+$/, '');
  const page = `${base}/s/${token}`;
  return { page, score: (score) => `${page}?score=${score}`, unsubscribe: `${base}/u/${token}` };
}

/** 256 random bits as base64url, which no mail client breaks. */
export function encodeSurveyToken(random: Buffer): string {
  if (random.length < 16) throw new RangeError('a survey token needs at least 128 random bits');
  return random.toString('base64url');
}

/** The stored hash. A plain SHA-256 is enough: 256 random bits cannot be guessed. */
export function hashSurveyToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
